/** The form as the operator fills it in: flat, possibly incomplete, saved as a draft at each change. */
import { z } from 'zod'
import { bareNumber } from '../phone-number.ts'
import { articleRefSchema, replyModes, type CallerIdentity, type CaseGroups, type CaseRecord } from './case-record.ts'
import { caseKinds } from './case-kind.ts'
import { check, shippedFormRules, type FormRules, type Matter } from './form-check.ts'
import { isFixed } from './form.ts'
import { plainValues, valuesSchema } from './particulars.ts'

/** So many characters a reply has at the most. */
export const REPLY_MOST = 10_000

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
  reply: z.string().max(REPLY_MOST),
  articles: z.array(articleRefSchema).max(50),
  /** Particulars, by field: those that lie with the case, and those that lie with the caller. */
  particulars: valuesSchema,
  papers: valuesSchema.meta({ pii: true }),
  /** Of the form that they were taken with. */
  formVersion: z.number().int().nonnegative(),
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
    particulars: {},
    papers: {},
    formVersion: 0,
  }
}

/** What a form on the screen says. */
export function matterOfForm(form: CaseForm, callAt: number): Matter {
  const { kind, classification: code, district, street, address, callerName, callerPhone, content } = form
  return {
    ...{ kind, code, callAt },
    values: {
      ...form.particulars,
      ...form.papers,
      ...{ kind: kind ?? '', classification: code ?? '', district: district ?? '', street: street ?? '' },
      ...{ address, callerName, callerPhone, content, replyMode: form.replyMode ?? '', reply: form.reply },
    },
  }
}

/** A field that a case needs and the form does not have yet; `problem` names why. */
export type Missing = { readonly field: FormField; readonly problem: 'empty' | 'notANumber' }

const holdsNumber = (text: string) => /^\d{3,15}$/.test(bareNumber(text))

/**
 * What still stands between the form and a saved case, in the order of the form. A particular does not: a matter of
 * which something is not known is recorded all the same, and so is one with a value that cannot be.
 */
export function missingFields(form: CaseForm, by: FormRules = shippedFormRules): Missing[] {
  const missing = check(by.form, matterOfForm(form, 0), by).flatMap(({ field, severity }): Missing[] => {
    if (!isFixed(field)) return []
    if (severity === 'missing') return [{ field, problem: 'empty' }]
    // To be called back under no number is to be called back never.
    const isNone = field === 'callerPhone' && !holdsNumber(form.callerPhone)
    return isNone ? [{ field, problem: 'notANumber' }] : []
  })
  return missing
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
  const [values, papers] = [plainValues(form.particulars), plainValues(form.papers)]
  return {
    groups: {
      classification: { kind: form.kind, code: form.classification },
      place: { district: form.district, street: form.street, address: form.address },
      caller: { callerId },
      content: { text: form.content },
      reply: { mode: form.replyMode, text: form.reply, articles: form.articles },
      particulars: { version: form.formVersion, values },
    },
    caller: { callerId, name: form.callerName, phone: form.callerPhone, papers },
  }
}

/** The form that shows a case again, for correcting it. */
export function groupsToForm(record: CaseRecord, caller: CallerIdentity | null): CaseForm {
  const { classification, place, content, reply, particulars } = record.groups
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
    particulars: particulars.values,
    papers: caller?.papers ?? {},
    formVersion: particulars.version,
  }
}
