/**
 * A key that answers from within another program.
 *
 * G1 It is taken from the other programs only while a call rings in front, and given back as soon as it does not.
 * G2 It answers that call, and the desk comes forward.
 * G3 Where another program has it, that is said once a call, and everything else goes on as without it.
 */
import type { PhoneSnapshot } from '../shared/call/phone-snapshot.ts'

type Deps = {
  /** Null where the centre wants none. */
  readonly accelerator: string | null
  readonly shortcut: {
    register(accelerator: string, act: () => void): boolean
    unregister(accelerator: string): void
  }
  readonly answer: (callId: string) => void
  /** Whether another program has it, told when that changes. */
  readonly taken: (taken: boolean) => void
}

export function createAnswerKey({ accelerator, shortcut, answer, taken }: Deps) {
  let ringing: string | null = null
  let isOurs = false
  let isTaken = false

  function tell(now: boolean): void {
    if (now === isTaken) return
    isTaken = now
    taken(now)
  }

  function letGo(key: string): void {
    if (isOurs) shortcut.unregister(key)
    isOurs = false
  }

  return {
    /** Looks at how the phone stands; null where it is gone. */
    look: (snapshot: PhoneSnapshot | null) => {
      const call = snapshot?.call
      const next = call?.phase === 'ringing' ? call.caller.callId : null
      if (accelerator === null || next === ringing) return
      ringing = next
      letGo(accelerator)
      if (next === null) return tell(false)
      isOurs = shortcut.register(accelerator, () => answer(next))
      tell(!isOurs)
    },
  }
}
