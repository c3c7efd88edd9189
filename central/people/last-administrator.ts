import type { Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import { selectAdministrators } from './sql.ts'

/**
 * Whether this person is the only one left who can sign in and change people. Two administrators who take each other's
 * role at the same moment wait for each other here, so that one of them stays.
 */
export async function isLastAdministrator(sql: Tx, staffNo: string): Promise<boolean> {
  await lockName(sql, 'sanxin.administrators')
  const all = await selectAdministrators(sql)
  return all.includes(staffNo) && all.length === 1
}
