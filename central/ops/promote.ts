/**
 * Makes a standby the primary: `node central/ops/promote.ts`, with SANXIN_CENTRAL_DATABASE_URL naming the
 * standby. It is given a new epoch, because what the lost primary had acknowledged and not passed on is known to
 * the desks alone: they send it again (rule 5). The old primary must not come back but as a new standby.
 */
import { appendAudit } from '../audit/sql.ts'
import { openPostgres } from '../db/postgres.ts'
import { renewEpoch } from '../feed/sql.ts'

const PROMOTE_S = 60

/** Promotes the standby, and waits until it takes writes; a primary stays what it is. `at` in ms dates the epoch. */
export async function promote(databaseUrl: string, at: number): Promise<void> {
  const db = openPostgres(databaseUrl, { connections: 1 })
  try {
    const isStandby = await db.tx('owner', async (sql) => {
      await sql.query('set local statement_timeout = 0')
      const [row] = await sql.query<{ standby: boolean; promoted: boolean }>(
        `select pg_is_in_recovery() as standby,
           case when pg_is_in_recovery() then pg_promote(true, ${PROMOTE_S}) else true end as promoted`,
      )
      if (row?.promoted !== true) throw new Error(`the standby did not become primary within ${PROMOTE_S} s`)
      return row.standby
    })
    if (!isStandby) throw new Error('this is no standby: nothing was changed')
    await db.tx('owner', async (sql) => {
      await renewEpoch(sql, at)
      await appendAudit(sql, { at, actor: null, place: null, action: 'promoted' })
    })
  } finally {
    await db.close()
  }
}

if (import.meta.main) {
  const { databaseUrl } = (await import('./arguments.ts')).readArguments('promote')
  await promote(databaseUrl, Date.now())
  process.stdout.write(`${JSON.stringify({ event: 'promoted' })}\n`)
}
