/** What a case goes by, made of the tables that hold. Pure: which hold is given. */
import { createClassBook } from '../case/classes.ts'
import type { FormRules } from '../case/form-check.ts'
import type { DeadlineRules } from '../case/standing.ts'
import { createWorkingDays } from '../case/working-days.ts'
import { caseTables } from './case-tables.ts'
import { createHolding, type Bodies, type Holding } from './holding.ts'

/** Tables that hold together, as far as cases go by them. */
export type HoldingTables = Holding<Bodies<typeof caseTables>>

/** Those that come with the program, and those that hold where some are newer. */
export const { shipped: shippedCaseTables, take: takeCaseTables } = createHolding(caseTables)

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
