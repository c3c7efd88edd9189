import type { Tx } from '../db/db.ts'

/** Of one number, from one place: at its limit it waits till it has been quiet since `quietSince` (ms). */
export type Claim = { staffNo: string; whence: string; at: number; quietSince: number; most: number }

/** Role: sanxin_people. Counts a try in one statement; false where the number has none left there. */
export async function claimTry(sql: Tx, { staffNo, whence, at, quietSince, most }: Claim): Promise<boolean> {
  const rows = await sql.query(
    `insert into sign_in_tries as known (staff_no, whence, tries, last_at) values ($1::text, $5::text, 1, $2::bigint)
     on conflict (staff_no, whence) do update set
       tries = case when known.last_at <= $3::bigint then 1 else known.tries + 1 end, last_at = $2::bigint
     where known.last_at <= $3::bigint or known.tries < $4::int
     returning staff_no`,
    [staffNo, at, quietSince, most, whence],
  )
  return rows.length > 0
}

export async function selectLastTry(sql: Tx, staffNo: string, whence: string): Promise<number | null> {
  const [row] = await sql.query<{ lastAt: number }>(
    'select last_at as "lastAt" from sign_in_tries where staff_no = $1::text and whence = $2::text',
    [staffNo, whence],
  )
  return row?.lastAt ?? null
}

/** Gives one try back; those before it stay counted. */
export async function returnTry(sql: Tx, staffNo: string, whence: string): Promise<void> {
  const where = 'staff_no = $1::text and whence = $2::text'
  await sql.query(`update sign_in_tries set tries = tries - 1 where ${where} and tries > 0`, [staffNo, whence])
  await sql.query(`delete from sign_in_tries where ${where} and tries = 0`, [staffNo, whence])
}

/** Forgets a number's tries from these places (null: from all), and those of all numbers that have been quiet since. */
export async function deleteTries(
  sql: Tx,
  staffNo: string,
  whences: readonly string[] | null,
  quietSince: number,
): Promise<void> {
  // In the order in which they are claimed, or two would wait for each other.
  await sql.query(
    `delete from sign_in_tries where (staff_no, whence) in
       (select staff_no, whence from sign_in_tries where staff_no = $1::text
          and ($2::text is null or whence in (select value from json_array_elements_text($2::text::json)))
        order by whence for update)`,
    [staffNo, whences === null ? null : JSON.stringify(whences)],
  )
  // Rows in other hands are left for the next time: two that wait for each other would both fail.
  await sql.query(
    `delete from sign_in_tries where (staff_no, whence) in
       (select staff_no, whence from sign_in_tries where last_at <= $1::bigint for update skip locked)`,
    [quietSince],
  )
}
