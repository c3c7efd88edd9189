/** Walks the chain from its beginning, in pages, at one moment. */
import type { Db, Tx } from '../db/db.ts'
import { beginning, flawOf, type AuditHead } from './chain.ts'
import { readOneMoment, selectAudit, selectAuditHead } from './sql.ts'

/** The first broken place: an entry, the head apart (`cut`: entries after `seq` are gone), or a kept hash not met. */
export type AuditFlaw = {
  readonly seq: number
  readonly why: 'missing' | 'order' | 'changed' | 'cut' | 'head' | 'expected'
}
export type Verified = { readonly head: AuditHead; readonly flaw: AuditFlaw | null }

const PAGE = 1000

async function walk(sql: Tx, expected: string | null, page: number): Promise<Verified> {
  const head = await selectAuditHead(sql)
  let last = beginning
  let met = expected === null || expected === last.hash
  for (;;) {
    const entries = await selectAudit(sql, last.seq, page)
    for (const entry of entries) {
      const why = flawOf(last, entry)
      if (why !== null) return { head: last, flaw: { seq: last.seq + 1, why } }
      last = { seq: entry.seq, hash: entry.hash }
      met ||= entry.hash === expected
    }
    if (entries.length < page) break
  }
  if (head === null || head.seq < last.seq) return { head: last, flaw: { seq: last.seq, why: 'head' } }
  if (head.seq > last.seq) return { head: last, flaw: { seq: last.seq + 1, why: 'cut' } }
  if (head.hash !== last.hash) return { head: last, flaw: { seq: last.seq, why: 'head' } }
  return { head: last, flaw: met ? null : { seq: last.seq, why: 'expected' } }
}

/**
 * Verifies the whole chain as the tables' owner. `expected` is a head's hash that was kept elsewhere: where it is
 * not in the chain, the chain was cut or written anew since, however well it hangs together.
 */
export function verifyAudit(db: Db, expected: string | null = null, page = PAGE): Promise<Verified> {
  return db.tx('owner', async (sql) => {
    await readOneMoment(sql)
    return walk(sql, expected, page)
  })
}
