/** What a player is handed, and what it says. */

export type WorldTask = {
  readonly kind: 'world'
  readonly seed: number
  readonly ops: number
  readonly mostDesks: number
  readonly trace: boolean
}
/** The world that showed the bug before, then those from this seed on; so many steps at most. */
export type BugTask = { readonly kind: 'bug'; readonly name: string; readonly seed: number; readonly ops: number }
export type Task = WorldTask | BugTask

export type Outcome = {
  /** Of the world that was played; of the last one, where a bug was looked for in several. */
  readonly seed: number
  readonly ops: number
  readonly crashPoints: readonly string[]
  readonly violations: readonly string[]
}
/** What it says: a step of a world that is traced, and what came of a task. */
export type Said = { readonly step: string } | { readonly outcome: Outcome }

export const OPS_A_WORLD = 400
/** A small one, in which most bugs show themselves. */
export const OPS_A_SMALL_WORLD = 160
