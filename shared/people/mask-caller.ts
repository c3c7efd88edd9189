/** A caller as those see one who judge the work and need not know for whom it was done. */
import type { CallerIdentity } from '../case/case-record.ts'
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

/** The identity with name and number masked; its id stays. */
export function maskCaller({ callerId, name, phone }: CallerIdentity): CallerIdentity {
  return { callerId, name: maskName(name), phone: maskPhone(phone) }
}
