import { uuidv7 } from 'uuidv7'
import type { Caller } from '../../../shared/call/call.ts'
import { emptyForm, type CaseForm } from '../../../shared/case/case-form.ts'
import type { Draft } from '../../../shared/ipc.ts'
import { numberKey } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { ownNumberPlan } from './session-store.ts'

export type OpenDraft = {
  readonly caseId: string
  readonly callId: string | null
  /** Who writes it: it goes with the words, however late they reach the store. */
  readonly author: string
  readonly form: CaseForm
  /** What stood in the form before the operator touched it. */
  readonly initial: CaseForm
  readonly startedAt: number
  readonly caseNo: string | null
  /** The form as it was last saved as a case; null while it is only a draft, or has changed since. */
  readonly savedForm: CaseForm | null
  readonly confirmed: boolean
}

type Who = Pick<Caller, 'callId' | 'number' | 'name'>

/** What the calls of this window filled in, by case: a stored draft does not say who typed the name. */
const filledIn = new Map<string, CaseForm>()

/** The form as a call fills it in by itself. */
function filledBy({ number, name }: Who): CaseForm {
  const line = plainLine(name)
  const { areaCode } = ownNumberPlan()
  // Exchanges put the number where a name is unknown.
  const unknown = /^[+\d*() -]*$/.test(line) || numberKey(line, areaCode) === numberKey(number, areaCode)
  return { ...emptyForm(number), callerName: unknown ? '' : line }
}

/** A draft nobody has typed into yet; it reaches the store with its first change. */
export function blankDraft(author: string, caller: Who | null): OpenDraft {
  const caseId = uuidv7()
  const form = caller ? filledBy(caller) : emptyForm()
  if (caller) filledIn.set(caseId, form)
  return {
    caseId,
    callId: caller?.callId ?? null,
    author,
    form,
    initial: form,
    startedAt: Date.now(),
    caseNo: null,
    savedForm: null,
    confirmed: false,
  }
}

/**
 * A stored draft as it is opened again. `waiting` is its form where the store is behind, `caller` who the
 * phone says is calling: what neither that call nor one of this window filled in counts as the operator's.
 */
export function resumedDraft(
  { caseId, callId, startedAt, caseNo, clean, ...stored }: Draft,
  author: string,
  waiting: CaseForm | null,
  caller: Who | null,
): OpenDraft {
  const form = waiting ?? stored.form
  const called = caller !== null && caller.callId === callId ? filledBy(caller) : filledIn.get(caseId)
  const savedForm = clean && waiting === null ? form : null
  const initial = called ?? emptyForm()
  return { caseId, callId, author, form, initial, startedAt, caseNo, savedForm, confirmed: false }
}

/** Whether the open draft holds anything that the operator did. */
export function isTouched(open: OpenDraft | null): boolean {
  if (open === null || open.form === open.initial) return false
  const { form, initial } = open
  return Object.keys(initial).some((field) => textOf(form, field) !== textOf(initial, field))
}

/** Whether the open case stands saved as it is on the screen. */
export function isClean(open: OpenDraft | null): boolean {
  return open !== null && open.savedForm === open.form
}

function textOf(form: CaseForm, field: string): string {
  return JSON.stringify(form[field as keyof CaseForm])
}
