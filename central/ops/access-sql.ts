/** Who gets in, as it stood last: a restore must let in nobody who was shut out since the backup. */
import type { Tx } from '../db/db.ts'
import { deskRoles, deskUntil } from '../people/sql.ts'

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
