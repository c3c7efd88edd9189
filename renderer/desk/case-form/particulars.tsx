import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseRules } from '../../../shared/tables/case-rules.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { useRules } from '../stores/tables-store.ts'
import { PARTICULARS_ID } from '../focus.ts'
import { ParticularField } from './particular-field.tsx'
import { particularRows } from './particular-rows.ts'
import { useFindings } from './use-findings.ts'
import css from './particulars.module.css'

/** The strip under the reply, which gives way to it: nothing else of the form moves. */
export function Particulars() {
  const { t } = useTranslation()
  const [held, setHeld] = useState<{ readonly id: string; readonly by: CaseRules } | null>(null)
  const rules = useRules()
  // While the cursor is in the strip its fields stay as they were when it came.
  const by = held?.by ?? rules
  const form = useDraft(formOf)
  const { rows, unknown } = particularRows(form, by, held?.id ?? null)
  const { findings } = useFindings()
  if (rows.length === 0 && unknown.length === 0) return null
  return (
    <>
      <span className={css.label}>{t('form.particulars')}</span>
      <div className={css.strip} id={PARTICULARS_ID} role="group" aria-label={t('form.particulars')}>
        {rows.map(({ field, value, other }) => (
          <ParticularField
            key={field.id}
            field={field}
            value={value}
            other={other}
            finding={findings.find((one) => one.field === field.id) ?? null}
            onHold={(holds) => setHeld(holds ? { id: field.id, by } : null)}
          />
        ))}
        {unknown.map((id) => (
          <p key={id} className={css.unknown}>
            {t('form.otherRecord')} {id} {form.particulars[id] ?? '***'}
          </p>
        ))}
      </div>
    </>
  )
}
