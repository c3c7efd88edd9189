import type { Tx } from '../db/db.ts'
import { tellColleague } from '../directory/colleague.ts'
import * as access from './access-sql.ts'

/** How many were let in by the backup and are not, or not so, any more; null for what cannot be known. */
export type Shut = Readonly<
  Record<
    'people' | 'lines' | 'deputies' | 'devices' | 'codes' | 'keys' | 'webhooks' | 'paused' | 'silent',
    number | null
  >
> & {
  readonly sessions: number
}

/**
 * Role: owner. A backup lets in again who was shut out since: people who left or have another role, password or
 * authenticator, another line, deputies who are none any more, sessions, desks, keys and receivers that ended or were
 * paused, codes that enrolled a desk, citizens who want no messages. Where `last`, what stood before, is known, that holds. Where it is not, all sessions end, and the rest is for somebody to look through. Last in
 * its transaction but for what waits for the feed as well. `at` in ms.
 */
export async function keepShut(sql: Tx, last: access.Access | null, at: number): Promise<Shut> {
  if (last === null) {
    const sessions = await access.endAllSessions(sql, at)
    return {
      people: null,
      lines: null,
      deputies: null,
      sessions,
      devices: null,
      codes: null,
      keys: null,
      webhooks: null,
      paused: null,
      silent: null,
    }
  }
  const people = await access.updateStaffAccess(sql, last.staff, at)
  const lines = await access.updateLines(sql, last)
  const webhooks = await access.withClearWebhooks(sql, async () => ({
    webhooks: await access.updateEnded(sql, 'webhooks', last.webhooks),
    paused: await access.updateEnded(sql, 'paused', last.paused),
  }))
  const shut = {
    people: people.length,
    lines: lines.length,
    deputies: await access.updateDeputies(sql, last.deputies),
    sessions: await access.updateEnded(sql, 'sessions', last.sessions),
    devices: await access.updateEnded(sql, 'devices', last.devices),
    codes: await access.updateEnded(sql, 'codes', last.codes),
    keys: await access.updateEnded(sql, 'keys', last.keys),
    ...webhooks,
    silent: await access.insertSilent(sql, last.silent),
  }
  for (const staffNo of new Set([...people, ...lines])) await tellColleague(sql, staffNo)
  return shut
}
