/** The form beyond what its own schema checks, and what of it is never lost. */
import { fieldsLost, isNeeded, liesWithCaller, type FormBody } from '../../case/form.ts'
import type { Flaw } from '../flaw.ts'
import type { Ground } from '../table.ts'
import { isKnownCode } from './deadlines.ts'

/**
 * What was taken down as personal, or apart from it, stays what it was (rule K7.12): another home would leave what was
 * answered so far where it may not be. Who wants it otherwise retires the field and makes a new one.
 */
function keepsPromises({ fields }: FormBody, before: FormBody): Flaw[] {
  const stood = new Map(before.fields.map((field) => [field.id, field]))
  return fields.flatMap((field, index): Flaw[] => {
    const old = stood.get(field.id)
    const isKept = old === undefined || (liesWithCaller(old) === liesWithCaller(field) && (field.pii || !old.pii))
    return isKept ? [] : [{ path: ['fields', index], code: 'personal' }]
  })
}

/** The classes in which a field is asked for are known, what no case can go on without is asked for, and no field that stands changes its home. */
export function checkForm(form: FormBody, { classes: tree }: Ground, before: FormBody): Flaw[] {
  const unknown = form.fields.flatMap(({ classes }, index) =>
    (classes ?? []).flatMap((code, at): Flaw[] =>
      isKnownCode(tree, code) ? [] : [{ path: ['fields', index, 'classes', at], code: 'unknownClass' }],
    ),
  )
  const relaxed = form.fields.flatMap(({ id, required }, index): Flaw[] =>
    isNeeded(id) && !required ? [{ path: ['fields', index, 'required'], code: 'neededField' }] : [],
  )
  return [...unknown, ...relaxed, ...keepsPromises(form, before)]
}

/** What a form lost of the one before stays in it as retired: what was answered to it keeps its label. */
export function keepFields(form: FormBody, before: FormBody): FormBody {
  const lost = new Set(fieldsLost(before, form))
  const retired = before.fields.filter(({ id }) => lost.has(id)).map((field) => ({ ...field, retired: true }))
  return { fields: [...form.fields, ...retired] }
}
