import type { Tx } from '../db/db.ts'

export type Claim = { staffNo: string; at: number; quietSince: number; most: number }

/** Role: sanxin_people. Counts a try in one statement; false where the number has none left. */
export async function claimTry(sql: Tx, { staffNo, at, quietSince, most }: Claim): Promise<boolean> {
  const rows = await sql.query(
    `insert into sign_in_tries as known (staff_no, tries, last_at) values ($1::text, 1, $2::bigint)
     on conflict (staff_no) do update set
       tries = case when known.last_at <= $3::bigint then 1 else known.tries + 1 end, last_at = $2::bigint
     where known.last_at <= $3::bigint or known.tries < $4::int
     returning staff_no`,
    [staffNo, at, quietSince, most],
  )
  return rows.length > 0
}

export async function selectLastTry(sql: Tx, staffNo: string): Promise<number | null> {
  const [row] = await sql.query<{ lastAt: number }>(
    'select last_at as "lastAt" from sign_in_tries where staff_no = $1::text',
    [staffNo],
  )
  return row?.lastAt ?? null
}

/** Gives one try back; those before it stay counted. */
export async function returnTry(sql: Tx, staffNo: string): Promise<void> {
  await sql.query('update sign_in_tries set tries = tries - 1 where staff_no = $1::text and tries > 0', [staffNo])
  await sql.query('delete from sign_in_tries where staff_no = $1::text and tries = 0', [staffNo])
}

/** Forgets a number's tries, and those of all numbers that have been quiet since. */
export async function deleteTries(sql: Tx, staffNo: string, quietSince: number): Promise<void> {
  await sql.query('delete from sign_in_tries where staff_no = $1::text', [staffNo])
  // Rows in other hands are left for the next time: two that wait for each other would both fail.
  await sql.query(
    `delete from sign_in_tries where staff_no in
       (select staff_no from sign_in_tries where last_at <= $1::bigint for update skip locked)`,
    [quietSince],
  )
}
