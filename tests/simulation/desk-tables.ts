/** A desk's file as who looks in from outside reads and writes it; its statements are prepared once. */
import type Database from 'better-sqlite3'
import { createCases } from '../../electron/store/db/cases.ts'
import { createMeta } from '../../electron/store/db/meta.ts'
import { createOutbox } from '../../electron/store/db/outbox.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const openTables = (db: Database.Database) => ({
  meta: createMeta(db),
  outbox: createOutbox(db),
  cases: createCases(db, () => defaultNumberPlan.areaCode),
})
const known = new WeakMap<Database.Database, ReturnType<typeof openTables>>()

/** Of the file as it stands: after the power was cut it is another one. */
export function tablesOf({ db }: { readonly db: Database.Database }): ReturnType<typeof openTables> {
  const tables = known.get(db) ?? openTables(db)
  known.set(db, tables)
  return tables
}
