import type { CallFact } from '../../shared/call/call-fact.ts'
import type { Result } from '../../shared/errors.ts'

export type FactQueue = {
  add(fact: CallFact): void
  /** The store is there again: what it did not take is told once more. */
  retry(): void
}

/** Hands facts to the store in their order; each stays here until the store has said it stands on the disk. */
export function createFactQueue(record: (fact: CallFact) => Promise<Result<null>>): FactQueue {
  const waiting: CallFact[] = []
  let busy = false

  async function drain(): Promise<void> {
    if (busy) return
    busy = true
    try {
      for (let fact = waiting[0]; fact !== undefined; fact = waiting[0]) {
        const answer = await record(fact)
        // Only what can never be taken is let go; a store that is down or full is told again later.
        if (!answer.ok && answer.error.code !== 'invalidInput') return
        waiting.shift()
      }
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
  }
}
