import type { Database } from 'better-sqlite3'
import { createDeskSynonyms } from '../kb-synonyms.ts'
import type { ReplicaTables } from '../sync/replica.ts'
import { createArticles } from './articles.ts'
import { createCases } from './cases.ts'
import { createDirectory } from './directory.ts'
import { createKbVersions } from './kb-versions.ts'
import { createKbWords } from './kb-words.ts'
import { createKnownOperatorTable } from './known-operators.ts'
import type { Meta } from './meta.ts'
import { createOutbox } from './outbox.ts'
import { createRuleTables } from './rule-tables.ts'

/** What an exchange with central touches, on one database; `areaCode` is the one that holds when it is asked. */
export function createReplicaTables(db: Database, meta: Meta, areaCode: () => string): ReplicaTables {
  const ruleTables = createRuleTables(db)
  return {
    ...{ db, meta, ruleTables },
    outbox: createOutbox(db),
    cases: createCases(db, areaCode),
    articles: createArticles(
      db,
      createDeskSynonyms(() => ruleTables),
    ),
    versions: createKbVersions(db),
    kbWords: createKbWords(db),
    directory: createDirectory(db),
    known: createKnownOperatorTable(db),
  }
}
