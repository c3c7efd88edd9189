import { create } from 'zustand'
import type { NoMatter } from '../../../shared/call/call-fact.ts'
import { callsUp, isAnyUp } from '../../../shared/call/lines.ts'
import { isUp, type Call } from '../../../shared/call/call.ts'
import type { AwayReason } from '../../../shared/call/operator-status.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import type { Failure, Result } from '../../../shared/errors.ts'
import type { EventData } from '../../../shared/ipc.ts'
import { invoke } from '../../ui/bridge.ts'
import { isPhoneUp, useSync } from './sync-store.ts'

/** What the desk is in, for the keys and the layout. */
export type DeskState = 'idle' | 'ringing' | 'inCall' | 'wrapUp' | 'away' | 'offline'

type CallStore = {
  readonly snapshot: PhoneSnapshot | null
  /** The last command that the phone refused, until the next one. */
  readonly failure: Failure | null
  /** How many acts have been waiting for their answer for longer than a second. */
  readonly waiting: number
  /** The call that was settled without a case, and how. */
  readonly settled: { readonly callId: string; readonly outcome: NoMatter } | null
  /** Whether another program has the key that answers from there. */
  readonly answerKeyTaken: boolean
  /** Why the window was not closed, and in which call. */
  readonly closeHeld: { readonly why: 'call' | 'unsaved'; readonly callId: string | null } | null
}

/** The phone as the desk sees it; the phone itself lives in a window of its own. */
export const useCall = create<CallStore>()(() => ({
  snapshot: null,
  failure: null,
  waiting: 0,
  settled: null,
  answerKeyTaken: false,
  closeHeld: null,
}))

/** Reduces a snapshot to the state that keys and layout depend on. */
export function deskState(snapshot: PhoneSnapshot | null): DeskState {
  if (snapshot === null) return 'offline'
  if (isUp(snapshot.call)) return snapshot.call.phase === 'ringing' ? 'ringing' : 'inCall'
  // The citizen has hung up, and whoever was asked for her is still there: her case stays, and so do the keys.
  if (isAnyUp(snapshot)) return 'inCall'
  const { status } = snapshot.operator
  if (status === 'wrapUp' || status === 'away') return status
  return status === 'offline' ? 'offline' : 'idle'
}

/** The call that the desk is about: up, or just ended and being wrapped up. */
export function currentCall(snapshot: PhoneSnapshot | null): Call | null {
  const state = deskState(snapshot)
  return state === 'ringing' || state === 'inCall' || state === 'wrapUp' ? (snapshot?.call ?? null) : null
}

/** Whether a call is up, in front or aside. */
export function isCallUp(callId: string | null): boolean {
  const { snapshot } = useCall.getState()
  return snapshot !== null && callsUp(snapshot).some(({ caller }) => caller.callId === callId)
}

/** Whether a call is up, or is being wrapped up. */
export function isCallHere(callId: string | null): boolean {
  const here = currentCall(useCall.getState().snapshot)?.caller.callId
  return isCallUp(callId) || (callId !== null && callId === here)
}

/**
 * Takes what the phone says of itself, but not while it is down: a phone that was started again says that
 * nothing is up until main has given it what the one before it left, and the case on the screen must not go.
 */
export function takeSnapshot(snapshot: PhoneSnapshot): void {
  if (isPhoneUp(useSync.getState())) useCall.setState({ snapshot, failure: null })
}

/** The store is back: an act that it could not do then is no news any more. */
export function forgetStoreDown(): void {
  if (useCall.getState().failure?.code === 'storeDown') useCall.setState({ failure: null })
}

/** Takes note that the window was asked to close, and stays. */
export function noteCloseHeld({ why }: EventData<'window.closeHeld'>): void {
  useCall.setState(({ snapshot }) => ({ closeHeld: { why, callId: snapshot?.call?.caller.callId ?? null } }))
}

/** What could not be saved is saved: nothing is in the way of closing any more. */
export function forgetCloseHeld(): void {
  useCall.setState({ closeHeld: null })
}

/** Asks the phone how it stands. */
export async function refreshPhone(): Promise<void> {
  const answer = await invoke('phone.snapshot', null)
  if (answer.ok) takeSnapshot(answer.value)
}

/** How long an act may take before it is said that it is under way, in ms. */
const SAY_AFTER_MS = 1000

/** Awaits an answer; one that takes long is seen to be awaited. */
async function awaitShown<T>(answer: Promise<T>): Promise<T> {
  const add = (acts: number) => useCall.setState(({ waiting }) => ({ waiting: waiting + acts }))
  let shown = 0
  const timer = window.setTimeout(() => add((shown = 1)), SAY_AFTER_MS)
  const result = await answer
  window.clearTimeout(timer)
  if (shown > 0) add(-shown)
  return result
}

/** Says what went wrong among the notices, until the next act or the next word of the phone. */
export async function tell(answer: Promise<Result<unknown>>): Promise<boolean> {
  useCall.setState({ failure: null })
  const result = await awaitShown(answer)
  if (!result.ok) useCall.setState({ failure: result.error })
  return result.ok
}

/** Whose sound the keys are about: the citizen in front, or, where she has gone, whoever is beside. */
export function spokenFor(snapshot: PhoneSnapshot | null): Call | null {
  if (snapshot === null) return null
  return !isUp(snapshot.call) && isUp(snapshot.beside) ? snapshot.beside : snapshot.call
}

function withCall(act: (callId: string, call: Call) => Promise<Result<unknown>>): void {
  const call = spokenFor(useCall.getState().snapshot)
  if (call) void tell(act(call.caller.callId, call))
}

export const toggleMute = () => withCall((callId, { muted }) => invoke('phone.mute', { callId, muted: !muted }))
export const goAway = (reason: AwayReason) => void tell(invoke('phone.away', { reason }))
export const comeBack = () => void tell(invoke('phone.away', { reason: null }))
export const extendWrapUp = () => void tell(invoke('phone.extendWrapUp', null))
export const endWrapUp = () => tell(invoke('phone.wrapUpDone', null))

/** Records that a call led to no case: silent, wrong number or abuse. */
export async function settle(callId: string, outcome: NoMatter): Promise<boolean> {
  const done = await tell(invoke('call.settle', { callId, outcome }))
  if (done) useCall.setState({ settled: { callId, outcome } })
  return done
}
