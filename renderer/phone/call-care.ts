/** What the operator marks of a call, and the exchange's recording of it; the rules C12 and C13 stand in shared/call. */
import type { CareEvent } from '../../shared/call/call-care.ts'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { isAnswered, type CallState } from '../../shared/call/call.ts'
import type { OperatorEvent } from '../../shared/call/operator-status.ts'
import { noRecordingCodes, type RecordingRules } from '../../shared/call/recording.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Clock } from '../../shared/ports.ts'

/** The commands of the phone that mark something of a call. */
export type CareHandlers = Pick<Handlers<'phone'>, 'phone.warn' | 'phone.said' | 'phone.pauseRecording'>

type Deps = {
  readonly clock: Clock
  readonly callOf: (callId: string) => CallState
  /** Answers whether it meant anything. */
  readonly dispatch: (event: CareEvent) => boolean
  /** Resolves with whether the tones are out. */
  readonly sendTones: (callId: string, tones: string) => Promise<boolean>
}

/** What a fact means for the operator's status (rule O8): a call in which somebody was warned is a hard one. */
export function hardEvent(fact: CallFact): Pick<OperatorEvent, 'type' | 'callId'> | null {
  const { callId } = fact
  if (fact.kind === 'warned') return { type: 'warned', callId }
  return fact.kind === 'warningWithdrawn' && fact.count === 1 ? { type: 'warningsWithdrawn', callId } : null
}

export function createCallCare({ clock, callOf, dispatch, sendTones }: Deps) {
  let rules: RecordingRules = { headers: [], ...noRecordingCodes }
  /** Of asking there is one at a time: tones that are sent at once are one code. */
  let turn: Promise<unknown> = Promise.resolve()

  const isPaused = (callId: string) => (callOf(callId)?.care.recording.pausedAt ?? null) !== null

  /** Asks the exchange by the code that it knows; the pause is said when the tones are out (C13). */
  function ask(callId: string, paused: boolean, why: 'pressed' | 'transferred'): Promise<boolean> {
    const asked = turn.then(() => askNow(callId, paused, why))
    turn = asked.catch(() => undefined)
    return asked
  }

  async function askNow(callId: string, paused: boolean, why: 'pressed' | 'transferred'): Promise<boolean> {
    if (isPaused(callId) === paused) return true
    const code = paused ? rules.pause : rules.resume
    if (code === null || !isAnswered(callOf(callId)) || !(await sendTones(callId, code))) return false
    const at = clock.now()
    return dispatch(paused ? { type: 'recordingPaused', callId, at } : { type: 'recordingResumed', callId, why, at })
  }

  const handlers: CareHandlers = {
    'phone.warn': ({ callId, withdraw }): Result<null> => {
      const meant = dispatch({ type: withdraw ? 'warningWithdrawn' : 'warned', callId, at: clock.now() })
      return meant ? ok(null) : fail('illegalTransition', 'call')
    },
    'phone.said': ({ callId, sentence, script }): Result<null> =>
      dispatch({ type: 'said', callId, sentence, script, at: clock.now() })
        ? ok(null)
        : fail('illegalTransition', 'call'),
    'phone.pauseRecording': async ({ callId, paused }) =>
      (await ask(callId, paused, 'pressed')) ? ok(null) : fail('illegalTransition', 'call'),
  }

  return {
    handlers,
    use: (next: RecordingRules) => {
      rules = next
    },
    /** Whether the exchange has a code for it. */
    canPause: () => rules.pause !== null && rules.resume !== null,
    /** Before the citizen is somebody else's: the exchange records her again. */
    letGo: (callId: string) => ask(callId, false, 'transferred'),
    /** What the exchange says of a call beside the call itself, in its INVITE or its 200. */
    told: (callId: string, header: (name: string) => string | undefined) => {
      const name = recordingNamed(rules.headers, header)
      if (name !== null) dispatch({ type: 'recordingNamed', callId, name, at: clock.now() })
    },
  }
}

/** The first of these headers that says something; null where none does. */
export function recordingNamed(
  headers: readonly string[],
  header: (name: string) => string | undefined,
): string | null {
  for (const name of headers) {
    const value = header(name)?.trim().slice(0, 128)
    if (value !== undefined && value !== '') return value
  }
  return null
}
