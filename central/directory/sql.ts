import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { MemberUnit } from '../../shared/case/case-line.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import type { Tx } from '../db/db.ts'

/** Roles sanxin_kb, sanxin_people. Stores entries; gives back the ids of those that are new, differ, or come back. */
export async function upsertEntries(sql: Tx, entries: readonly DirectoryEntry[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `insert into directory as old (id, entry)
     select value->>'id', value from json_array_elements($1::text::json)
     on conflict (id) do update set entry = excluded.entry, withdrawn = false
       where old.withdrawn or old.entry::text is distinct from excluded.entry::text
     returning id`,
    [JSON.stringify(entries)],
  )
  return rows.map(({ id }) => id)
}

/** Role sanxin_kb. Withdraws the entries of these kinds but for some ids; gives back which were. */
export async function withdrawOthers(
  sql: Tx,
  kinds: readonly DirectoryEntry['kind'][],
  ids: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update directory set withdrawn = true
     where not withdrawn and entry->>'kind' in (select value from json_array_elements_text($1::text::json))
       and id not in (select value from json_array_elements_text($2::text::json))
     returning id`,
    [JSON.stringify(kinds), JSON.stringify(ids)],
  )
  return rows.map(({ id }) => id)
}

/** Role sanxin_reader or sanxin_desk. The member units, by name. */
export function selectUnits(sql: Tx): Promise<MemberUnit[]> {
  return sql.query<MemberUnit>(
    `select id, entry->>'name' as name, entry->>'district' as district from directory
     where not withdrawn and entry->>'kind' = 'unit' order by name, id`,
  )
}

/** Whether a member unit of this id stands in it. */
export async function unitExists(sql: Tx, id: string): Promise<boolean> {
  const rows = await sql.query(
    `select from directory where not withdrawn and entry->>'kind' = 'unit' and id = $1::text`,
    [id],
  )
  return rows.length > 0
}

/** The entries that stand, of some ids. */
export async function selectEntries(sql: Tx, ids: readonly string[]): Promise<Map<string, DirectoryEntry>> {
  const rows = await sql.query<{ id: string; entry: DirectoryEntry }>(
    `select id, entry from directory
     where not withdrawn and id in (select value from json_array_elements_text($1::text::json))`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.map(({ id, entry }) => [id, entry]))
}

export type Colleague = {
  readonly staffNo: string
  readonly name: string
  readonly role: StaffRole
  readonly active: boolean
  /** Null where the staff say none: what was imported stands. */
  readonly team: string | null
  /** Null for who has no line. */
  readonly extension: string | null
}

/** Role sanxin_people. What the staff say of a person; null where nobody has the number. */
export async function selectPerson(sql: Tx, staffNo: string): Promise<Colleague | null> {
  const [row] = await sql.query<Colleague>(
    `select staff_no as "staffNo", name, role, active, team, extension from staff left join lines using (staff_no)
     where staff_no = $1::text`,
    [staffNo],
  )
  return row ?? null
}

/** What the directory says of a person, by whatever id; null where she does not stand in it. */
export async function selectColleague(sql: Tx, staffNo: string): Promise<DirectoryEntry | null> {
  const [row] = await sql.query<{ entry: DirectoryEntry }>(
    `select entry from directory
     where entry->>'kind' = 'colleague' and entry->>'staffNo' = $1::text order by withdrawn limit 1`,
    [staffNo],
  )
  return row?.entry ?? null
}

/** Withdraws the entries of these people but for some ids; gives back which were. */
export async function withdrawTwins(sql: Tx, staffNos: readonly string[], ids: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update directory set withdrawn = true
     where not withdrawn and entry->>'kind' = 'colleague'
       and entry->>'staffNo' in (select value from json_array_elements_text($1::text::json))
       and id not in (select value from json_array_elements_text($2::text::json))
     returning id`,
    [JSON.stringify(staffNos), JSON.stringify(ids)],
  )
  return rows.map(({ id }) => id)
}
