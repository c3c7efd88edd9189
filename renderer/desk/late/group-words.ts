import type { TFunction } from 'i18next'
import type { GroupName } from '../../../shared/case/case-record.ts'
import type { FormParts } from '../../../shared/case/form-parts.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { classificationGroups } from '../case-form/classification.ts'

const labels = new Map(classificationGroups.flatMap(({ items }) => items.map(({ value, label }) => [value, label])))

function join(parts: readonly (string | null | undefined)[], between = ' · '): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(between)
}

function phoneOf(parts: FormParts, other: FormParts): string {
  const [mine = '', theirs = ''] = [parts.callerPhone, other.callerPhone]
  const masked = maskNumber(mine)
  // Nobody reads a number over a shoulder; but two that look alike behind their stars must be told apart.
  return masked === maskNumber(theirs) && mine !== theirs ? mine : masked
}

function plainWords(group: GroupName, parts: FormParts, other: FormParts, t: TFunction): string {
  switch (group) {
    case 'classification':
      return join([
        parts.kind && t(`form.kinds.${parts.kind}`),
        parts.classification && (labels.get(parts.classification) ?? parts.classification),
      ])
    case 'place':
      return join([parts.district, parts.street, parts.address], ' ')
    case 'caller':
      return join([plainLine(parts.callerName ?? ''), phoneOf(parts, other)])
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
export function groupWords(group: GroupName, parts: FormParts, other: FormParts, t: TFunction): string {
  return plainWords(group, parts, other, t).trim() || t('late.empty')
}
