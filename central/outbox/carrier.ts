/** What carries one kind of what is owed; the worker knows nothing else of it. */
import type { Tx } from '../db/db.ts'

export const channels = ['message', 'webhook'] as const
export type Channel = (typeof channels)[number]

/** What is to be carried. `data` is what was known when the fact was written; times in ms. */
export type Owed = {
  /** The same each time that it is tried, and after a restore: receivers know by it what they have. */
  readonly id: string
  readonly target: string
  readonly kind: string
  readonly caseId: string
  readonly revision: number
  readonly at: number
  readonly data: unknown
  /** How often it was tried, this time counted. */
  readonly tries: number
}

/** What became of a try. `reason` is one word for lists and the log, never what anybody said. */
export type Carried =
  | { readonly became: 'sent' }
  /** It is never to be sent this way: a person has to tell her (`byVoice`), or nobody. */
  | { readonly became: 'byVoice' | 'skipped'; readonly reason: string }
  /** `again` unless it is refused for good; not before `afterMs`, where the receiver said so. */
  | { readonly became: 'failed'; readonly reason: string; readonly again: boolean; readonly afterMs?: number }

export type Carrier = {
  readonly channel: Channel
  /** So many tries, then it is dead: on the list, until a person sends it again. */
  readonly mostTries: number
  /** Reads what is needed (role sanxin_outbox, before anything leaves), or says what becomes of it without a try. */
  prepare(sql: Tx, owed: Owed, now: number): Promise<(() => Promise<Carried>) | Carried>
}
