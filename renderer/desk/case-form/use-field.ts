import { useTranslation } from 'react-i18next'
import { missingFields, type CaseForm, type FormField } from '../../../shared/case/case-form.ts'
import { fieldId } from '../focus.ts'
import { edit, formOf, useDraft } from '../stores/draft-store.ts'
import { useRules } from '../stores/tables-store.ts'

/** One field of the form: its value, its mark if a try to save found it missing, and how to change it. */
export function useField<F extends FormField>(field: F) {
  const { t } = useTranslation()
  const value = useDraft((draft) => formOf(draft)[field])
  const rules = useRules()
  const problem = useDraft((draft) =>
    draft.marking
      ? (missingFields(formOf(draft), rules).find((missing) => missing.field === field)?.problem ?? null)
      : null,
  )
  return {
    id: fieldId(field),
    value,
    problem: problem && t(`form.problem.${problem}`),
    change: (next: CaseForm[F]) => edit({ [field]: next }),
  }
}
