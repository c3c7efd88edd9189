/** The panel from which a number is dialled: a citizen's while nobody is up, else somebody beside the citizen. */
import { create } from 'zustand'
import { dialPlan, emergencyNumbers, type DialProblem } from '../../../shared/call/dial-plan.ts'
import type { ListedCall } from '../../../shared/call/call-book.ts'
import type { CallPurpose } from '../../../shared/call/call-fact.ts'
import { isAnyUp, type Lines } from '../../../shared/call/lines.ts'
import { isAnswered, isUp } from '../../../shared/call/call.ts'
import { invoke } from '../../ui/bridge.ts'
import { tell, useCall } from './call-store.ts'
import { ownNumberPlan } from './session-store.ts'

/** Whom a dialled call stands beside: nobody (`free`), or the citizen of this call; null while none can be dialled. */
export type DialPlace = { readonly mode: 'free' | 'call'; readonly callId: string | null } | null

type DialStore = {
  readonly shown: 'closed' | 'number' | 'emergency'
  /** Where it was opened: a number that was meant for one citizen is not dialled beside another. */
  readonly place: DialPlace
  /** The citizen's number that was dialled last by whoever is signed in. */
  readonly last: string | null
  /** Why none could be dialled when that was asked last: said while it is still so. */
  readonly hindered: Hindrance | null
}

/** The line is away, somebody is beside the citizen already, or she is not there yet. */
export type Hindrance = 'line' | 'beside' | 'notAnswered'

const closed = { shown: 'closed', place: null } as const

export const useDial = create<DialStore>()(() => ({ ...closed, last: null, hindered: null }))

/** Where a call could be dialled now. */
export function dialPlace(snapshot: (Lines & { readonly line: string }) | null): DialPlace {
  if (snapshot === null || snapshot.line !== 'registered') return null
  const { call, beside } = snapshot
  if (!isAnyUp(snapshot)) return { mode: 'free', callId: null }
  return isAnswered(call) && !isUp(beside) ? { mode: 'call', callId: call.caller.callId } : null
}

/** Why no call could be dialled now; null where one could. */
export function hindranceOf(snapshot: (Lines & { readonly line: string }) | null): Hindrance | null {
  if (dialPlace(snapshot) !== null) return null
  if (snapshot?.line !== 'registered') return 'line'
  return isUp(snapshot.beside) ? 'beside' : 'notAnswered'
}

const placeNow = () => dialPlace(useCall.getState().snapshot)

export function samePlace(one: DialPlace, other: DialPlace): boolean {
  return one?.mode === other?.mode && one?.callId === other?.callId
}

export const closeDial = (): void => useDial.setState(closed)

/** Opens the panel for a number, or closes it. */
export function toggleDial(): void {
  const { shown } = useDial.getState()
  const place = placeNow()
  useDial.setState(shown === 'number' || place === null ? closed : { shown: 'number', place })
  noteHindrance()
}

function noteHindrance(): void {
  useDial.setState({ hindered: hindranceOf(useCall.getState().snapshot) })
}

/** Opens the choice of an emergency service, or says why there is none now. */
export function openEmergency(): void {
  const place = placeNow()
  noteHindrance()
  if (place?.mode === 'call') useDial.setState({ shown: 'emergency', place })
}

/** Who signs in next does not see whom the last one dialled. */
export const forgetDialled = (): void => useDial.setState({ ...closed, last: null, hindered: null })

async function dial(number: string, purpose: CallPurpose, paysBack?: string): Promise<void> {
  closeDial()
  if (purpose === 'citizen') useDial.setState({ last: number })
  await tell(invoke('phone.dial', { number, purpose, paysBack }))
}

/** Dials what was typed where the panel was opened. Answers what is wrong with it instead, if anything is. */
export function dialTyped(typed: string, purpose: CallPurpose): DialProblem | null {
  const read = dialPlan(typed, ownNumberPlan())
  if (!read.ok) return read.problem
  if (!samePlace(useDial.getState().place, placeNow())) closeDial()
  // An emergency service is joined, and the operator stays, however its number came to be dialled.
  else void dial(read.number, purpose !== 'citizen' && read.kind === 'emergency' ? 'emergency' : purpose)
  return null
}

/** Calls a citizen back while nobody is up; false where it cannot be done now. What is owed is paid by that call. */
export function dialBack({ callId, number, owed }: Pick<ListedCall, 'callId' | 'number' | 'owed'>): boolean {
  const read = dialPlan(number, ownNumberPlan())
  if (!read.ok || placeNow()?.mode !== 'free') return false
  void dial(read.number, 'citizen', owed ? callId : undefined)
  return true
}

/** Brings in the emergency service at a place of the row. */
export function dialEmergency(index: number): void {
  const number = emergencyNumbers[index]
  if (number === undefined || !samePlace(useDial.getState().place, placeNow())) return
  closeDial()
  void tell(invoke('phone.dial', { number, purpose: 'emergency' }))
}

/** Dials the last number once more, while nobody is up. */
export function redial(): void {
  const { last } = useDial.getState()
  if (last !== null && placeNow()?.mode === 'free') void dial(last, 'citizen')
}
