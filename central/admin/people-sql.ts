import type { PeopleQuery, Person } from '../../shared/admin/people-page.ts'
import type { Tx } from '../db/db.ts'
import { LOCK_MS, MOST_OF_ROW } from '../people/lockout.ts'

/** Role sanxin_people, which knows the directory's colleagues, not its units: their names come apart. */
export type PersonRow = Omit<Person, 'unitName'>

const columns = `staff.staff_no as "staffNo", name, role, unit, team, active,
  case when extension is null then null else json_build_object('extension', extension, 'domain', domain) end as line,
  totp_secret is not null as "hasCode",
  locked_until as "lockedUntil"`
// At a desk, or from any address: where she stands before a lock, an administrator cannot know.
const from = `from staff left join lines using (staff_no) left join lateral (
  select max(last_at) + ${LOCK_MS} as locked_until from sign_in_tries
  where sign_in_tries.staff_no = staff.staff_no and tries >= ${MOST_OF_ROW} and last_at + ${LOCK_MS} > $1::bigint
) locks on true`

/** By staff number; `limit` of those after the query's place. `at` is now, in ms. */
export function selectPeople(sql: Tx, query: PeopleQuery, limit: number, at: number): Promise<PersonRow[]> {
  const { words, role, unit, state, after } = query
  return sql.query<PersonRow>(
    `select ${columns} ${from}
     where active = $2::boolean and ($3::text is null or role = $3::text) and ($4::text is null or unit = $4::text)
       and ($5::text = '' or starts_with(staff_no, $5::text) or position(lower($5::text) in lower(name)) > 0
         or extension = $5::text)
       and ($6::text is null or staff_no > $6::text)
     order by staff_no limit $7::int`,
    [at, state === 'active', role ?? null, unit ?? null, words.trim(), after ?? null, limit],
  )
}

export async function selectOnePerson(sql: Tx, staffNo: string, at: number): Promise<PersonRow | null> {
  const [row] = await sql.query<PersonRow>(`select ${columns} ${from} where staff_no = $2::text`, [at, staffNo])
  return row ?? null
}
