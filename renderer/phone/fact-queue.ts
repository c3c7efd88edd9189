import type { ToldFact } from '../../shared/call/phone-snapshot.ts'
import type { Result } from '../../shared/errors.ts'

export type FactQueue = {
  add(fact: ToldFact): void
  /** The store is there again: what it did not take is told once more. */
  retry(): void
  waiting(): readonly ToldFact[]
  /** Whether the store refused what waits. */
  stalled(): boolean
}

type Ports = {
  readonly record: (fact: ToldFact) => Promise<Result<null>>
  /** The store has begun to refuse, or has taken all that waited. */
  readonly changed: () => void
  readonly after: (ms: number, act: () => void) => void
}

export const RETRY_MS = 2_000

/** Hands facts to the store in their order; each stays here until the store has said it stands on the disk. */
export function createFactQueue({ record, changed, after }: Ports): FactQueue {
  const waiting: ToldFact[] = []
  let busy = false
  let stalled = false
  let timed = false

  function note(refused: boolean): void {
    if (stalled === refused) return
    stalled = refused
    changed()
  }

  function tryLater(): void {
    if (timed) return
    timed = true
    after(RETRY_MS, () => {
      timed = false
      void drain()
    })
  }

  async function drain(): Promise<void> {
    if (busy) return
    busy = true
    try {
      for (let fact = waiting[0]; fact !== undefined; fact = waiting[0]) {
        const answer = await record(fact)
        // Only what can never be taken is let go. A disk that has room again says nothing: it is asked.
        if (!answer.ok && answer.error.code !== 'invalidInput') {
          note(true)
          return tryLater()
        }
        waiting.shift()
      }
      // Whoever takes this phone's place must not tell again what the store has.
      if (stalled) note(false)
      else changed()
    } finally {
      busy = false
    }
  }

  return {
    add: (fact) => {
      waiting.push(fact)
      void drain()
    },
    retry: () => void drain(),
    waiting: () => [...waiting],
    stalled: () => stalled,
  }
}
