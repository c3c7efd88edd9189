import type { Line } from '../../shared/sync/protocol.ts'
import type { Tx } from '../db/db.ts'
import { may } from '../../shared/people/roles.ts'
import { staffRoles, type StaffRole } from '../../shared/people/staff-role.ts'
import type { Session } from '../http/access.ts'

/** `line` only for who takes calls; `unit` only for who belongs to a member unit. */
export type StaffRow = {
  staffNo: string
  name: string
  role: StaffRole
  unit: string | null
  passwordHash: string
  /** Null while none was set up. */
  totpSecret: string | null
  line: Line | null
}

/** Role: sanxin_people. Active staff with their line, where they have one. */
export async function selectStaff(sql: Tx, staffNo: string): Promise<StaffRow | null> {
  const [row] = await sql.query<StaffRow>(
    `select staff_no as "staffNo", name, role, unit, password_hash as "passwordHash",
       totp_secret as "totpSecret", case when extension is not null then
         json_build_object('extension', extension, 'password', lines.password, 'domain', domain) end as line
     from staff left join lines using (staff_no) where staff_no = $1::text and active`,
    [staffNo],
  )
  return row ?? null
}

export async function selectStaffNumbers(sql: Tx): Promise<string[]> {
  const rows = await sql.query<{ staffNo: string }>('select staff_no as "staffNo" from staff')
  return rows.map(({ staffNo }) => staffNo)
}

/** Adds a person who is not there yet; changes nobody, and says which. */
export async function insertStaff(sql: Tx, staff: StaffRow): Promise<boolean> {
  const { staffNo, name, role, unit, passwordHash, totpSecret, line } = staff
  const added = await sql.query(
    `insert into staff (staff_no, name, role, unit, password_hash, totp_secret)
     values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text) on conflict do nothing returning staff_no`,
    [staffNo, name, role, unit, passwordHash, totpSecret],
  )
  if (added.length > 0 && line !== null)
    await sql.query(
      'insert into lines (staff_no, extension, password, domain) values ($1::text, $2::text, $3::text, $4::text)',
      [staffNo, line.extension, line.password, line.domain],
    )
  return added.length > 0
}

/** Whose work is at desks, parted by spaces. */
export const deskRoles = staffRoles.filter((role) => may(role, 'sync')).join(' ')

/** What `desk_until` becomes in an update of staff to `active` with `role`, all in SQL and `$1` the roles of desks. */
export const deskUntil = (active: string, role: string, at: string) => `case
  when ${active} and ${role} = any(string_to_array($1::text, ' ')) then null
  when staff.active and staff.role = any(string_to_array($1::text, ' ')) then ${at} else staff.desk_until end`

/** Active from this time (ms) on, or no more; false where nobody has the number. */
export async function updateActive(sql: Tx, staffNo: string, active: boolean, at: number): Promise<boolean> {
  const rows = await sql.query(
    `update staff set active = $3::boolean, desk_until = ${deskUntil('$3::boolean', 'staff.role', '$4::bigint')}
     where staff_no = $2::text returning staff_no`,
    [deskRoles, staffNo, active, at],
  )
  return rows.length > 0
}

/** Name and team stay where null is said; the team '' is none. `at` (ms) is since when. */
export async function updatePerson(
  sql: Tx,
  staffNo: string,
  { name, role, team }: { readonly name: string | null; readonly role: StaffRole; readonly team: string | null },
  at: number,
): Promise<void> {
  await sql.query(
    `update staff set name = coalesce($3::text, name), role = $4::text,
       team = case when $5::text is null then team else nullif($5::text, '') end,
       desk_until = ${deskUntil('staff.active', '$4::text', '$6::bigint')}
     where staff_no = $2::text`,
    [deskRoles, staffNo, name, role, team, at],
  )
}

export async function updateUnit(sql: Tx, staffNo: string, unit: string): Promise<void> {
  await sql.query('update staff set unit = $2::text where staff_no = $1::text', [staffNo, unit])
}

/** Whoever leaves a unit stands in for nobody there, and nobody for her. */
export async function deleteDeputiesOf(sql: Tx, staffNo: string): Promise<void> {
  await sql.query('delete from deputies where $1::text in (staff_no, deputy)', [staffNo])
}

/** The staff numbers of the administrators who can sign in: active, with a second factor. */
export async function selectAdministrators(sql: Tx): Promise<string[]> {
  const rows = await sql.query<{ staffNo: string }>(
    `select staff_no as "staffNo" from staff where role = 'administrator' and active and totp_secret is not null`,
  )
  return rows.map(({ staffNo }) => staffNo)
}

export async function upsertLine(sql: Tx, staffNo: string, { extension, password, domain }: Line): Promise<void> {
  await sql.query(
    `insert into lines (staff_no, extension, password, domain) values ($1::text, $2::text, $3::text, $4::text)
     on conflict (staff_no) do update set extension = excluded.extension, password = excluded.password,
       domain = excluded.domain`,
    [staffNo, extension, password, domain],
  )
}

/** False where nobody has the number. */
export async function updatePassword(sql: Tx, staffNo: string, passwordHash: string): Promise<boolean> {
  const rows = await sql.query(
    'update staff set password_hash = $2::text where staff_no = $1::text returning staff_no',
    [staffNo, passwordHash],
  )
  return rows.length > 0
}

/** Another password where this one stands still; false where it does not. */
export async function replacePassword(sql: Tx, staffNo: string, stands: string, becomes: string): Promise<boolean> {
  const rows = await sql.query(
    `update staff set password_hash = $3::text where staff_no = $1::text and password_hash = $2::text and active
     returning staff_no`,
    [staffNo, stands, becomes],
  )
  return rows.length > 0
}

/** Keeps which password was replaced by this sign-in; as that person's actor. */
export async function keepReplaced(sql: Tx, tokenHash: string, passwordHash: string): Promise<void> {
  await sql.query('update sessions set replaced_hash = $2::text where token_hash = $1::text', [tokenHash, passwordHash])
}

/** The hash of the password that was replaced last by this sign-in; null for none. As that person's actor. */
export async function selectReplaced(sql: Tx, tokenHash: string): Promise<string | null> {
  const [row] = await sql.query<{ replaced: string | null }>(
    'select replaced_hash as replaced from sessions where token_hash = $1::text',
    [tokenHash],
  )
  return row?.replaced ?? null
}

/** The role of a person, working here or not; null where nobody has the number. */
export async function selectRole(sql: Tx, staffNo: string): Promise<StaffRole | null> {
  const [row] = await sql.query<{ role: StaffRole }>('select role from staff where staff_no = $1::text', [staffNo])
  return row?.role ?? null
}

/** Ends all sessions of a person, wherever she is signed in; as that person's actor. */
export async function endSessionsOf(sql: Tx, staffNo: string, at: number): Promise<void> {
  await sql.query('update sessions set ended_at = $2::bigint where staff_no = $1::text and ended_at is null', [
    staffNo,
    at,
  ])
}

/** Ends all sessions of a person but the one that she acts in; as that person's actor. */
export async function endOtherSessions(sql: Tx, staffNo: string, tokenHash: string, at: number): Promise<void> {
  await sql.query(
    `update sessions set ended_at = $3::bigint
     where staff_no = $1::text and token_hash <> $2::text and ended_at is null`,
    [staffNo, tokenHash, at],
  )
}

export type NewSession = {
  tokenHash: string
  sessionId: string
  staffNo: string
  /** Null away from desks. */
  deviceId: string | null
  at: number
  expiresAt: number
  /** That of the password by which she signed in; null where an issuer vouched for her. */
  passwordHash: string | null
}

/**
 * Adds a session; it stays after its end, for what was done in it may come later. Not for who was locked out or given
 * another password meanwhile: whoever changes that waits for this, or this for him. Whether it was added.
 */
export async function insertSession(sql: Tx, session: NewSession): Promise<boolean> {
  const { tokenHash, sessionId, staffNo, deviceId, at, expiresAt, passwordHash } = session
  const added = await sql.query(
    `insert into sessions (token_hash, session_id, staff_no, device_id, created_at, expires_at)
     select $1::text, $2::uuid, staff_no, $4::uuid, $5::bigint, $6::bigint from staff
     where staff_no = $3::text and active and password_hash = coalesce($7::text, password_hash) for share
     returning session_id`,
    [tokenHash, sessionId, staffNo, deviceId, at, expiresAt, passwordHash],
  )
  return added.length > 0
}

export async function endSession(sql: Tx, tokenHash: string, at: number): Promise<void> {
  await sql.query('update sessions set ended_at = $2::bigint where token_hash = $1::text and ended_at is null', [
    tokenHash,
    at,
  ])
}

/** Role: sanxin_gate. The session of a token's hash, unless it is over, or its person or its desk was locked out. */
export async function selectSession(sql: Tx, tokenHash: string, at: number): Promise<Session | null> {
  const [row] = await sql.query<Session>(
    `select token_hash as "tokenHash", staff_no as "staffNo", staff.name, role, unit, device_id as "deviceId",
       store_id as "storeId", expires_at as "expiresAt"
     from sessions join staff using (staff_no) left join devices using (device_id)
     where token_hash = $1::text and expires_at > $2::bigint and ended_at is null and active and revoked_at is null`,
    [tokenHash, at],
  )
  return row ?? null
}
