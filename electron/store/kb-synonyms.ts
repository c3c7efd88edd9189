/** The words that mean the same as this desk has them: by the newest table that central brought, also while it is away. */
import { createSynonymFinder, shippedFinder, type SynonymFinder } from '../../shared/kb/synonyms.ts'
import { readBody } from '../../shared/tables/tables.ts'
import type { RuleTables } from './db/rule-tables.ts'

/** A table that this program does not understand leaves what comes with it. */
export function createDeskSynonyms(tables: () => RuleTables): () => SynonymFinder {
  let made: { readonly at: number; readonly finder: SynonymFinder } | null = null
  return () => {
    const at = tables().changes()
    if (made?.at !== at) {
      const table = tables()
        .all()
        .find(({ name }) => name === 'synonyms')
      const body = table === undefined ? null : readBody('synonyms', table.body)
      made = { at, finder: body === null ? shippedFinder() : createSynonymFinder(body) }
    }
    return made.finder
  }
}
