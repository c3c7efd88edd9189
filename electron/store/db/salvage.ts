import Database from 'better-sqlite3'

/** How many rows of each were read out of a broken file. */
export type Salvaged = {
  readonly outbox: number
  readonly drafts: number
  readonly calls: number
  readonly cases: number
}

type Table = {
  readonly name: keyof Salvaged | 'callers' | 'call_told' | 'directory_stars' | 'article_words' | 'meta'
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
  {
    name: 'cases',
    where: `case_id IN (SELECT case_id FROM outbox WHERE state <> 'applied') OR case_id IN (SELECT case_id FROM drafts)`,
  },
]

/** In an older file what cases are found by stood in their records alone. */
const columnsOfRecords = `UPDATE cases SET case_no = record ->> '$.caseNo', call_id = record ->> '$.callId',
  caller_id = record ->> '$.groups.caller.callerId', state = record ->> '$.state',
  code = record ->> '$.groups.classification.code', late = json_array_length(record, '$.late')
  WHERE record IS NOT NULL`

/** Whom the cases name: by central's events, and by what this desk made of them besides. */
const namesOfCases = `INSERT INTO case_callers (caller_id, case_id)
  SELECT DISTINCT named, case_id FROM (
    SELECT case_id, coalesce(value ->> '$.call.callerId', value ->> '$.groups.caller.callerId',
      value ->> '$.edit.value.callerId') AS named FROM cases, json_each(events)
    UNION ALL SELECT case_id, value ->> '$.callerId' FROM cases, json_each(record, '$.life.calls')
    UNION ALL SELECT case_id, record ->> '$.groups.caller.callerId' FROM cases
  ) WHERE named IS NOT NULL`

function columnsOf(db: Database.Database, table: string): string[] {
  return (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
}

/** Copies row by row what can be read; where reading ends, what was read stays. */
function copy(from: Database.Database, to: Database.Database, { name, where, without }: Table): number {
  let copied = 0
  try {
    const known = columnsOf(to, name)
    const columns = columnsOf(from, name).filter((column) => column !== without && known.includes(column))
    const places = columns.map((column) => `@${column}`).join(', ')
    const insert = to.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${places}) ON CONFLICT DO NOTHING`)
    for (const row of from.prepare(`SELECT ${columns.join(', ')} FROM ${name} WHERE ${where}`).iterate()) {
      try {
        copied += insert.run(row).changes
      } catch {
        // A row that no longer fits its table; the next may.
      }
    }
  } catch {
    // The rest of this table cannot be read; the file itself is kept.
  }
  return copied
}

/**
 * Takes over from a broken file what stands nowhere else, as far as it can be read. The rows keep their authors;
 * central's epoch is not known to the new file, so that nothing is taken for answered.
 */
export function salvage(broken: string, nativeBinding: string | null, fresh: Database.Database): Salvaged {
  const counts = {
    ...{ outbox: 0, drafts: 0, calls: 0, cases: 0, callers: 0, call_told: 0 },
    ...{ directory_stars: 0, article_words: 0, meta: 0 },
  }
  try {
    const old = new Database(broken, { readonly: true, ...(nativeBinding === null ? {} : { nativeBinding }) })
    try {
      fresh.transaction(() => {
        for (const table of tables) counts[table.name] = copy(old, fresh, table)
        fresh.exec(columnsOfRecords)
        fresh.exec(namesOfCases)
      })()
    } finally {
      old.close()
    }
  } catch {
    // Not a database any more: there is nothing to read.
  }
  const { outbox, drafts, calls, cases } = counts
  return { outbox, drafts, calls, cases }
}
