import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Caller } from '../../shared/call/call.ts'
import type { UntakenCall, UntakenWhy } from '../../shared/call/untaken-call.ts'
import type { Clock } from '../../shared/ports.ts'

type Deps = { readonly clock: Clock; readonly record: (fact: CallFact) => void; readonly changed: () => void }

/**
 * N17: the calls that could not be taken. Each is told once, as offered and failed, however often the queue offers it
 * anew; the last one is shown until another call rings, or somebody else signs in.
 */
export function createUntaken({ clock, record, changed }: Deps) {
  let shown: UntakenCall | null = null
  let told = ''
  return {
    shown: () => shown,
    refused: ({ callId, number, queue }: Caller, why: UntakenWhy): void => {
      if (callId === told) return
      told = callId
      const at = clock.now()
      shown = { callId, why, at }
      record({ callId, kind: 'offered', at, number, queue })
      record({ callId, kind: 'ended', at, outcome: 'failed' })
      changed()
    },
    forget: () => {
      shown = null
    },
  }
}
