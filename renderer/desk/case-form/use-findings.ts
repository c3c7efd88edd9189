import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { check, score, type Finding } from '../../../shared/case/form-check.ts'
import { matterOfForm } from '../../../shared/case/case-form.ts'
import { languageOf } from '../../ui/i18n.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { useRules } from '../stores/tables-store.ts'

/** What the form finds in the open case while it is typed, and how complete that makes it. */
export function useFindings() {
  const form = useDraft(formOf)
  const startedAt = useDraft(({ open }) => open?.startedAt ?? 0)
  const rules = useRules()
  return useMemo(() => {
    const matter = matterOfForm(form, startedAt)
    return { findings: check(rules.form, matter, rules), score: score(rules.form, matter, rules) }
  }, [form, startedAt, rules])
}

/** The name of a field, as the form that holds has it. */
export function useFieldLabel(): (id: string) => string {
  const { i18n } = useTranslation()
  const language = languageOf(i18n)
  const { form } = useRules()
  return (id) => form.fields.find((field) => field.id === id)?.label[language] ?? id
}

/** What a finding says in a word. */
export function useFindingWords(): (finding: Finding) => string {
  const { t } = useTranslation()
  const label = useFieldLabel()
  return ({ rule, other }) => t(`form.finding.${rule}`, { other: other === undefined ? '' : label(other) })
}
