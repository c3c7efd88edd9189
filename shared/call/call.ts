/** A call as this desk has it; what happens to it stands in call-machine.ts. */
import type { Care } from './call-care.ts'
import type { CallPurpose } from './call-fact.ts'
import type { Hold } from './call-hold.ts'

export type CallPhase = 'ringing' | 'dialling' | 'answering' | 'connected' | 'talking' | 'ending' | 'ended'
export type CallOutcome = 'completed' | 'missed' | 'rejected' | 'failed' | 'lost' | 'transferred' | 'elsewhere'

/** Who calls or is called, as the exchange told it: `callId` names the citizen's leg over all offers of it. */
export type Caller = {
  readonly callId: string
  readonly number: string
  readonly name: string
  readonly queue: string
}

export type Call = {
  readonly phase: CallPhase
  readonly direction: 'in' | 'out'
  readonly purpose: CallPurpose
  /** The call that it was dialled to pay back; null for any other. */
  readonly paysBack: string | null
  readonly caller: Caller
  /** When it began to ring here, or was dialled. */
  readonly ringAt: number
  /** Whether it was reported that it rings at the other side; of a dialled call alone. */
  readonly rangThere: boolean
  /** Whether sound of the network's own is heard before anybody answers (C18). */
  readonly earlySound: boolean
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly outcome: CallOutcome | null
  /** The SIP status by which a call that never stood was refused, e.g. 486; null where none is known. */
  readonly status: number | null
  readonly muted: boolean
  readonly hold: Hold
  readonly care: Care
}

export type CallState = Call | null

/** Whether a call holds a line: from the first ring until it has ended. */
export function isUp(call: CallState): call is Call {
  return call !== null && call.phase !== 'ended'
}

/** Whether somebody answered it and it is still there. */
export function isAnswered(call: CallState): call is Call {
  return call !== null && (call.phase === 'connected' || call.phase === 'talking')
}

/** Whether the other side is put aside: neither heard nor hearing. */
export function isHeld({ hold }: Call): boolean {
  return hold.wanted || hold.stands || hold.busy
}
