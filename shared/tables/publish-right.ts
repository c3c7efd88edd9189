/** Who publishes which of the rule tables. */
import type { Permission } from '../people/roles.ts'
import type { TableName } from './tables.ts'

/** The tables of what is said to citizens: the shift's own. */
export const saidTables = ['script', 'forbiddenWords', 'emergencyWords'] as const satisfies readonly TableName[]
export type SaidTable = (typeof saidTables)[number]

/** Whether a table says what is said to citizens. */
export function isSaidTable(name: string): name is SaidTable {
  return saidTables.some((one) => one === name)
}

/** What somebody must be allowed, to publish this table. */
export function publishRight(name: TableName): Permission {
  if (name === 'synonyms') return 'synonyms.edit'
  return isSaidTable(name) ? 'script.edit' : 'tables.edit'
}
