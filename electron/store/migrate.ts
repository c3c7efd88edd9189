import type { Database } from 'better-sqlite3'
import { purposeOfOffer } from '../../shared/call/call-book.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { numberKey } from '../../shared/phone-number.ts'
import first from './migrations/0001-first.sql?raw'
import refusedAndAuthors from './migrations/0002-refused-and-authors.sql?raw'
import deferred from './migrations/0003-deferred.sql?raw'
import knownOperators from './migrations/0004-known-operators.sql?raw'
import savedBase from './migrations/0005-saved-base.sql?raw'
import horizon from './migrations/0006-horizon.sql?raw'
import late from './migrations/0007-late.sql?raw'
import indexFollows from './migrations/0008-index-follows.sql?raw'
import callMarks from './migrations/0009-call-marks.sql?raw'
import callsTold from './migrations/0010-calls-told.sql?raw'
import directory from './migrations/0011-directory.sql?raw'
import answeredElsewhere from './migrations/0012-answered-elsewhere.sql?raw'
import life from './migrations/0013-life.sql?raw'
import callsFromFacts from './migrations/0014-calls-from-facts.sql?raw'
import ownCallers from './migrations/0015-own-callers.sql?raw'
import caseWork from './migrations/0016-case-work.sql?raw'
import particulars from './migrations/0018-particulars.sql?raw'
import ruleTables from './migrations/0017-rule-tables.sql?raw'
import joinedCalls from './migrations/0019-joined-calls.sql?raw'
import searchMeans from './migrations/0023-search-means.sql?raw'
import caseCallers from './migrations/0022-case-callers.sql?raw'
import articleVersions from './migrations/0025-article-versions.sql?raw'
import articleSheets from './migrations/0027-article-sheets.sql?raw'
import kbNotes from './migrations/0026-kb-notes.sql?raw'
import joinedBy from './migrations/0028-joined-by.sql?raw'
import namesWritten from './migrations/0029-names-written.sql?raw'
import casesByColumn from './migrations/0031-cases-by-column.sql?raw'
import onceAReport from './migrations/0032-once-a-report.sql?raw'
import sheetsGone from './migrations/0033-sheets-gone.sql?raw'
import sheetsWritten from './migrations/0030-sheets-written.sql?raw'
import whoseCall from './migrations/0034-whose-call.sql?raw'

/** In this order, which is the version of a file; their numbers may leave holes and need not go up. */
const migrations: readonly string[] = [
  first,
  refusedAndAuthors,
  deferred,
  knownOperators,
  savedBase,
  horizon,
  late,
  indexFollows,
  callMarks,
  callsTold,
  directory,
  answeredElsewhere,
  life,
  callsFromFacts,
  ownCallers,
  caseWork,
  particulars,
  ruleTables,
  joinedCalls,
  caseCallers,
  articleVersions,
  articleSheets,
  searchMeans,
  kbNotes,
  joinedBy,
  namesWritten,
  sheetsWritten,
  casesByColumn,
  onceAReport,
  sheetsGone,
  whoseCall,
]

/** The version of the database that this program writes. */
export const SCHEMA_VERSION = migrations.length

export class DatabaseFromFutureError extends Error {}

/**
 * What the steps ask of the program: how it reads a number, and whose a call is. Desks that these steps run at knew of
 * no plan but Jiangmen's (numbers.ts keys anew when they learn of another).
 */
function addFunctions(db: Database): void {
  const deterministic = { deterministic: true }
  db.function('number_key', deterministic, (number: string) => numberKey(number, defaultNumberPlan.areaCode))
  db.function('purpose_of_offer', deterministic, (number: string, queue: string) =>
    purposeOfOffer(number, queue, defaultNumberPlan),
  )
}

/**
 * Brings a database to SCHEMA_VERSION, all steps in one transaction: a file is as it was, or as this program
 * writes it. One from a newer program is refused untouched; one that holds anything is copied by `backUp` first.
 */
export async function migrate(db: Database, backUp: (fromVersion: number) => Promise<void>): Promise<void> {
  const from = Number(db.pragma('user_version', { simple: true }))
  if (from > SCHEMA_VERSION) throw new DatabaseFromFutureError(`version ${from}, this program knows ${SCHEMA_VERSION}`)
  if (from === SCHEMA_VERSION) return
  if (from > 0) await backUp(from)
  addFunctions(db)
  db.transaction(() => {
    for (const step of migrations.slice(from)) db.exec(step)
    db.pragma(`user_version = ${SCHEMA_VERSION}`)
  })()
}
