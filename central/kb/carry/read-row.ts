import type { CarryReason, FileReason } from '../../../shared/kb/article-life-carry.ts'
import { storable } from '../../storable.ts'

/** An article of a file as it was read: what the file says of it, by the names of the fields, unchecked. */
export type ReadRow = {
  readonly row: number
  readonly id: string | null
  readonly said: Readonly<Record<string, unknown>>
}
/** What a row calls its article, as it can be stored; what is no text is none. */
export function titleOf({ said }: ReadRow): string {
  const { title } = said
  return typeof title === 'string' ? storable(title).trim() : ''
}
/** All of a file, or why it is not taken. */
export type ReadFile = { readonly rows: readonly ReadRow[] } | { readonly reason: FileReason }
export type Refused = { readonly reason: CarryReason; readonly field?: string }
