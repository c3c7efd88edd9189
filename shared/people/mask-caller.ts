/** A caller as those see one who judge the work and need not know for whom it was done. */
import type { CallerIdentity } from '../case/case-record.ts'
import type { FormBody, FormField } from '../case/form.ts'
import type { Values } from '../case/particulars.ts'
import { bareNumber, maskNumber } from '../phone-number.ts'

const SHORTEST_TOLD = 7

/** 张三丰 → 张**; a name of one character or many shows no more than its first. */
export function maskName(name: string): string {
  const [first] = name.trim()
  return first === undefined ? '' : `${first}**`
}

/** 138****5678; of a number too short to have a middle (half heard, an extension) nothing is shown. */
export function maskPhone(phone: string): string {
  const { length } = bareNumber(phone)
  if (phone.trim() === '') return ''
  return length < SHORTEST_TOLD ? '***' : maskNumber(phone)
}

const SHORTEST_ENDED = 8

/** A particular of a caller: what is not personal stays, what no form knows of is taken to be. */
function maskPaper(field: FormField | undefined, value: string): string {
  if (field?.pii === false) return value
  if (field?.type === 'phone') return maskPhone(value)
  return value.length < SHORTEST_ENDED ? '***' : `***${value.slice(-4)}`
}

/** The particulars that lie with a caller, masked. */
export function maskPapers(papers: Values, { fields }: FormBody): Values {
  const byId = new Map(fields.map((field) => [field.id, field]))
  return Object.fromEntries(Object.entries(papers).map(([id, value]) => [id, maskPaper(byId.get(id), value)]))
}

/** Her name and number masked. */
export const maskNames = ({ name, phone }: Pick<CallerIdentity, 'name' | 'phone'>) => ({
  name: maskName(name),
  phone: maskPhone(phone),
})

/** The identity with name, number and papers masked, as the form that holds has them; its id stays. */
export function maskCaller(caller: CallerIdentity, form: FormBody): CallerIdentity {
  const { callerId, papers } = caller
  const masked = { callerId, ...maskNames(caller) }
  return papers === undefined ? masked : { ...masked, papers: maskPapers(papers, form) }
}
