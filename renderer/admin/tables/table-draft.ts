import type { Flaw } from '../../../shared/tables/flaw.ts'
import type { TableName } from '../../../shared/tables/tables.ts'

export type TableDraft = {
  /** The version that it is written upon. */
  readonly base: number
  readonly body: unknown
  /** As it is typed, where it is edited as JSON; null where by rows. */
  readonly text: string | null
  readonly why: string
  /** What central found wrong with it, until it is changed. */
  readonly flaws: readonly Flaw[]
}

export type Drafts = { readonly [N in TableName]?: TableDraft }
