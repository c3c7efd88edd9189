import type { DraftSign } from './draft-saver.ts'

/** What of the drafts the store has not done yet, and a way to wait for it. */
export type OwedWords = {
  note(caseId: string, state: DraftSign['state']): void
  drop(caseId: string): void
  /** Resolves when nothing is on the way any more: each draft is committed, let go, or was refused. */
  settled(): Promise<void>
}

/** Keeps count of the drafts on their way; a refused one is waited for no longer, its saver has it. */
export function createOwedWords(): OwedWords {
  const underWay = new Set<string>()
  let waiting: (() => void)[] = []

  const drop = (caseId: string) => {
    underWay.delete(caseId)
    if (underWay.size > 0) return
    const done = waiting
    waiting = []
    for (const resolve of done) resolve()
  }

  return {
    note: (caseId, state) => {
      if (state === 'saving') underWay.add(caseId)
      else drop(caseId)
    },
    drop,
    settled: () =>
      underWay.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve)
          }),
  }
}
