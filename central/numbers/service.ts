/**
 * How numbers are meant at this centre. The plan stands in the database, so that all nodes and commands mean the same.
 * The area code makes the keys by which a caller is found again; where keys were made, it changes with all of them in
 * one step (`rekey`), or not at all.
 */
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { NumberPlan } from '../../shared/number-plan.ts'
import { numberKey } from '../../shared/phone-number.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import * as numbers from './sql.ts'

/** What a node was told by its settings; null where they say nothing of it. */
export type AskedPlan = { readonly areaCode: string | null; readonly extension: NumberPlan['extension'] | null }

/** Another area code than that under which the numbers of this database are kept. */
export class AreaCodeRefused extends Error {
  constructor(stands: string, asked: string) {
    super(
      `SANXIN_CENTRAL_AREA_CODE=${asked}，但库中号码按区号 ${stands} 存放；要更改请运行 node central/ops/area-code.ts ${asked}\n` +
        `SANXIN_CENTRAL_AREA_CODE=${asked}, but the numbers of this database are kept under ${stands}; to change that run node central/ops/area-code.ts ${asked}`,
    )
    this.name = 'AreaCodeRefused'
  }
}

/**
 * Takes what a node was told into the plan, and answers it; what was not said stays as it stands. Throws
 * AreaCodeRefused where numbers are kept under another area code.
 */
export function settlePlan(db: Db, asked: AskedPlan): Promise<NumberPlan> {
  return db.tx('owner', async (sql) => {
    const stands = await numbers.selectNumberPlan(sql)
    const plan = { areaCode: asked.areaCode ?? stands.areaCode, extension: asked.extension ?? stands.extension }
    if (plan.areaCode !== stands.areaCode && (await numbers.isAnythingKeyed(sql)))
      throw new AreaCodeRefused(stands.areaCode, plan.areaCode)
    await numbers.updateNumberPlan(sql, plan)
    return plan
  })
}

const AT_ONCE = 1000

/** Only local numbers change, and their keys begin with the area code that was. */
async function rekeyTable(sql: Tx, table: numbers.KeyedTable, from: string, to: string): Promise<number> {
  let after: string | null = null
  let count = 0
  do {
    const page: numbers.Keyed[] = await numbers.selectKeyed(sql, table, from, after, AT_ONCE)
    const fresh = page
      .map(({ id, number, phoneKey }) => ({ id, was: phoneKey, phoneKey: numberKey(number, to) }))
      .filter(({ was, phoneKey }) => was !== phoneKey)
    await numbers.updateKeys(sql, table, fresh)
    count += fresh.length
    after = page.length < AT_ONCE ? null : (page.at(-1)?.id ?? null)
  } while (after !== null)
  return count
}

export type Rekeyed = { readonly from: string; readonly callers: number; readonly calls: number; readonly legs: number }

/**
 * Another area code: numbers that were said without one are meant under it from now on, also those that stand, as if
 * it had always been so. All in one transaction; nodes that make keys wait for it. `invalidInput` where it stands
 * already. `by` is who asked and when (ms), for the audit, whose own hashed keys stay as they were.
 */
export function rekey(
  db: Db,
  areaCode: string,
  by: { readonly actor: string; readonly at: number },
): Promise<Result<Rekeyed>> {
  return db.tx('owner', async (sql) => {
    await numbers.lockPlan(sql)
    const stands = await numbers.selectNumberPlan(sql)
    const from = stands.areaCode
    if (from === areaCode) return fail('invalidInput', 'areaCode')
    await numbers.updateNumberPlan(sql, { ...stands, areaCode })
    const callers = await rekeyTable(sql, 'callers', from, areaCode)
    const calls = await rekeyTable(sql, 'calls', from, areaCode)
    const legs = await rekeyTable(sql, 'ledger', from, areaCode)
    const detail = { from, to: areaCode, callers, calls, legs }
    await appendAudit(sql, { ...by, place: null, action: 'numbers.rekeyed', detail })
    return ok({ from, callers, calls, legs })
  })
}
