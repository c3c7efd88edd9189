/** What could not be sent, as people look after it from a page: seen with numbers masked, sent again, audited. */
import type { Again, OutboxPage, ShownOwed } from '../../shared/admin/outbox-page.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { may, mayThere } from '../../shared/people/roles.ts'
import { maskPhone } from '../../shared/people/mask-caller.ts'
import type { Clock } from '../../shared/ports.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db } from '../db/db.ts'
import { selectUnits } from '../directory/sql.ts'
import type { Session } from '../http/access.ts'
import { listOwedVisits } from '../messages/rating-service.ts'
import type { Channel } from '../outbox/carrier.ts'
import * as list from './outbox-sql.ts'
import { reviveOwed } from '../outbox/sql.ts'

export type OutboxDeps = { readonly db: Db; readonly clock: Clock; readonly committed: () => void }

const MOST_LISTED = 200

/** Events go to systems, so they are of who manages those. */
const channelsOf = ({ role }: Pick<Session, 'role'>): Channel[] =>
  may(role, 'systems.manage') ? ['message', 'webhook'] : ['message']

function shown(
  { phoneKey, secret, url, unit, ...row }: list.OwedRow,
  { role, deviceId }: Session,
  units: ReadonlyMap<string, string>,
): ShownOwed {
  const mayKnow =
    phoneKey !== null && phoneKey !== '' && (!secret || mayThere(role, 'reporters.read', deviceId !== null))
  const host = url === null ? null : (URL.parse(url)?.host ?? null)
  const receiver = [unit === null ? null : (units.get(unit) ?? unit), host].filter((part) => part !== null).join(' · ')
  return { ...row, phone: mayKnow ? maskPhone(phoneKey) : null, receiver: host === null ? null : receiver }
}

/** The oldest 200 of each list, and how many are dead in all. */
export async function readOutbox({ db }: OutboxDeps, session: Session): Promise<OutboxPage> {
  const channels = channelsOf(session)
  const read = await db.tx('sanxin_outbox', async (sql) => ({
    troubled: await list.selectTroubled(sql, channels, MOST_LISTED),
    dead: await list.countDead(sql, channels),
    byVoice: await list.selectByVoice(sql, MOST_LISTED),
  }))
  const names = read.troubled.some(({ unit }) => unit !== null) ? await db.tx('sanxin_reader', selectUnits) : []
  const units = new Map(names.map(({ id, name }) => [id, name]))
  const show = (rows: readonly list.OwedRow[]) => rows.map((row) => shown(row, session, units))
  return {
    ...{ troubled: show(read.troubled), dead: read.dead, byVoice: show(read.byVoice) },
    ratings: await listOwedVisits({ db }, session),
  }
}

/**
 * Tries one dead one, or all of a kind, again; how many. `notFound` where it is not dead, or of a channel that is not
 * hers; `outdated` where a newer one stands in its place.
 */
export async function sendDeadAgain(
  { db, clock, committed }: OutboxDeps,
  again: Again,
  by: Session,
): Promise<Result<number>> {
  const { channel } = again
  if (!channelsOf(by).includes(channel)) return fail('notFound')
  const at = clock.now()
  const sent = await db.tx('sanxin_outbox', async (sql) => {
    const one = 'id' in again ? await reviveOwed(sql, { channel, id: again.id, target: null }, at) : null
    if (one === 'superseded') return fail('outdated')
    const number = 'id' in again ? Number(one === 'revived') : await list.reviveKind(sql, channel, again.kind, at)
    if (number === 0) return fail('notFound')
    const named = 'id' in again ? { object: again.id } : { detail: { kind: again.kind, number } }
    const record = { at, actor: by.staffNo, place: by.storeId, ...named }
    await appendAudit(sql, { ...record, action: `${channel}.again` })
    return ok(number)
  })
  if (sent.ok) committed()
  return sent
}
