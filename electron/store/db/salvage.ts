import Database from 'better-sqlite3'
import type { CaseEvent } from '../../../shared/case/case-record.ts'
import { defaultNumberPlan } from '../../../shared/number-plan.ts'
import { isAboutValues } from '../failure.ts'
import { showCase } from '../sync/replica.ts'
import { createCases } from './cases.ts'
import { createOutbox } from './outbox.ts'

/** How many rows of each were read out of a broken file. */
export type Salvaged = {
  readonly outbox: number
  readonly drafts: number
  readonly calls: number
  readonly cases: number
}

type Table = {
  readonly name:
    | keyof Salvaged
    | 'callers'
    | 'call_told'
    | 'directory_stars'
    | 'article_words'
    | 'step_words'
    | 'saved_filters'
    | 'meta'
  readonly where: string
  /** Made anew in the new file. */
  readonly without?: string
}

/** What stands nowhere else: what central has not answered or taken, what is half written, and what these refer to. */
const tables: readonly Table[] = [
  // The desk stays the device that it is; the file gets an id and a desk code of its own.
  { name: 'meta', where: `key = 'device'` },
  { name: 'drafts', where: 'true' },
  { name: 'outbox', where: `state <> 'applied' ORDER BY seq`, without: 'seq' },
  { name: 'calls', where: 'true' },
  { name: 'call_told', where: 'true' },
  { name: 'callers', where: 'true' },
  { name: 'directory_stars', where: 'true' },
  { name: 'article_words', where: 'true' },
  { name: 'step_words', where: 'true' },
  { name: 'saved_filters', where: 'true' },
  {
    name: 'cases',
    where: `case_id IN (SELECT case_id FROM outbox WHERE state <> 'applied') OR case_id IN (SELECT case_id FROM drafts)`,
  },
]

function columnsOf(db: Database.Database, table: string): string[] {
  return (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
}

/** The rows of a table as far as they can be read; where reading ends, what was read stays. */
function* readable(from: Database.Database, { name, where, without }: Table, known: readonly string[]) {
  try {
    const columns = columnsOf(from, name).filter((column) => column !== without && known.includes(column))
    if (columns.length === 0) return
    yield* from.prepare<[], object>(`SELECT ${columns.join(', ')} FROM ${name} WHERE ${where}`).iterate()
  } catch {
    // The rest of this table cannot be read; the file itself is kept.
  }
}

/** Copies row by row; throws where the new file cannot be written. */
function copy(from: Database.Database, to: Database.Database, table: Table): number {
  let insert: Database.Statement<[object]> | null = null
  let copied = 0
  for (const row of readable(from, table, columnsOf(to, table.name))) {
    const columns = Object.keys(row)
    insert ??= to.prepare<[object]>(
      `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})
       ON CONFLICT DO NOTHING`,
    )
    try {
      copied += insert.run(row).changes
    } catch (error) {
      // A row that no longer fits its table; the next may.
      if (!isAboutValues(error)) throw error
    }
  }
  return copied
}

function eventsOf(text: string | null): CaseEvent[] {
  try {
    return text === null ? [] : (JSON.parse(text) as CaseEvent[])
  } catch {
    return []
  }
}

/**
 * Shows each case as its events and what waits of it tell it, whatever became of its record: one of which nothing can
 * be read but what waits, one of an older program, and one that names nobody yet.
 */
function showAgain(fresh: Database.Database): void {
  const [cases, outbox] = [createCases(fresh, () => defaultNumberPlan.areaCode), createOutbox(fresh)]
  const all = fresh.prepare<[], { id: string; events: string | null }>(
    `SELECT id, events FROM (SELECT case_id AS id FROM cases UNION SELECT case_id FROM outbox WHERE case_id IS NOT NULL)
     LEFT JOIN cases ON case_id = id`,
  )
  for (const { id, events } of all.all()) {
    try {
      fresh.transaction(() => showCase({ cases, outbox }, id, eventsOf(events)))()
    } catch (error) {
      if (!isAboutValues(error)) throw error
      // What waits of it is sent all the same, and central brings it again.
      cases.remove(id)
    }
  }
}

/** Whom no case that came over names, and nobody here wrote down, central brings again with her case. */
const forgetStrangers = `DELETE FROM callers WHERE own = 0 AND caller_id NOT IN (SELECT caller_id FROM case_callers)`

/** Null where it is not a database any more: there is nothing to read. */
function openOld(broken: string, nativeBinding: string | null): Database.Database | null {
  try {
    return new Database(broken, { readonly: true, ...(nativeBinding === null ? {} : { nativeBinding }) })
  } catch {
    return null
  }
}

/**
 * Takes over from a broken file what stands nowhere else, as far as it can be read: all of it in one commit. The rows keep
 * their authors; central's epoch is not known to the new file, so that nothing is taken for answered. Throws where the
 * new file cannot be written.
 */
export function salvage(broken: string, nativeBinding: string | null, fresh: Database.Database): Salvaged {
  const counts = {
    ...{ outbox: 0, drafts: 0, calls: 0, cases: 0, callers: 0, call_told: 0 },
    ...{ directory_stars: 0, article_words: 0, step_words: 0, saved_filters: 0, meta: 0 },
  }
  const old = openOld(broken, nativeBinding)
  if (old !== null) {
    try {
      fresh.transaction(() => {
        for (const table of tables) counts[table.name] = copy(old, fresh, table)
        showAgain(fresh)
        fresh.exec(forgetStrangers)
      })()
    } finally {
      old.close()
    }
  }
  const { outbox, drafts, calls, cases } = counts
  return { outbox, drafts, calls, cases }
}
