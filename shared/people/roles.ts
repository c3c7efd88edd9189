/** Who may do what, as one table; what does not stand here is denied. */
import type { StaffRole } from './staff-role.ts'

/** What a route or a message can ask for. */
export const permissions = [
  'sync',
  'live',
  'cases.read',
  'cases.ofCaller',
  'cases.step',
  'cases.similar',
  'cases.event',
  'cases.export',
  'callers.whole',
  'reporters.read',
  'unit.work',
  'articles.read',
  'articles.write',
  'articles.propose',
  'admin.work',
  'staff.manage',
  'units.manage',
  'devices.manage',
  'tables.edit',
  'script.edit',
  'synonyms.edit',
  'audit.read',
  'ledger.read',
  'ledger.settle',
  'messages.manage',
  'systems.manage',
] as const
export type Permission = (typeof permissions)[number]

/**
 * `ledger.read` is of every call that came to the exchanges, `ledger.settle` the word that one needs no more.
 * `messages.manage` is of what could not be sent to citizens, `systems.manage` of the keys of units' own systems and of
 * where the platform above is told of events.
 * `articles.read` looks at all articles in all states, `articles.write` is an editor's: publishing, refusing, importing;
 * `articles.propose` writes drafts of a member unit's own articles.
 * `tables.edit` publishes a rule table, which whoever is signed in may read; those of what is said to citizens go by
 * `script.edit`, that of words that mean the same by `synonyms.edit` (tables/publish-right.ts).
 * `unit.work` is what the page of the member units does; nobody else signs in there. So with `admin.work` and the
 * pages of the administration: what one may do there, the other permissions say.
 * `sync` is what an operator's desk does: whoever has it works at a desk, and nobody else signs in there. In a browser
 * she may do what the page there is for, and nothing of what she may at her desk (P4).
 * `cases.similar` asks, while a case is being written, for open ones like it; `cases.event` makes one what many call about.
 * `cases.export` takes a search away as a table, callers as the role sees them.
 * `cases.read` is of all cases, but for a member unit of its own; which steps of `cases.step`, says shared/case/steps.ts. Without `callers.whole` callers are masked;
 * who reports something is known to who took the call and with `reporters.read` (sees-reporter.ts).
 */
const granted: { readonly [R in StaffRole]: readonly Permission[] } = {
  operator: ['sync', 'live', 'cases.read', 'cases.ofCaller', 'cases.step', 'cases.similar', 'callers.whole'],
  monitor: [
    'sync',
    'live',
    'cases.read',
    'cases.ofCaller',
    'cases.step',
    'cases.similar',
    'cases.event',
    'cases.export',
    'callers.whole',
    'reporters.read',
    'ledger.read',
    'ledger.settle',
    'messages.manage',
    'admin.work',
    'script.edit',
  ],
  quality: ['cases.read', 'cases.export', 'ledger.read'],
  editor: ['articles.read', 'articles.write', 'synonyms.edit', 'admin.work'],
  unitMember: ['cases.read', 'cases.step', 'callers.whole', 'unit.work', 'articles.propose'],
  administrator: [
    'articles.read',
    'admin.work',
    'staff.manage',
    'units.manage',
    'devices.manage',
    'tables.edit',
    'script.edit',
    'synonyms.edit',
    'messages.manage',
    'systems.manage',
  ],
  auditor: ['admin.work', 'audit.read', 'ledger.read'],
}

/** 班长 and 管理员 see and change what is others': a password alone lets none of them in. */
export const codeRoles: readonly StaffRole[] = ['monitor', 'administrator']

/** Whether people of this role sign in with a second factor. */
export function needsCode(role: StaffRole): boolean {
  return codeRoles.includes(role)
}

/** Whether people of this role may do this. */
export function may(role: StaffRole, permission: Permission): boolean {
  return granted[role].includes(permission)
}

/** What the pages in a browser are for, of who works at a desk. */
const besideDesk: ReadonlySet<Permission> = new Set(['admin.work', 'script.edit', 'messages.manage'])

/** Whether people of this role may do this where they are: `atDesk` says whether they signed in at a desk (P4). */
export function mayThere(role: StaffRole, permission: Permission, atDesk: boolean): boolean {
  return may(role, permission) && (atDesk || !may(role, 'sync') || besideDesk.has(permission))
}
