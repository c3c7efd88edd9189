/** The form as the operator fills it in: flat, possibly incomplete, saved as a draft at each change. */
import { z } from 'zod'
import { bareNumber } from '../phone-number.ts'
import {
  articleRefSchema,
  caseKinds,
  replyModes,
  type CallerIdentity,
  type CaseGroups,
  type CaseRecord,
} from './case-record.ts'
import { requiredBy } from './classes.ts'

export const caseFormSchema = z.object({
  kind: z.enum(caseKinds).nullable(),
  classification: z.string().max(20).nullable(),
  district: z.string().max(200).nullable(),
  street: z.string().max(200).nullable(),
  address: z.string().max(200).meta({ pii: true }),
  callerName: z.string().max(200).meta({ pii: true }),
  callerPhone: z.string().max(64).meta({ pii: true }),
  content: z.string().max(10_000),
  replyMode: z.enum(replyModes).nullable(),
  reply: z.string().max(10_000),
  articles: z.array(articleRefSchema).max(50),
})
export type CaseForm = z.infer<typeof caseFormSchema>
export type FormField = keyof CaseForm

/** What is on the screen before anything was typed. */
export function emptyForm(callerPhone = ''): CaseForm {
  return {
    kind: null,
    classification: null,
    district: null,
    street: null,
    address: '',
    callerName: '',
    callerPhone,
    content: '',
    replyMode: null,
    reply: '',
    articles: [],
  }
}

/** A field that a case needs and the form does not have yet; `problem` names why. */
export type Missing = { readonly field: FormField; readonly problem: 'empty' | 'notANumber' }

const plausibleNumber = (text: string) => /^\d{3,15}$/.test(bareNumber(text))

/** What still stands between the form and a saved case, in the order of the form. */
export function missingFields(form: CaseForm): Missing[] {
  const missing: Missing[] = []
  const need = (field: FormField, there: boolean) => there || missing.push({ field, problem: 'empty' })
  need('kind', form.kind !== null)
  need('classification', form.classification !== null)
  need('district', form.district !== null)
  if (form.callerPhone.trim() === '') need('callerPhone', form.replyMode === 'notWanted')
  else if (!plausibleNumber(form.callerPhone)) missing.push({ field: 'callerPhone', problem: 'notANumber' })
  for (const field of requiredBy(form.kind, form.classification)) need(field, form[field].trim() !== '')
  need('content', form.content.trim() !== '')
  need('replyMode', form.replyMode !== null)
  need('reply', form.replyMode !== 'atOnce' || form.reply.trim() !== '')
  return missing
}

/** How many needed values there are, and how many of them stand. */
export function completeness(form: CaseForm): { done: number; of: number } {
  const of = 7 + requiredBy(form.kind, form.classification).length
  return { done: of - missingFields(form).length, of }
}

/** What would round the case off without being needed. */
export function wishedFields(form: CaseForm): FormField[] {
  const wished: FormField[] = []
  if (form.street === null) wished.push('street')
  if (form.callerName.trim() === '') wished.push('callerName')
  return wished
}

/** Splits a form into the groups of a case and the identity that stands apart. */
export function formToGroups(form: CaseForm, callerId: string): { groups: CaseGroups; caller: CallerIdentity } {
  return {
    groups: {
      classification: { kind: form.kind, code: form.classification },
      place: { district: form.district, street: form.street, address: form.address },
      caller: { callerId },
      content: { text: form.content },
      reply: { mode: form.replyMode, text: form.reply, articles: form.articles },
    },
    caller: { callerId, name: form.callerName, phone: form.callerPhone },
  }
}

/** The form that shows a case again, for correcting it. */
export function groupsToForm(record: CaseRecord, caller: CallerIdentity | null): CaseForm {
  const { classification, place, content, reply } = record.groups
  return {
    kind: classification.kind,
    classification: classification.code,
    ...place,
    callerName: caller?.name ?? '',
    callerPhone: caller?.phone ?? '',
    content: content.text,
    replyMode: reply.mode,
    reply: reply.text,
    articles: reply.articles,
  }
}
