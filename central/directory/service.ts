import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db } from '../db/db.ts'
import { appendFeed } from '../feed/sql.ts'
import { storable } from '../storable.ts'
import { upsertEntries, withdrawOthers, withdrawTwins } from './sql.ts'

export type Published = { readonly changed: number; readonly withdrawn: number }

/**
 * Stores entries of the directory and tells all desks of those that changed. `whole`: what is not among them, of the
 * kinds that are, is taken from the desks. `by` is who imported them and when (ms), for the audit; null for what comes
 * with the program.
 */
export async function publishDirectory(
  db: Db,
  entries: readonly DirectoryEntry[],
  whole: boolean,
  by: { readonly actor: string; readonly at: number } | null = null,
): Promise<Published> {
  return db.tx('sanxin_kb', async (sql) => {
    const changed = await upsertEntries(sql, storable(entries))
    const kinds = [...new Set(entries.map(({ kind }) => kind))]
    const ids = entries.map(({ id }) => id)
    // One entry a person: an earlier one by another id goes.
    const staffNos = entries.flatMap((entry) => (entry.kind === 'colleague' ? [entry.staffNo] : []))
    const twins = await withdrawTwins(sql, staffNos, ids)
    const withdrawn = [...twins, ...(whole ? await withdrawOthers(sql, kinds, ids) : [])]
    if (by !== null) {
      const detail = { entries: entries.length, changed: changed.length, withdrawn: withdrawn.length, whole }
      await appendAudit(sql, { ...by, place: null, action: 'directory.imported', detail })
    }
    const told = [...changed, ...withdrawn].toSorted()
    await appendFeed(
      sql,
      told.map((id) => ({ kind: 'directory', ref: id, storeId: null, team: null })),
    )
    return { changed: changed.length, withdrawn: withdrawn.length }
  })
}
