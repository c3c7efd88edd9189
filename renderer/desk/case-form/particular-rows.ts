import type { CaseForm } from '../../../shared/case/case-form.ts'
import type { FormRules } from '../../../shared/case/form-check.ts'
import { particularsFor, type FormField } from '../../../shared/case/form.ts'

/** A field of the strip; `other` where kind and class ask for it no more, and something was typed. */
export type ParticularRow = { readonly field: FormField; readonly value: string; readonly other: boolean }

/** `unknown` are values of fields that no form here knows of. */
export type ParticularRows = { readonly rows: readonly ParticularRow[]; readonly unknown: readonly string[] }

/**
 * What a form asks of this kind and class beyond the fixed fields, in its order. What was typed stays where it is when
 * they change, and so does the field that has the cursor (`held`): nothing is taken from under the hand.
 */
export function particularRows(
  form: CaseForm,
  { form: body, classes }: Pick<FormRules, 'form' | 'classes'>,
  held: string | null,
): ParticularRows {
  const { kind, classification, particulars, papers } = form
  const values = { ...particulars, ...papers }
  const there = (id: string) => (values[id] ?? '').trim() !== ''
  const asked = new Map(particularsFor(body, kind, classification, classes).map((field) => [field.id, field]))
  const rows = body.fields.flatMap((field): ParticularRow[] => {
    const { id, group } = field
    if (group !== 'particulars' || !(asked.has(id) || there(id) || held === id)) return []
    return [{ field: asked.get(id) ?? field, value: values[id] ?? '', other: !asked.has(id) }]
  })
  const known = new Set(body.fields.map(({ id }) => id))
  return { rows, unknown: Object.keys(values).filter((id) => there(id) && !known.has(id)) }
}
