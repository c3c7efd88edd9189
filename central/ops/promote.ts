/**
 * Makes a standby the primary: `node central/ops/promote.ts`, with SANXIN_CENTRAL_DATABASE_URL naming the
 * standby alone. It is given a new epoch, because what the lost primary had acknowledged and not passed on is known
 * to the desks alone: they send it again (rule 5). Run again, or on a server that was promoted by other means, it
 * only renews the epoch: that costs the desks one more sending and does no harm. The old primary must not come
 * back but as a new standby.
 */
import { appendAudit } from '../audit/sql.ts'
import { openPostgres } from '../db/postgres.ts'
import { renewEpoch } from '../feed/sql.ts'

const PROMOTE_S = 60

/**
 * `waitsFor` are the standbys that the new primary waits for at each commit: until one of them follows it, it
 * takes nothing. Empty is what a lone server needs.
 */
export type Promoted = { readonly wasStandby: boolean; readonly waitsFor: string }

/** Promotes the standby, waits until it takes writes, and renews its epoch; `at` in ms dates it. */
export async function promote(databaseUrl: string, at: number): Promise<Promoted> {
  if (/^[^/]*\/\/[^/?]*,/.test(databaseUrl))
    throw new Error('name the standby alone: of several hosts the wrong one might be taken')
  const db = openPostgres(databaseUrl, { connections: 1, standby: true })
  try {
    const wasStandby = await db.tx('owner', async (sql) => {
      await sql.query('set local statement_timeout = 0')
      const [row] = await sql.query<{ standby: boolean; promoted: boolean }>(
        `select pg_is_in_recovery() as standby,
           case when pg_is_in_recovery() then pg_promote(true, ${PROMOTE_S}) else true end as promoted`,
      )
      if (row?.promoted !== true) throw new Error(`the standby did not become primary within ${PROMOTE_S} s`)
      return row.standby
    })
    return await db.tx('owner', async (sql) => {
      // A standby copies its primary's settings: waiting for a standby of its own, this would never end.
      await sql.query('set local synchronous_commit = local')
      await renewEpoch(sql, at)
      await appendAudit(sql, { at, actor: null, place: null, action: 'promoted' })
      const [row] = await sql.query<{ waitsFor: string }>(
        `select current_setting('synchronous_standby_names') as "waitsFor"`,
      )
      return { wasStandby, waitsFor: row?.waitsFor ?? '' }
    })
  } finally {
    await db.close()
  }
}

if (import.meta.main) {
  const { readArguments, runCommand } = await import('./command.ts')
  const { databaseUrl } = readArguments('promote')
  await runCommand(async () => ({ event: 'promoted', ...(await promote(databaseUrl, Date.now())) }))
}
