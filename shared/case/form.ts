/**
 * What is asked of a matter, as data: the fields of the form by kind and class (rules K7 in SPEC.md). The fixed fields
 * are those of every case; the others, its particulars, are whatever a form names. A form is published in versions, and
 * a case names the one that its particulars were taken with. Pure: which version holds is given.
 */
import { z } from 'zod'
import { caseKinds, type CaseKind } from './case-kind.ts'
import { requiredBy, shippedBook, type ClassBook } from './classes.ts'
import { MOST_CHARS, MOST_PARTICULARS, particularIdSchema } from './particulars.ts'
import form from './data/form.json' with { type: 'json' }

export const fieldTypes = [
  'text',
  'longText',
  'phone',
  'idCard',
  /** A day or a month. */
  'date',
  /** A day, with or without its time. */
  'dateTime',
  /** In the tree of divisions. */
  'place',
  'choice',
  'number',
  'yesNo',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** The fields that every form has, what each is, and the group of the case that it belongs to. */
export const fixedFields = {
  kind: { type: 'choice', group: 'classification' },
  classification: { type: 'choice', group: 'classification' },
  district: { type: 'place', group: 'place' },
  street: { type: 'place', group: 'place' },
  address: { type: 'text', group: 'place' },
  callerName: { type: 'text', group: 'caller' },
  callerPhone: { type: 'phone', group: 'caller' },
  content: { type: 'longText', group: 'content' },
  replyMode: { type: 'choice', group: 'reply' },
  reply: { type: 'longText', group: 'reply' },
} as const satisfies Record<string, { readonly type: FieldType; readonly group: string }>
export type FixedField = keyof typeof fixedFields

const needed: ReadonlySet<string> = new Set<FixedField>(['kind', 'content', 'replyMode', 'callerPhone'])
/** Without these a case that was saved would lead nowhere, or owe a reply to nobody: a form always asks for them. */
export const isNeeded = (id: string): boolean => needed.has(id)

const wordsSchema = z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(80) })

export const fieldSchema = z.strictObject({
  id: particularIdSchema,
  /** One of the fixed groups, or `particulars`. */
  group: z.enum(['classification', 'place', 'caller', 'content', 'reply', 'particulars']),
  type: z.enum(fieldTypes),
  label: wordsSchema,
  hint: wordsSchema.optional(),
  /** Asked for in these kinds and classes (codes from the front); null: in any. */
  kinds: z.array(z.enum(caseKinds)).min(1).nullable().default(null),
  classes: z
    .array(z.string().regex(/^\d{1,20}$/))
    .min(1)
    .nullable()
    .default(null),
  required: z.boolean().default(false),
  /** Personal: masked for whoever need not know callers whole. */
  pii: z.boolean().default(false),
  /** In a report it tells who reports: hidden wherever the reporter is (rule P6). */
  secretForReports: z.boolean().default(false),
  /** In characters. */
  maxLength: z.number().int().min(1).max(10_000).default(200),
  /** Of a choice: what is kept, and its words. */
  choices: z
    .array(z.strictObject({ value: z.string().regex(/^[a-z0-9][A-Za-z0-9-]{0,39}$/), ...wordsSchema.shape }))
    .min(2)
    .max(60)
    .optional(),
  /** Of a number. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Of a date: not before that of this other field; not after the call. */
  notBefore: particularIdSchema.optional(),
  notAfterCall: z.boolean().default(false),
  /** Asked no more. A field never leaves a form: what was answered to it keeps its label. */
  retired: z.boolean().default(false),
})
export type FormField = z.infer<typeof fieldSchema>

const isDate = ({ type }: Pick<FormField, 'type'>) => type === 'date' || type === 'dateTime'
export const isFixed = (id: string): id is FixedField => Object.hasOwn(fixedFields, id)

type Complain = (id: string, message: string) => void

function checkField(field: FormField, byId: ReadonlyMap<string, FormField>, complain: Complain): void {
  const { id, group, type, choices, min, max, notBefore, notAfterCall, maxLength, secretForReports } = field
  const fixed = isFixed(id) ? fixedFields[id] : null
  if (fixed !== null && (fixed.type !== type || fixed.group !== group)) complain(id, 'fixedField')
  if (fixed !== null && (field.kinds !== null || field.classes !== null || field.retired)) complain(id, 'fixedField')
  if (fixed === null && group !== 'particulars') complain(id, 'group')
  if (fixed === null && maxLength > MOST_CHARS) complain(id, 'maxLength')
  if (fixed === null && (type === 'choice') !== (choices !== undefined)) complain(id, 'choices')
  if (new Set(choices?.map(({ value }) => value)).size !== (choices?.length ?? 0)) complain(id, 'choicesAlike')
  if ((min !== undefined || max !== undefined) && type !== 'number') complain(id, 'range')
  if (min !== undefined && max !== undefined && min > max) complain(id, 'range')
  if ((notBefore !== undefined || notAfterCall) && !isDate(field)) complain(id, 'order')
  const other = notBefore === undefined ? null : byId.get(notBefore)
  if (other !== null && (other === undefined || !isDate(other) || other.id === id)) complain(id, 'order')
  // What the whole centre reads of a place or a content is no secret that a flag could keep.
  if (secretForReports && group !== 'particulars' && group !== 'caller') complain(id, 'secret')
}

/** The body of a form, as it is published: its version is the number under which it is. */
export const formSchema = z
  .strictObject({ fields: z.array(fieldSchema).max(MOST_PARTICULARS) })
  .superRefine(({ fields }, context) => {
    const byId = new Map(fields.map((field) => [field.id, field]))
    const complain: Complain = (id, message) =>
      context.addIssue({ code: 'custom', message, path: ['fields', fields.findIndex((field) => field.id === id)] })
    fields.forEach(({ id }, index) => {
      if (byId.get(id) !== fields[index]) complain(id, 'twice')
    })
    for (const id of Object.keys(fixedFields)) if (!byId.has(id)) complain(id, 'fixedFieldMissing')
    for (const field of fields) checkField(field, byId, complain)
  })
export type FormBody = { readonly fields: readonly FormField[] }

/** A form with the number of its version; the shipped one is 0. */
export type Form = FormBody & { readonly version: number }

/** The form that comes with the product. */
export const shippedForm: Form = { version: 0, ...formSchema.parse(form) }

/** The fields of an older form that a newer one does not have any more, though it must keep them as retired. */
export function fieldsLost(before: FormBody, after: FormBody): string[] {
  const there = new Set(after.fields.map(({ id }) => id))
  return before.fields.map(({ id }) => id).filter((id) => !there.has(id))
}

const holds = (codes: readonly string[] | null, code: string | null) =>
  codes === null || (code !== null && codes.some((one) => code.startsWith(one)))

/** The fields that are asked for of a kind and class, in the order of the form, each with whether these require it. */
export function fieldsFor(
  { fields }: FormBody,
  kind: CaseKind | null,
  code: string | null,
  book: ClassBook = shippedBook,
): FormField[] {
  const byClass: readonly string[] = requiredBy(kind, code, book)
  return fields
    .filter((field) => !field.retired && holds(field.classes, code))
    .filter(({ kinds }) => kinds === null || (kind !== null && kinds.includes(kind)))
    .map((field) => (byClass.includes(field.id) ? { ...field, required: true } : field))
}

/** The fields beyond the fixed ones. */
export function particularsFor(
  body: FormBody,
  kind: CaseKind | null,
  code: string | null,
  book: ClassBook = shippedBook,
): FormField[] {
  return fieldsFor(body, kind, code, book).filter(({ group }) => group === 'particulars')
}

/**
 * Where the value of a particular lies: with the case, or with the identity of the caller, where it is masked, kept
 * from who may not know a reporter, and purged, all as that identity is.
 */
export function liesWithCaller({ pii, secretForReports }: Pick<FormField, 'pii' | 'secretForReports'>): boolean {
  return pii || secretForReports
}
