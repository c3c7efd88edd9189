/** Particulars in words, as pages, prints and tables show them. */
import type { CallerIdentity, CaseRecord } from './case-record.ts'
import { shippedForm, type Form, type FormBody, type FormField } from './form.ts'
import { plainValues, type Values } from './particulars.ts'

type Words = { readonly zh: string; readonly en: string }

/** A particular in both languages; `label` is null where no form here knows of its field. */
export type ParticularLine = { readonly id: string; readonly label: Words | null; readonly value: Words }

const yesNo: { readonly [value: string]: Words } = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } }

/** What a value says: of a choice its words, of all else what was typed. */
function wordsOf(field: FormField | undefined, value: string): Words {
  const typed = { zh: value, en: value }
  if (field?.type === 'yesNo') return yesNo[value] ?? typed
  const choice = field?.choices?.find((one) => one.value === value)
  return choice === undefined ? typed : { zh: choice.zh, en: choice.en }
}

/** The values in words, in the order of the form; what it does not know comes last. */
export function particularLines({ fields }: FormBody, values: Values): ParticularLine[] {
  const there = plainValues(values)
  const known = fields.filter(({ id, group }) => group === 'particulars' && Object.hasOwn(there, id))
  const others = Object.keys(there).filter((id) => !known.some((field) => field.id === id))
  return [
    ...known.map((field) => ({ id: field.id, label: field.label, value: wordsOf(field, there[field.id] ?? '') })),
    ...others.map((id) => ({ id, label: null, value: wordsOf(undefined, there[id] ?? '') })),
  ]
}

/** The forms at hand where only the newest is kept: fields never leave a form, so it has those of any older one. */
export const formsAtHand = (version: number, newest: Form): readonly FormBody[] =>
  version === shippedForm.version ? [shippedForm, newest] : [newest]

/** The fields that a case has particulars of, each as the first of these forms has it that does. */
export function fieldsOfCase(
  { groups }: CaseRecord,
  caller: CallerIdentity | null,
  forms: readonly FormBody[],
): FormField[] {
  const there = plainValues({ ...groups.particulars.values, ...caller?.papers })
  const found = new Map<string, FormField>()
  for (const { fields } of forms)
    for (const field of fields)
      if (field.group === 'particulars' && Object.hasOwn(there, field.id) && !found.has(field.id))
        found.set(field.id, field)
  return [...found.values()]
}
