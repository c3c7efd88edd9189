import type { CaseEvent } from '../../shared/case/case-record.ts'

/** What was promised: everything that a store acknowledged, written down outside of it. */
export type Oracle = {
  /** Words that were said to be saved, each with a mark of its own; `opened` where this desk has the case as its own. */
  readonly saved: {
    readonly desk: number
    readonly caseId: string
    readonly caseNo: string
    readonly mark: string
    readonly opened: boolean
    /** Something personal was typed with them. */
    readonly hasPapers: boolean
  }[]
  readonly facts: { readonly desk: number; readonly callId: string; readonly kind: string }[]
  /** Drafts that were said to be kept, by case. */
  readonly drafts: Map<string, { readonly desk: number; readonly author: string; readonly mark: string }>
  /** Choices between a late edit and what stood that were said to be made: which late edit, by its name. */
  readonly choices: { readonly desk: number; readonly mutation: string; readonly group: string }[]
  /** Cases of other desks that an operator has open, as they were shown to her then. */
  readonly open: (Shown & { readonly desk: number })[]
  /** What the author of a mutation had seen of its case. */
  readonly seen: Map<string, readonly CaseEvent[]>
  nextMark(): string
}

export type Shown = { readonly caseId: string; readonly caseNo: string; readonly events: readonly CaseEvent[] }

export function createOracle(): Oracle {
  let marks = 0
  return {
    saved: [],
    facts: [],
    drafts: new Map(),
    choices: [],
    open: [],
    seen: new Map(),
    nextMark: () => `〔${(marks += 1)}〕`,
  }
}
