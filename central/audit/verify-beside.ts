/** Walks the chain as somebody who may read it, while others append to it. */
import type { Actor, Db, Tx } from '../db/db.ts'
import { beginning, flawOf } from './chain.ts'
import { selectAudit, selectAuditHead } from './sql.ts'
import type { Verified } from './verify.ts'

/**
 * Each page of entries is read before the head is: whatever of them stands after that head was put there by another way
 * than `audit_append`. Ends when the head is reached; where the head says more than there is, twice, entries are gone.
 */
async function walkBeside(sql: Tx, page: number): Promise<Verified> {
  let last = beginning
  let wanting = false
  for (;;) {
    const entries = await selectAudit(sql, last.seq, page)
    for (const entry of entries) {
      const why = flawOf(last, entry)
      if (why !== null) return { head: last, flaw: { seq: last.seq + 1, why } }
      last = { seq: entry.seq, hash: entry.hash }
    }
    const head = await selectAuditHead(sql)
    if (head === null || head.seq < last.seq) return { head: last, flaw: { seq: last.seq, why: 'head' } }
    if (head.seq === last.seq)
      return { head: last, flaw: head.hash === last.hash ? null : { seq: last.seq, why: 'head' } }
    if (entries.length === 0 && wanting) return { head: last, flaw: { seq: last.seq + 1, why: 'cut' } }
    wanting = entries.length === 0
  }
}

/** As `verifyAudit`, under the policies of the reader; which hash was kept elsewhere, the command compares. */
export function verifyBeside(db: Db, reader: Actor, page = 1000): Promise<Verified> {
  return db.tx('sanxin_reader', (sql) => walkBeside(sql, page), reader)
}
