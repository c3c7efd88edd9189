/**
 * The rule tables of a centre (rules T in central/SPEC.md): what a matter can be about, by when it is answered, on which
 * days people work, what is asked for, what is said to citizens, and which words mean the same. Central keeps them in versions, every desk has the newest. A new table is a new
 * entry of `tables`, and a name in the words (i18n); nothing else asks which there are.
 */
import { z } from 'zod'
import { classTreeSchema, shippedTree } from '../case/classes.ts'
import { deadlineTableSchema } from '../case/deadline.ts'
import { formSchema, shippedForm, type FormBody } from '../case/form.ts'
import { shippedCalendar, shippedDeadlines } from '../case/shipped-deadlines.ts'
import { workCalendarSchema } from '../case/working-days.ts'
import { shippedSynonyms, synonymsSchema } from '../kb/synonyms.ts'
import { emergencyWordsSchema, shippedEmergencyWords } from '../script/emergency-words.ts'
import { forbiddenWordsSchema, shippedForbiddenWords } from '../script/forbidden.ts'
import { scriptSchema, shippedScript } from '../script/script.ts'
import { checkCalendar } from './checks/calendar.ts'
import { checkClasses, keepClasses } from './checks/classes.ts'
import { checkDeadlines } from './checks/deadlines.ts'
import { checkDivisions, divisionsSchema, shippedDivisionTree } from './checks/divisions.ts'
import { checkForm, keepFields } from './checks/form.ts'
import { checkScript } from './checks/script.ts'
import { checkSynonyms } from './checks/synonyms.ts'
import { checkWords } from './checks/words.ts'
import { shapeFlaws, type Flaw } from './flaw.ts'
import { table, type Ground, type Table } from './table.ts'

const all = {
  classes: table({ schema: classTreeSchema, shipped: shippedTree, check: checkClasses, keep: keepClasses }),
  deadlines: table({ schema: deadlineTableSchema, shipped: shippedDeadlines.table, check: checkDeadlines }),
  calendar: table({ schema: workCalendarSchema, shipped: shippedCalendar, check: checkCalendar }),
  divisions: table({ schema: divisionsSchema, shipped: shippedDivisionTree, check: checkDivisions }),
  form: table<FormBody>({
    schema: formSchema,
    shipped: { fields: shippedForm.fields },
    check: checkForm,
    keep: keepFields,
  }),
  script: table({ schema: scriptSchema, shipped: shippedScript, check: checkScript }),
  forbiddenWords: table({ schema: forbiddenWordsSchema, shipped: shippedForbiddenWords, check: checkWords }),
  emergencyWords: table({ schema: emergencyWordsSchema, shipped: shippedEmergencyWords, check: checkWords }),
  synonyms: table({ schema: synonymsSchema, shipped: shippedSynonyms, check: checkSynonyms }),
}

export type TableName = keyof typeof all
/** The bodies of all tables. */
export type TableBodies = { readonly [N in TableName]: (typeof all)[N]['shipped'] }
export type TableBody = TableBodies[TableName]

/** By its name a table is of one kind, which a reader of any table need not know. */
const tables: { readonly [N in TableName]: Table<TableBodies[N]> } = all

export const tableNames = Object.keys(all) as [TableName, ...TableName[]]
export const tableNameSchema = z.enum(tableNames)

const mapTables = (of: (name: TableName) => TableBody) =>
  Object.fromEntries(tableNames.map((name) => [name, of(name)])) as unknown as TableBodies

/** The tables that come with the product: version 0 of each. */
export const shippedBodies: TableBodies = mapTables((name) => tables[name].shipped)

/** The body of a table as this program reads it; null for one that it does not understand. */
export function readBody<N extends TableName>(name: N, body: unknown): TableBodies[N] | null {
  const read = tables[name].schema.safeParse(body)
  return read.success ? read.data : null
}

export type Checked<N extends TableName> =
  | { readonly ok: true; readonly body: TableBodies[N] }
  | { readonly ok: false; readonly flaws: readonly Flaw[] }

/**
 * Looks at a body that shall be published after the one that stands among `standing`. Answers what is to be published,
 * or all that is wrong with it: with its shape, or else beyond it.
 */
export function checkTable<N extends TableName>(
  name: N,
  body: unknown,
  standing: TableBodies,
  units: Ground['units'],
): Checked<N> {
  const { schema, check, keep } = tables[name]
  const read = schema.safeParse(body, { reportInput: true })
  if (!read.success) return { ok: false, flaws: shapeFlaws(read.error) }
  const flaws = check(read.data, { units, classes: standing.classes }, standing[name])
  return flaws.length === 0 ? { ok: true, body: keep(read.data, standing[name]) } : { ok: false, flaws }
}
