/** Hold as it is wanted and as it stands; while one is on its way, `busy`. */
export type Hold = {
  readonly wanted: boolean
  readonly stands: boolean
  readonly busy: boolean
  /** Since when the other side has been put aside; null while she is not. */
  readonly since: number | null
  /** The operator put her aside herself, and not to speak with somebody else (L13). */
  readonly byHand: boolean
  /** The exchange did not take the other side back when it was asked last. */
  readonly refused: boolean
}

export const notHeld: Hold = { wanted: false, stands: false, busy: false, since: null, byHand: false, refused: false }

type Settled = { readonly held: boolean; readonly ok: boolean; readonly at: number }

/** How hold stands once the exchange took a hold or a resume, or did not; `busy` where it is to be asked once more (C11). */
export function settled(before: Hold, { held, ok, at }: Settled, isAnswered: boolean): Hold {
  const stands = ok ? held : before.stands
  // A hold that the exchange did not take stands here all the same; a resume that it did not take is not wanted any more.
  const wanted = ok || held || before.wanted ? before.wanted : true
  const since = wanted || stands ? (before.since ?? at) : null
  // A hold that came to nothing may stand at the exchange all the same: who is wanted back by then is asked for.
  const busy = (ok ? wanted !== stands : held && !wanted) && isAnswered
  return { wanted, stands, busy, since, byHand: before.byHand && since !== null, refused: !ok && !held && !busy }
}
