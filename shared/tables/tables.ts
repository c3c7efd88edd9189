/**
 * The rule tables of a centre (rules T in central/SPEC.md): what a matter can be about, by when it is answered, on which
 * days people work, what is asked for, what is said to citizens, and which words mean the same. Central keeps them in
 * versions, every desk has the newest. A new table is a new entry of `caseTables`, or here where no case goes by it, and
 * a name in the words (i18n); nothing else asks which there are.
 */
import { z } from 'zod'
import { shippedSynonyms, synonymsSchema } from '../kb/synonyms.ts'
import { caseTables } from './case-tables.ts'
import { checkSynonyms } from './checks/synonyms.ts'
import { shapeFlaws, type Flaw } from './flaw.ts'
import { createHolding, type Bodies } from './holding.ts'
import { table, type Ground, type Table } from './table.ts'

const all = {
  ...caseTables,
  synonyms: table({ schema: synonymsSchema, shipped: shippedSynonyms, check: checkSynonyms }),
}

export type TableName = keyof typeof all
/** The bodies of all tables. */
export type TableBodies = Bodies<typeof all>
export type TableBody = TableBodies[TableName]

/** By its name a table is of one kind, which a reader of any table need not know. */
const tables: { readonly [N in TableName]: Table<TableBodies[N]> } = all

export const tableNames = Object.keys(all) as [TableName, ...TableName[]]
export const tableNameSchema = z.enum(tableNames)

/** All tables as they come with the product, version 0 of each, and those that hold where some are newer. */
export const { shipped: shippedTables, take: takeTables } = createHolding(all)
export const shippedBodies: TableBodies = shippedTables.bodies

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
