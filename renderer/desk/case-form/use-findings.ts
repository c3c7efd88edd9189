import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { check, matterOfForm, score, type Finding } from '../../../shared/case/form-check.ts'
import { currentForm } from '../../../shared/case/form.ts'
import { languageOf } from '../../ui/i18n.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'

/** What the form finds in the open case while it is typed, and how complete that makes it. */
export function useFindings() {
  const form = useDraft(formOf)
  const startedAt = useDraft(({ open }) => open?.startedAt ?? 0)
  return useMemo(() => {
    const matter = matterOfForm(form, startedAt)
    return { findings: check(currentForm(), matter), score: score(currentForm(), matter) }
  }, [form, startedAt])
}

/** The name of a field, as the form that holds has it. */
export function useFieldLabel(): (id: string) => string {
  const { i18n } = useTranslation()
  const language = languageOf(i18n)
  return (id) => currentForm().fields.find((field) => field.id === id)?.label[language] ?? id
}

/** What a finding says in a word. */
export function useFindingWords(): (finding: Finding) => string {
  const { t } = useTranslation()
  const label = useFieldLabel()
  return ({ rule, other }) => t(`form.finding.${rule}`, { other: other === undefined ? '' : label(other) })
}
