/**
 * Whether a call back is owed, as a pure function: the rules B1 to B4 of electron/store/db/call-book.ts, which asks its
 * own file for the same in SQL (a test holds that both say the same), for central, which has the calls of all desks.
 */

/** So many tries that nobody answered, and the promise is kept as far as it can be. Central's rule: a desk goes on asking. */
export const MOST_TRIES = 3

/** What one must know of a call to say whether it is owed one (B1). */
export type EndedCall = {
  readonly direction: 'in' | 'out'
  readonly answered: boolean
  /** As the facts tell it; see call-fact.ts. */
  readonly outcome: string | null
}

/** Whether this call, by itself, is owed one: hers that nobody answered, or one that was lost in the middle. */
export function asksCallBack({ direction, answered, outcome }: EndedCall): boolean {
  if (answered) return outcome === 'lost'
  return direction === 'in' && (outcome === 'missed' || outcome === 'failed' || outcome === 'lost')
}

/** Another call of the citizen: a later one of that number by any spelling, or one that was dialled to pay back. */
export type OtherCall = EndedCall & {
  /** It was dialled to pay this one back, whatever number was dialled. */
  readonly paysBack: boolean
}

export type CallBack = {
  /** We reached her, or she called again: was answered then, or that newer call is owed in place of this one (B2, B3). */
  readonly kept: 'calledBack' | 'calledAgain' | null
  /** How often she was called, and nobody answered (B4). */
  readonly tries: number
}

/** What became of a call back that was owed. */
export function callBackOf(others: readonly OtherCall[]): CallBack {
  const ours = others.filter(({ direction, paysBack }) => direction === 'out' || paysBack)
  const hers = others.filter((one) => one.direction === 'in' && (one.answered || asksCallBack(one)))
  const reached = ours.some(({ answered }) => answered)
  const kept = reached ? 'calledBack' : hers.length > 0 ? 'calledAgain' : null
  return { kept, tries: ours.filter(({ answered }) => !answered).length }
}
