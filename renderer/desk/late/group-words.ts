import type { TFunction } from 'i18next'
import type { GroupName } from '../../../shared/case/case-record.ts'
import type { FormParts } from '../../../shared/case/form-parts.ts'
import { maskPapers } from '../../../shared/people/mask-caller.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { particularLines } from '../../../shared/case/particular-lines.ts'
import type { Values } from '../../../shared/case/particulars.ts'
import type { Language } from '../../ui/i18n.ts'
import { classLabel } from '../case-form/classification.ts'
import { rulesNow } from '../stores/tables-store.ts'

function join(parts: readonly (string | null | undefined)[], between = ' · '): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(between)
}

function phoneOf(parts: FormParts, other: FormParts): string {
  const [mine = '', theirs = ''] = [parts.callerPhone, other.callerPhone]
  const masked = maskNumber(mine)
  // Nobody reads a number over a shoulder; but two that look alike behind their stars must be told apart.
  return masked === maskNumber(theirs) && mine !== theirs ? mine : masked
}

function linesOf(values: Values | undefined, t: TFunction, language: Language): string {
  return join(
    particularLines(rulesNow().form, values ?? {}).map(({ id, label, value }) =>
      [label?.[language] ?? id, value[language]].join(t('late.separator')),
    ),
  )
}

/** As with numbers: masked, but for those that would look alike. */
function papersOf({ papers = {} }: FormParts, other: FormParts): Values {
  const { form } = rulesNow()
  const [masked, theirs] = [maskPapers(papers, form), maskPapers(other.papers ?? {}, form)]
  const alike = ([id, value]: [string, string]) => masked[id] === theirs[id] && value !== other.papers?.[id]
  return { ...masked, ...Object.fromEntries(Object.entries(papers).filter(alike)) }
}

type Said = { readonly parts: FormParts; readonly other: FormParts }

function plainWords(group: GroupName, { parts, other }: Said, t: TFunction, language: Language): string {
  switch (group) {
    case 'classification':
      return join([
        parts.kind && t(`form.kinds.${parts.kind}`),
        parts.classification && (classLabel(rulesNow().classes.of(parts.classification)) ?? parts.classification),
      ])
    case 'place':
      return join([parts.district, parts.street, parts.address], ' ')
    case 'caller':
      return join([
        plainLine(parts.callerName ?? ''),
        phoneOf(parts, other),
        linesOf(papersOf(parts, other), t, language),
      ])
    case 'particulars':
      return linesOf(parts.particulars, t, language)
    case 'content':
      return parts.content ?? ''
    case 'reply': {
      const ids = (parts.articles ?? []).map(({ id, version }) => `${id}.${version}`).join(' ')
      const mode = parts.replyMode ? t(`form.replyModes.${parts.replyMode}`) : ''
      const text = join([mode, parts.reply], t('late.separator'))
      return join([text, ids && t('late.cites', { ids })])
    }
  }
}

/** A group's value in words, as the form has them; `other` is what it is read beside. */
export function groupWords(group: GroupName, said: Said, t: TFunction, language: Language): string {
  return plainWords(group, said, t, language).trim() || t('late.empty')
}
