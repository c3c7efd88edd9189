/** What the cases of this desk go by: the newest tables that central brought, also while it is away. */
import { ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Log } from '../../shared/ports.ts'
import { caseRulesOf, type CaseRules } from '../../shared/tables/case-rules.ts'
import { takeTables } from '../../shared/tables/tables.ts'
import type { RuleTables } from './db/rule-tables.ts'

export type DeskRules = {
  /** The rules that hold now; read anew only where the tables changed. */
  now(): CaseRules
  /** Tells the windows where tables were taken since the last time. */
  tell(): void
  readonly handlers: Pick<Handlers<'store'>, 'tables.current'>
}

export function createDeskRules(tables: RuleTables, changed: () => void, log: Log): DeskRules {
  let read: { readonly at: number; readonly rules: CaseRules } | null = null
  let told = tables.changes()
  return {
    now() {
      const at = tables.changes()
      if (read?.at === at) return read.rules
      const holding = takeTables(tables.all(), ({ name, version }) => log('tableUnreadable', { name, version }))
      read = { at, rules: caseRulesOf(holding) }
      return read.rules
    },
    tell() {
      if (told === tables.changes()) return
      told = tables.changes()
      changed()
    },
    handlers: { 'tables.current': () => ok(tables.all()) },
  }
}
