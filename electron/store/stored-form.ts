import { isDeepStrictEqual } from 'node:util'
import { caseFormSchema, emptyForm, type CaseForm, type FormField } from '../../shared/case/case-form.ts'

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A form out of anything: what is valid today stays, field by field; for the rest, what an empty form has. */
export function repairForm(stored: unknown): CaseForm {
  const fields: object = typeof stored === 'object' && stored !== null ? stored : {}
  const empty = emptyForm()
  const repaired = Object.entries(caseFormSchema.shape).map(([field, schema]) => {
    const parsed = schema.safeParse(Reflect.get(fields, field))
    return [field, parsed.success ? parsed.data : empty[field as FormField]]
  })
  return Object.fromEntries(repaired) as CaseForm
}

/** Reads a form that an older program, or a newer one, may have written. */
export function readForm(text: string): CaseForm {
  return repairForm(parseJson(text))
}

/** Whether two stored forms say the same, in whatever order; what cannot be read is like nothing. */
export function sameStoredForm(one: string, other: string): boolean {
  const form = parseJson(one)
  return form !== null && isDeepStrictEqual(form, parseJson(other))
}
