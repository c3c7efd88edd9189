import type { Flaw } from '../../../shared/tables/flaw.ts'
import { isSaidTable } from '../../../shared/tables/publish-right.ts'
import { checkTable, shippedBodies, type TableName } from '../../../shared/tables/tables.ts'

const nobody: ReadonlySet<string> = new Set()

/** What is wrong with what is said to citizens, or means the same, while it is written; of other tables central says it, by what it knows. */
export function saidFlaws(name: TableName, body: unknown): readonly Flaw[] {
  if (!isSaidTable(name) && name !== 'synonyms') return []
  const checked = checkTable(name, body, shippedBodies, nobody)
  return checked.ok ? [] : checked.flaws
}
