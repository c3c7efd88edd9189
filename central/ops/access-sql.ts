/** Who gets in, as it stood last: a restore must let in nobody who was shut out since the backup. */
import type { Tx } from '../db/db.ts'
import { deskRoles, deskUntil } from '../people/sql.ts'

type Line = { readonly staffNo: string; readonly extension: string; readonly password: string; readonly domain: string }

/** Who stands in for whom in a unit; days as 2026-11-23, `at` in ms. */
type Deputy = {
  readonly staffNo: string
  readonly deputy: string
  readonly unit: string
  readonly fromDay: string
  readonly untilDay: string
  readonly at: number
}

type Ended = { readonly id: string; readonly at: number }

/** What of a database says who gets in and who is written to; times in ms, secrets sealed and passwords hashed. */
export type Access = {
  readonly staff: readonly {
    readonly staffNo: string
    readonly active: boolean
    readonly role: string
    readonly unit: string | null
    readonly passwordHash: string
    readonly totpSecret: string | null
    readonly totpLastStep: number | null
    /** Until when she worked at a desk; null while she does, where she never did, and where that was not written yet. */
    readonly deskUntil: number | null
  }[]
  readonly lines: readonly Line[]
  readonly deputies: readonly Deputy[]
  readonly sessions: readonly Ended[]
  readonly devices: readonly Ended[]
  readonly keys: readonly Ended[]
  readonly webhooks: readonly Ended[]
  readonly paused: readonly Ended[]
  /** By the hash of the code. */
  readonly codes: readonly Ended[]
  /** The keys of numbers that want no messages. */
  readonly silent: readonly { readonly phoneKey: string; readonly at: number; readonly by: string | null }[]
}

const ended = (sql: Tx, [table, id, at]: readonly [string, string, string]): Promise<Ended[]> =>
  sql.query<Ended>(
    // What stood may be older than the column.
    `select ${id}::text as id, said.at from ${table},
       lateral (select (to_jsonb(${table}) ->> '${at}')::bigint as at) as said where said.at is not null`,
  )

const tables = {
  sessions: ['sessions', 'session_id', 'ended_at'],
  devices: ['devices', 'device_id', 'revoked_at'],
  keys: ['api_keys', 'key_id', 'revoked_at'],
  webhooks: ['webhooks', 'webhook_id', 'ended_at'],
  paused: ['webhooks', 'webhook_id', 'paused_at'],
  codes: ['enrolments', 'code_hash', 'used_at'],
} as const

/** Role: owner. */
export async function selectAccess(sql: Tx): Promise<Access> {
  return {
    staff: await sql.query(
      `select staff_no as "staffNo", active, role, unit, password_hash as "passwordHash", totp_secret as "totpSecret",
         totp_last_step as "totpLastStep", (to_jsonb(staff) ->> 'desk_until')::bigint as "deskUntil" from staff`,
    ),
    lines: await sql.query('select staff_no as "staffNo", extension, password, domain from lines'),
    deputies: await sql.query(
      `select staff_no as "staffNo", deputy, unit, from_day as "fromDay", until_day as "untilDay", set_at as at
       from deputies`,
    ),
    sessions: await ended(sql, tables.sessions),
    devices: await ended(sql, tables.devices),
    keys: await ended(sql, tables.keys),
    webhooks: await ended(sql, tables.webhooks),
    paused: await ended(sql, tables.paused),
    codes: await ended(sql, tables.codes),
    silent: await sql.query('select phone_key as "phoneKey", at, by from no_messages'),
  }
}

/**
 * Role: owner. Takes over what stood last of the people that are here; answers the numbers of those who were otherwise.
 * A second factor's secret that no node had sealed yet may not be written any more: whose standing changed needs a new one.
 * Whoever worked at a desk here and does not any more did so until `at` (ms), where it is not known until when.
 */
export async function updateStaffAccess(sql: Tx, staff: Access['staff'], at: number): Promise<string[]> {
  const rows = await sql.query<{ staffNo: string }>(
    `update staff set active = last.active, role = last.role, unit = last.unit, password_hash = last."passwordHash",
       totp_secret = case when last."totpSecret" like 'v1.%' then last."totpSecret" end, totp_last_step = last."totpLastStep",
       desk_until = coalesce(last."deskUntil", ${deskUntil('last.active', 'last.role', '$3::bigint')})
     from jsonb_to_recordset($2::text::jsonb) as last("staffNo" text, active boolean, role text, unit text,
       "passwordHash" text, "totpSecret" text, "totpLastStep" bigint, "deskUntil" bigint)
     where staff_no = last."staffNo"
       and (staff.active, staff.role, staff.unit, staff.password_hash, staff.totp_secret, staff.totp_last_step,
         staff.desk_until)
         is distinct from (last.active, last.role, last.unit, last."passwordHash", last."totpSecret",
           last."totpLastStep", coalesce(last."deskUntil", staff.desk_until))
     returning staff_no as "staffNo"`,
    [deskRoles, JSON.stringify(staff), at],
  )
  return rows.map(({ staffNo }) => staffNo)
}

/**
 * Role: owner. Lines as they stood last, of the people that are here; answers the numbers of those who had another.
 * An extension is one person's: whoever has it here by another's standing has none.
 */
export async function updateLines(sql: Tx, { staff, lines }: Pick<Access, 'staff' | 'lines'>): Promise<string[]> {
  const params = [JSON.stringify(staff.map(({ staffNo }) => ({ staffNo }))), JSON.stringify(lines)]
  const last = `jsonb_to_recordset($2::text::jsonb) as last("staffNo" text, extension text, password text, domain text)`
  const gone = await sql.query<{ staffNo: string }>(
    `delete from lines where not exists (select from ${last}
         where (staff_no, lines.extension, lines.password, lines.domain)
           = (last."staffNo", last.extension, last.password, last.domain))
       and (staff_no in (select "staffNo" from jsonb_to_recordset($1::text::jsonb) as known("staffNo" text))
         or lines.extension in (select last.extension from ${last}))
     returning staff_no as "staffNo"`,
    params,
  )
  const come = await sql.query<{ staffNo: string }>(
    `insert into lines (staff_no, extension, password, domain)
     select "staffNo", last.extension, last.password, last.domain from ${last.replace('$2', '$1')} join staff on staff_no = "staffNo"
     on conflict (staff_no) do nothing returning staff_no as "staffNo"`,
    params.slice(1),
  )
  return [...new Set([...gone, ...come].map(({ staffNo }) => staffNo))]
}

/** Role: owner. Who stands in for whom as it stood last, of the people that are here; answers how many did so here and do not, or not so, any more. */
export async function updateDeputies(sql: Tx, deputies: Access['deputies']): Promise<number> {
  const last = `jsonb_to_recordset($1::text::jsonb) as last("staffNo" text, deputy text, unit text, "fromDay" text,
    "untilDay" text, at bigint)`
  const gone = await sql.query(
    `delete from deputies where not exists (select from ${last}
       where (staff_no, deputies.deputy, deputies.unit, from_day, until_day)
         = (last."staffNo", last.deputy, last.unit, last."fromDay", last."untilDay"))
     returning 1`,
    [JSON.stringify(deputies)],
  )
  await sql.query(
    `insert into deputies (staff_no, deputy, unit, from_day, until_day, set_at)
     select "staffNo", last.deputy, last.unit, "fromDay", "untilDay", last.at from ${last}
     where "staffNo" in (select staff_no from staff) and last.deputy in (select staff_no from staff)
     on conflict (staff_no) do nothing`,
    [JSON.stringify(deputies)],
  )
  return gone.length
}

/** Role: owner. Ends what had ended; answers how many went on here. */
export async function updateEnded(sql: Tx, which: keyof typeof tables, those: readonly Ended[]): Promise<number> {
  const [table, id, at] = tables[which]
  const rows = await sql.query(
    `update ${table} set ${at} = last.at from jsonb_to_recordset($1::text::jsonb) as last(id text, at bigint)
     where ${table}.${id}::text = last.id and ${table}.${at} is null returning 1`,
    [JSON.stringify(those)],
  )
  return rows.length
}

/**
 * Role: owner. Does `work`, which changes nothing of a receiver's secret, where no node has sealed it yet: the check on
 * it would let nothing else of that receiver be changed either.
 */
export async function withClearWebhooks<T>(sql: Tx, work: () => Promise<T>): Promise<T> {
  await sql.script('alter table webhooks drop constraint webhook_secret_sealed')
  const done = await work()
  await sql.script(`alter table webhooks add constraint webhook_secret_sealed check (secret like 'v1.%') not valid`)
  return done
}

/** Role: owner. Ends all sessions; answers how many went on. */
export async function endAllSessions(sql: Tx, at: number): Promise<number> {
  const rows = await sql.query(
    'update sessions set ended_at = $1::bigint where ended_at is null and expires_at > $1::bigint returning 1',
    [at],
  )
  return rows.length
}

/** Role: owner. Who wanted no messages wants none; answers how many of them were not known here. */
export async function insertSilent(sql: Tx, silent: Access['silent']): Promise<number> {
  const rows = await sql.query(
    `insert into no_messages (phone_key, at, by)
     select "phoneKey", at, by from jsonb_to_recordset($1::text::jsonb) as last("phoneKey" text, at bigint, by text)
     on conflict (phone_key) do nothing returning 1`,
    [JSON.stringify(silent)],
  )
  return rows.length
}
