import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CasePage } from '../../../shared/case/case-page.ts'
import { deadlinePhases } from '../../../shared/case/deadline.ts'
import { particularLines } from '../../../shared/case/particular-lines.ts'
import { MOST_CHARS as MOST_SHOWN } from '../../../shared/case/particulars.ts'
import { maskPapers } from '../../../shared/people/mask-caller.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { languageOf } from '../../ui/i18n.ts'
import { classLabel } from '../case-form/classification.ts'
import { useRules } from '../stores/tables-store.ts'
import css from './case-page.module.css'
import { dueMoment, ruleWords } from './due-words.ts'
import { useUnitName } from './units-store.ts'

/** What the case is about and who has it; the caller is as masked as central, or the desk, gives her. */
export function CaseFacts({ page }: { readonly page: CasePage }) {
  const { record, caller, deadlines, reporterHidden } = page
  const { t } = useTranslation()
  const unitName = useUnitName()
  const { groups, life } = record
  const { kind, code } = groups.classification
  const { district, street, address } = groups.place
  const label = classLabel(useRules().classes.of(code))
  const place = [district, street, address].filter(Boolean).join(' ')
  const number = caller?.phone ? maskNumber(caller.phone) : ''
  return (
    <dl className={css.facts}>
      <Fact name={t('work.page.content')} wide>
        {groups.content.text || t('work.list.noContent')}
      </Fact>
      <Fact name={t('form.field.kind')}>
        {kind === null ? t('work.page.nothing') : t(`form.kinds.${kind}`)}
        {label !== null && ` · ${label}`}
      </Fact>
      <Fact name={t('work.page.caller')}>
        {reporterHidden ? t('work.page.secret') : plainLine(caller?.name ?? '', 40) || t('work.page.noCaller')} {number}
      </Fact>
      <Fact name={t('work.page.place')}>{place || t('work.page.nothing')}</Fact>
      <Particulars page={page} />
      {life.unit !== null && (
        <Fact name={t('work.page.unit')}>
          {unitName(life.unit)}
          {life.others.length > 0 && ` · ${t('work.page.others')} ${life.others.map(unitName).join('、')}`}
        </Fact>
      )}
      {deadlinePhases.map((phase) => {
        const deadline = deadlines[phase]
        if (deadline === null || deadline === undefined) return null
        const at =
          deadline.due === null ? t('work.due.suspended') : t('work.page.deadlineAt', { at: dueMoment(deadline.due) })
        return (
          <Fact key={phase} name={t('work.page.deadline', { phase: t(`work.due.phase.${phase}`) })}>
            {at} <small>{ruleWords(deadline, t)}</small>
          </Fact>
        )
      })}
      {life.event !== null && (
        <Fact name={t('work.page.event', { title: life.event.title })} wide>
          {life.event.say}
        </Fact>
      )}
      {groups.reply.text !== '' && (
        <Fact name={t('work.page.reply')} wide>
          {groups.reply.text}
        </Fact>
      )}
      {life.answer !== null && (
        <Fact name={t('work.page.answer')} wide>
          {life.answer}
        </Fact>
      )}
      <Fact name={t('work.done.opened')}>
        {monthDay(record.openedAt)} {timeOfDay(record.openedAt)} · {t('work.page.openedBy', { who: record.openedBy })}
      </Fact>
    </dl>
  )
}

/** What was asked beyond the fixed fields, with the labels of then; what is personal is masked, as the number is. */
function Particulars({ page: { record, caller, fields, score } }: { readonly page: CasePage }) {
  const { t, i18n } = useTranslation()
  const language = languageOf(i18n)
  const lines = particularLines(
    { fields },
    { ...record.groups.particulars.values, ...maskPapers(caller?.papers ?? {}, { fields }) },
  )
  return (
    <>
      {lines.map(({ id, label, value }) => (
        <Fact key={id} name={label?.[language] ?? t('form.otherRecord')}>
          {plainLine(value[language], MOST_SHOWN)}
        </Fact>
      ))}
      {score !== null && <Fact name={t('form.completeness')}>{score}</Fact>}
    </>
  )
}

type FactProps = { readonly name: string; readonly wide?: boolean; readonly children: ReactNode }

function Fact({ name, wide = false, children }: FactProps) {
  return (
    <div data-wide={wide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
