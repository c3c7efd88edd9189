/** The calls of one desk beside each other, as they stand; what happens to them stands in call-lines.ts. */
import { isUp, type Call, type CallState } from './call.ts'
import type { CallEffect } from './call-machine.ts'

export type Completing = { readonly to: string; readonly how: 'blind' | 'attended' | 'emergency' }

export type Lines = {
  /** The citizen's call in front: up, or just ended. */
  readonly call: CallState
  /** Another citizen's call, while it is up. */
  readonly other: CallState
  /** A call beside the one in front: up, or just ended without having been answered, which is said. */
  readonly beside: CallState
  /** Whether the call in front and the one beside it hear each other and the operator. */
  readonly joined: boolean
  /** To whom the exchange was asked to put the citizen through, while it has not said how that went. */
  readonly completing: Completing | null
  /** The SIP status with which it refused to; null where it did not. */
  readonly refused: number | null
}

export type LineEffect =
  | CallEffect
  | { readonly type: 'startKnocking' | 'stopKnocking'; readonly callId: string }
  /** Lets two calls hear each other, or no longer. */
  | { readonly type: 'join' | 'split'; readonly callId: string; readonly besideId: string }
  /** Asks the exchange to put the one through to the other (REFER with Replaces). */
  | { readonly type: 'complete'; readonly callId: string; readonly besideId: string }

export type LineStep = { readonly lines: Lines; readonly effects: readonly LineEffect[] }

/** The name of a call; empty for none. */
export const idOf = (call: CallState) => call?.caller.callId ?? ''

export type Slot = 'call' | 'other' | 'beside'
const slots = ['call', 'other', 'beside'] as const

export const noLines: Lines = {
  call: null,
  other: null,
  beside: null,
  joined: false,
  completing: null,
  refused: null,
}

/** The slot of a call by its name; null where it is none of them. */
export function slotOf(lines: Lines, callId: string): Slot | null {
  return slots.find((slot) => lines[slot] !== null && idOf(lines[slot]) === callId) ?? null
}

/** The calls that are up. */
export function callsUp(lines: Lines): Call[] {
  return slots.flatMap((slot) => (isUp(lines[slot]) ? [lines[slot]] : []))
}

/** Whether any of them holds the line. */
export function isAnyUp(lines: Lines): boolean {
  return callsUp(lines).length > 0
}
