/** The calls of the shift as the desk shows them, and the calling back. */
import { create } from 'zustand'
import { canCallBack, type ListedCall } from '../../../shared/call/call-book.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import { invoke } from '../../ui/bridge.ts'
import { dialBack, useDial } from './dial-store.ts'
import { closeCalls, openCalls } from './panel-store.ts'
import { ownNumberPlan, useSession } from './session-store.ts'

/** Why nothing came of what was pressed; the words are `calls.note.<note>`. */
export type CallsNote = 'hidden' | 'unreadable' | 'notCitizen' | 'busy' | 'noCase' | 'notOpen' | 'nobody'

type CallsStore = {
  readonly listed: readonly ListedCall[]
  /** By its name, not by its place: calls come in above it. */
  readonly chosen: string | null
  readonly note: CallsNote | null
  readonly failure: ErrorCode | null
}

const blank: CallsStore = { listed: [], chosen: null, note: null, failure: null }

export const useCalls = create<CallsStore>()(() => blank)

/** Asks the store for the calls anew; what is chosen stays chosen. */
export async function loadCalls(): Promise<void> {
  const answer = await invoke('call.shift', null)
  // What is first in front of the eye is chosen, and stays so when a call comes in above it.
  if (answer.ok)
    useCalls.setState(({ chosen }) => ({
      listed: answer.value,
      chosen: chosen ?? answer.value[0]?.callId ?? null,
      failure: null,
    }))
  else useCalls.setState({ failure: answer.error.code })
}

/** The list is left, or somebody else sits here. */
export const clearCalls = (): void => useCalls.setState(blank)

export const noteCalls = (note: CallsNote | null): void => useCalls.setState({ note })

/** The call that the keys are about: the chosen one, else the newest. */
export function chosenCall({ listed, chosen }: CallsStore): ListedCall | null {
  return listed.find(({ callId }) => callId === chosen) ?? listed[0] ?? null
}

export const chooseCall = (callId: string): void => useCalls.setState({ chosen: callId, note: null })

/** Chooses the call `step` places further down. */
export function moveChoice(step: number): void {
  const state = useCalls.getState()
  const here = state.listed.findIndex(({ callId }) => callId === chosenCall(state)?.callId)
  const next = state.listed[Math.min(state.listed.length - 1, Math.max(0, here + step))]
  if (next) chooseCall(next.callId)
}

/** Why a call cannot be called back by whoever sits here; null where it can. */
export function whyNotBack(call: ListedCall): CallsNote | null {
  if (call.purpose !== 'citizen') return 'notCitizen'
  if (call.number === '') return 'hidden'
  return canCallBack(call, ownNumberPlan()) ? null : 'unreadable'
}

/** Calls a citizen of the list back; what is in the way is said there. */
export function callBack(call: ListedCall): void {
  const why = whyNotBack(call) ?? (dialBack(call) ? null : 'busy')
  noteCalls(why)
  if (why === null) closeCalls()
}

/** One question at a time, however often it is pressed. */
let asking = false

/** Calls back whom the desk owes it next; where it owes none, the list says so. */
export async function callBackNext(): Promise<void> {
  if (asking) return
  asking = true
  const pressed = { who: useSession.getState().session, dial: useDial.getState().shown }
  const next = await invoke('call.nextOwed', null).finally(() => (asking = false))
  // Central is asked first: somebody else may sit here by now, or she has begun to dial whom she chose herself.
  if (useSession.getState().session !== pressed.who || useDial.getState().shown !== pressed.dial) return
  if (next.ok && next.value !== null) {
    if (dialBack(next.value)) return closeCalls()
    noteCalls('busy')
  } else if (next.ok) noteCalls('nobody')
  else useCalls.setState({ failure: next.error.code })
  openCalls()
}
