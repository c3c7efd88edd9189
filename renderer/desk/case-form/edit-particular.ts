import { liesWithCaller, type FormField } from '../../../shared/case/form.ts'
import type { Values } from '../../../shared/case/particulars.ts'
import { edit, formOf, useDraft } from '../stores/draft-store.ts'
import { rulesNow } from '../stores/tables-store.ts'

function without(values: Values, id: string): Values {
  return Object.hasOwn(values, id) ? Object.fromEntries(Object.entries(values).filter(([one]) => one !== id)) : values
}

/** Writes a particular where it lies by the form that holds, and takes it from where an older one had it. */
export function editParticular(field: FormField, value: string): void {
  const { id } = field
  const { particulars, papers } = formOf(useDraft.getState())
  const fresh = { [id]: value }
  if (liesWithCaller(field)) edit({ particulars: { ...without(particulars, id) }, papers: { ...papers, ...fresh } })
  else
    edit({
      particulars: { ...particulars, ...fresh },
      papers: { ...without(papers, id) },
      formVersion: rulesNow().form.version,
    })
}
