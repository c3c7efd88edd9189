import type { Database } from 'better-sqlite3'
import type { RuleTable } from '../../../shared/sync/protocol.ts'

/** The rule tables of this desk as central brought them (shared/tables). */
export type RuleTables = {
  /** Takes a table as central has it now; of whatever version, for a central that was set back has older ones. */
  put(table: RuleTable): void
  /** All that were brought; what is not among them is as it comes with the program. */
  all(): RuleTable[]
  /** The desk pulls from the start: what it is not brought again, central has no more. */
  beginAnew(): void
  /** Takes away what was not brought since. */
  removeStale(): void
  /** How often something was put or taken away by this process: where it stands still, so does what is held. */
  changes(): number
}

type Row = { readonly name: string; readonly version: number; readonly body: string }

export function createRuleTables(db: Database): RuleTables {
  const put = db.prepare<[string, number, string]>(
    `INSERT INTO rule_tables (name, version, body) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, body = excluded.body, stale = 0`,
  )
  const all = db.prepare<[], Row>('SELECT name, version, body FROM rule_tables ORDER BY name')
  const beginAnew = db.prepare<[]>('UPDATE rule_tables SET stale = 1')
  const removeStale = db.prepare<[]>('DELETE FROM rule_tables WHERE stale = 1')
  let changes = 0
  return {
    put: ({ name, version, body }) => {
      changes += 1
      put.run(name, version, JSON.stringify(body))
    },
    all: () => all.all().map(({ body, ...rest }) => ({ ...rest, body: JSON.parse(body) as unknown })),
    beginAnew: () => void beginAnew.run(),
    removeStale: () => {
      changes += removeStale.run().changes
    },
    changes: () => changes,
  }
}
