import type { AdminUnit } from '../../shared/admin/units-page.ts'
import type { Deputy, Member } from '../../shared/unit/unit-page.ts'
import type { Tx } from '../db/db.ts'

const columns = `id, entry->>'name' as name, entry->'numbers' as numbers, entry->>'hours' as hours,
  entry->>'district' as district, withdrawn as retired`

/** Role sanxin_kb. All that ever were, those of the city first. */
export function selectAllUnits(sql: Tx): Promise<AdminUnit[]> {
  return sql.query<AdminUnit>(
    `select ${columns} from directory where entry->>'kind' = 'unit'
     order by entry->>'district' nulls first, id`,
  )
}

/** Role sanxin_kb. One unit, held until the end of the transaction; null where there never was one. */
export async function selectUnitForUpdate(sql: Tx, id: string): Promise<AdminUnit | null> {
  const [row] = await sql.query<AdminUnit>(
    `select ${columns} from directory where id = $1::text and entry->>'kind' = 'unit' for update`,
    [id],
  )
  return row ?? null
}

/** Role sanxin_kb. Whether anything stands under this id, a colleague too. */
export async function idIsTaken(sql: Tx, id: string): Promise<boolean> {
  return (await sql.query('select from directory where id = $1::text', [id])).length > 0
}

/** Role sanxin_kb. */
export async function updateWithdrawn(sql: Tx, id: string, withdrawn: boolean): Promise<void> {
  await sql.query('update directory set withdrawn = $2::boolean where id = $1::text', [id, withdrawn])
}

/** Role sanxin_kb. The numbers of the cases that lie with a unit, leading or taking part. */
export async function selectOpenCases(sql: Tx, unit: string): Promise<string[]> {
  const rows = await sql.query<{ caseNo: string }>('select case_no as "caseNo" from unit_open_cases($1::text)', [unit])
  return rows.map(({ caseNo }) => caseNo)
}

/** Role sanxin_people. */
export function selectMembersOf(sql: Tx, unit: string): Promise<Member[]> {
  return sql.query<Member>(
    `select staff_no as "staffNo", name from staff
     where unit = $1::text and role = 'unitMember' and active order by staff_no`,
    [unit],
  )
}

/** Role sanxin_people. */
export function selectDeputiesOf(sql: Tx, unit: string): Promise<Deputy[]> {
  return sql.query<Deputy>(
    `select staff_no as "staffNo", deputy, from_day as "fromDay", until_day as "untilDay" from deputies
     where unit = $1::text order by staff_no`,
    [unit],
  )
}
