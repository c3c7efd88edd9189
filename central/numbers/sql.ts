import { must } from '../../shared/errors.ts'
import type { NumberPlan } from '../../shared/number-plan.ts'
import type { Tx } from '../db/db.ts'

/**
 * Roles sanxin_desk, sanxin_reader, sanxin_people, sanxin_kb, sanxin_find, sanxin_ledger. Whoever makes keys reads it in the same transaction: the
 * area code cannot change before that is over (`lockPlan`).
 */
export async function selectNumberPlan(sql: Tx): Promise<NumberPlan> {
  const [row] = await sql.query<{ areaCode: string; least: number; most: number }>(
    'select area_code as "areaCode", extension_least as least, extension_most as most from number_plan',
  )
  const { areaCode, least, most } = must(row, 'the number plan')
  return { areaCode, extension: { least, most } }
}

/** Waits for everybody who reads the plan, and holds up who comes, until the transaction is over. */
export async function lockPlan(sql: Tx): Promise<void> {
  await sql.query('lock table number_plan in access exclusive mode')
}

/** Role owner. */
export async function updateNumberPlan(sql: Tx, { areaCode, extension }: NumberPlan): Promise<void> {
  const { least, most } = extension
  await sql.query(
    `update number_plan set area_code = $1::text, extension_least = $2::int, extension_most = $3::int
     where (area_code, extension_least, extension_most) is distinct from ($1::text, $2::int, $3::int)`,
    [areaCode, least, most],
  )
}

/** Whether any number is kept by a key. */
export async function isAnythingKeyed(sql: Tx): Promise<boolean> {
  const [row] = await sql.query<{ keyed: boolean }>(
    `select exists (select from callers) or exists (select from calls where phone_key is not null)
       or exists (select from ledger) as keyed`,
  )
  return row?.keyed === true
}

export type KeyedTable = 'callers' | 'calls' | 'ledger'
export type Keyed = { readonly id: string; readonly number: string; readonly phoneKey: string }

const columns = {
  callers: { id: 'caller_id', number: 'phone', type: 'uuid' },
  calls: { id: 'call_id', number: 'number', type: 'text' },
  // The name of an exchange has no blank.
  ledger: { id: `(exchange || ' ' || leg)`, number: 'number', type: 'text' },
} as const

/** The next numbers whose keys begin with an area code, in the order of their ids; `after` null for the first. */
export function selectKeyed(
  sql: Tx,
  table: KeyedTable,
  areaCode: string,
  after: string | null,
  limit: number,
): Promise<Keyed[]> {
  const { id, number } = columns[table]
  return sql.query<Keyed>(
    `select ${id}::text as id, ${number} as number, phone_key as "phoneKey" from ${table}
     where starts_with(phone_key, '86' || $1::text) and ($2::text is null or ${id} > $2::${columns[table].type})
     order by ${id} limit $3::int`,
    [areaCode, after, limit],
  )
}

export async function updateKeys(sql: Tx, table: KeyedTable, rows: readonly Omit<Keyed, 'number'>[]): Promise<void> {
  if (rows.length === 0) return
  const { id, type } = columns[table]
  await sql.query(
    `update ${table} set phone_key = fresh."phoneKey"
     from json_to_recordset($1::text::json) as fresh(id ${type}, "phoneKey" text) where ${id} = fresh.id`,
    [JSON.stringify(rows)],
  )
}
