/** The form beyond what its own schema checks, and what of it is never lost. */
import { fieldsLost, type FormBody } from '../../case/form.ts'
import type { Flaw } from '../flaw.ts'
import type { Ground } from '../table.ts'
import { isKnownCode } from './deadlines.ts'

/** The classes in which a field is asked for are known. */
export function checkForm({ fields }: FormBody, { classes: tree }: Ground): Flaw[] {
  return fields.flatMap(({ classes }, index) =>
    (classes ?? []).flatMap((code, at): Flaw[] =>
      isKnownCode(tree, code) ? [] : [{ path: ['fields', index, 'classes', at], code: 'unknownClass' }],
    ),
  )
}

/** What a form lost of the one before stays in it as retired: what was answered to it keeps its label. */
export function keepFields(form: FormBody, before: FormBody): FormBody {
  const lost = new Set(fieldsLost(before, form))
  const retired = before.fields.filter(({ id }) => lost.has(id)).map((field) => ({ ...field, retired: true }))
  return { fields: [...form.fields, ...retired] }
}
