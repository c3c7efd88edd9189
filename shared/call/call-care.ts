/**
 * What is marked of a call while it is up, and changes nothing of how it goes: warnings to a citizen who abuses the
 * operator, what was said by the script, and what is known of the exchange's recording. Steps of call-machine.ts.
 *
 * C12 Of warnings there are at most three in a call, each a fact with its number. The last one is taken back by a fact
 *     of its own, also when the call is over: a fact is never removed. None of them ends a call.
 * C13 A pause of the recording is said only when it was asked of the exchange; it ends by being asked to go on, at the
 *     latest with the call.
 * C16 A sentence that was said is a fact each time, while the citizen is there.
 */
import type { CallFact } from './call-fact.ts'

/** So many warnings come before a call is ended. */
export const MOST_WARNINGS = 3

export type Recording = {
  /** Under which name the exchange keeps it; null where it named none. */
  readonly name: string | null
  /** Since when the exchange has been asked to pause it; null while it runs, as far as is known here. */
  readonly pausedAt: number | null
}

export type Care = {
  /** When the citizen was warned, the oldest first; what was taken back is not among them. */
  readonly warnings: readonly number[]
  readonly recording: Recording
}

export const noCare: Care = { warnings: [], recording: { name: null, pausedAt: null } }

export type CareStep = { readonly care: Care; readonly facts: readonly CallFact[] }

type Named = { readonly callId: string; readonly at: number }
type Resumed = Extract<CallFact, { kind: 'recordingResumed' }>

export type CareEvent =
  | (Named & { readonly type: 'said'; readonly sentence: string; readonly script: number })
  | (Named & { readonly type: 'warned' | 'warningWithdrawn' | 'recordingPaused' })
  | (Named & { readonly type: 'recordingNamed'; readonly name: string })
  | (Named & { readonly type: 'recordingResumed'; readonly why: Resumed['why'] })

type Count = Extract<CallFact, { kind: 'warned' }>['count']

const marks: readonly string[] = [
  'said',
  'warned',
  'warningWithdrawn',
  'recordingNamed',
  'recordingPaused',
  'recordingResumed',
] satisfies CareEvent['type'][]

export function isCareEvent(event: { readonly type: string }): event is CareEvent {
  return marks.includes(event.type)
}

/** What an event adds to what is marked; no fact where it changes nothing. `answered`: the citizen is there. */
export function stepCare(care: Care, event: CareEvent, answered: boolean): CareStep {
  const { callId, at } = event
  const { warnings, recording } = care
  const same: CareStep = { care, facts: [] }
  switch (event.type) {
    case 'said': {
      const { sentence, script } = event
      return answered ? { care, facts: [{ callId, kind: 'said', at, sentence, script }] } : same
    }
    case 'warned': {
      const count = (warnings.length + 1) as Count
      if (!answered || count > MOST_WARNINGS) return same
      return { care: { ...care, warnings: [...warnings, at] }, facts: [{ callId, kind: 'warned', at, count }] }
    }
    case 'warningWithdrawn': {
      if (warnings.length === 0) return same
      const count = warnings.length as Count
      return { care: { ...care, warnings: warnings.slice(0, -1) }, facts: [{ callId, kind: event.type, at, count }] }
    }
    case 'recordingNamed': {
      const { name } = event
      if (recording.name === name) return same
      return {
        care: { ...care, recording: { ...recording, name } },
        facts: [{ callId, kind: 'recorded', at, recording: name }],
      }
    }
    case 'recordingPaused':
      if (!answered || recording.pausedAt !== null) return same
      return { care: { ...care, recording: { ...recording, pausedAt: at } }, facts: [{ callId, kind: event.type, at }] }
    case 'recordingResumed': {
      const { why } = event
      if (recording.pausedAt === null) return same
      return {
        care: { ...care, recording: { ...recording, pausedAt: null } },
        facts: [{ callId, kind: event.type, at, why }],
      }
    }
  }
}
