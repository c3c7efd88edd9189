import type { DraftSign } from './draft-saver.ts'

/** What of the drafts the store has not done yet, and a way to wait for it. */
export type OwedWords = {
  note(caseId: string, state: DraftSign['state']): void
  /** The draft is let go. */
  drop(caseId: string): void
  /** Resolves when nothing is on the way any more: each draft is committed, let go, or was refused. */
  settled(): Promise<void>
}

/**
 * Keeps count of the drafts on their way; a refused one is waited for no longer, its saver has it. `stalled` hears
 * when the store begins to refuse words, and when it has them all.
 */
export function createOwedWords(stalled: (any: boolean) => void): OwedWords {
  const underWay = new Set<string>()
  const refused = new Set<string>()
  let waiting: (() => void)[] = []

  const noteRefused = (change: () => void) => {
    const before = refused.size > 0
    change()
    if (refused.size > 0 !== before) stalled(!before)
  }

  const arrive = (caseId: string) => {
    underWay.delete(caseId)
    if (underWay.size > 0) return
    const done = waiting
    waiting = []
    for (const resolve of done) resolve()
  }

  return {
    note: (caseId, state) => {
      if (state === 'stalled') noteRefused(() => refused.add(caseId))
      if (state === 'saved') noteRefused(() => refused.delete(caseId))
      if (state === 'saving') underWay.add(caseId)
      else arrive(caseId)
    },
    drop: (caseId) => {
      noteRefused(() => refused.delete(caseId))
      arrive(caseId)
    },
    settled: () =>
      underWay.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve)
          }),
  }
}
