/** What a case goes by, made of the tables that hold. Pure: which hold is given. */
import { createClassBook } from '../case/classes.ts'
import type { FormRules } from '../case/form-check.ts'
import type { DeadlineRules } from '../case/standing.ts'
import { createWorkingDays } from '../case/working-days.ts'
import type { RuleTable } from '../sync/protocol.ts'
import { readBody, shippedBodies, tableNames, type TableBodies, type TableName } from './tables.ts'

/** Tables that hold together, each with its version: 0 for what comes with the program. */
export type HoldingTables = {
  readonly bodies: TableBodies
  readonly versions: { readonly [N in TableName]: number }
}

/** Those that come with the program. */
export const shippedTables: HoldingTables = {
  bodies: shippedBodies,
  versions: Object.fromEntries(tableNames.map((name) => [name, 0])) as HoldingTables['versions'],
}

/**
 * The tables that hold where these are newer than what comes with the program; one that this program does not
 * understand leaves that, and is told.
 */
export function takeTables(newer: readonly RuleTable[], strange: (table: RuleTable) => void): HoldingTables {
  const byName = new Map(newer.map((one) => [one.name, one]))
  const read = tableNames.flatMap((name) => {
    const found = byName.get(name)
    if (found === undefined) return []
    const body = readBody(name, found.body)
    if (body === null) strange(found)
    return body === null ? [] : [{ name, body, version: found.version }]
  })
  return {
    bodies: { ...shippedBodies, ...Object.fromEntries(read.map(({ name, body }) => [name, body])) },
    versions: { ...shippedTables.versions, ...Object.fromEntries(read.map(({ name, version }) => [name, version])) },
  }
}

/** The classes, the form, the places and the deadlines of a case. */
export type CaseRules = FormRules & { readonly deadlines: DeadlineRules }

const made = new WeakMap<HoldingTables, CaseRules>()

/** The rules by these tables; the same for the same. */
export function caseRulesOf(tables: HoldingTables): CaseRules {
  const known = made.get(tables)
  if (known !== undefined) return known
  const { classes, divisions, form, deadlines, calendar } = tables.bodies
  const rules: CaseRules = {
    divisions,
    classes: createClassBook(classes),
    form: { version: tables.versions.form, fields: form.fields },
    deadlines: { table: deadlines, days: createWorkingDays(calendar) },
  }
  made.set(tables, rules)
  return rules
}
