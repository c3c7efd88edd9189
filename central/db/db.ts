import type { StaffRole } from '../../shared/people/staff-role.ts'

/**
 * The one door to the database. Both adapters (PGlite, PostgreSQL) hold exactly this much and mean the same
 * by it: parameterised text queries inside a transaction that runs under a role of least privilege.
 * int8 comes back as a number, json as a value; write json as `$n::text::json`, so that both adapters send text.
 */

/** What may be bound to a parameter. */
export type Value = string | number | boolean | null

/** The roles that the migrations create; `owner` is the login itself and only for migrations. */
export const dbRoles = [
  'sanxin_people',
  'sanxin_gate',
  'sanxin_desk',
  'sanxin_reader',
  'sanxin_find',
  'sanxin_kb',
  'sanxin_live',
  'sanxin_unit',
  'sanxin_ledger',
  'sanxin_outbox',
] as const
export type DbRole = (typeof dbRoles)[number]

/** Whom a transaction serves: the row-level policies ask for it. A session is one; what is left out is nobody. */
export type Actor = {
  readonly staffNo?: string
  readonly role?: StaffRole
  readonly storeId?: string | null
  readonly team?: string | null
  readonly unit?: string | null
  readonly tokenHash?: string
}

/** A running transaction (READ COMMITTED). */
export type Tx = {
  query<Row>(text: string, params?: readonly Value[]): Promise<Row[]>
  /** As `query`, each value as the bytes of its text: what only goes on need not be read. A row is its values in their order. */
  bytes(text: string, params?: readonly Value[]): Promise<(Uint8Array | null)[][]>
  /** Several statements without parameters; for migrations. */
  script(text: string): Promise<void>
}

/**
 * Something was asked of a transaction that has ended: what one branch of its work goes on with after another has failed.
 * Run all the same, it would be done by the login, which may do all, and for good.
 */
export class TransactionOver extends Error {
  constructor() {
    super('the transaction is over')
    this.name = 'TransactionOver'
  }
}

/** `sql` while `isOpen()`; then it refuses (TransactionOver). */
export const whileOpen = (sql: Tx, isOpen: () => boolean): Tx => {
  const open = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (!isOpen()) throw new TransactionOver()
    return ask()
  }
  return {
    query: (text, params) => open(() => sql.query(text, params)),
    bytes: (text, params) => open(() => sql.bytes(text, params)),
    script: (text) => open(() => sql.script(text)),
  }
}

export type Db = {
  readonly kind: 'pglite' | 'postgres'
  /** Runs `fn` in one transaction under `role` for `actor`; commits when it resolves, rolls back when it throws. */
  tx<T>(role: DbRole | 'owner', fn: (sql: Tx) => Promise<T>, actor?: Actor): Promise<T>
  close(): Promise<void>
}

/** The statement that sets the role for this transaction, or null for the owner. */
export function roleStatement(role: DbRole | 'owner'): string | null {
  if (role === 'owner') return null
  if (!dbRoles.includes(role)) throw new Error('unknown role')
  return `set local role ${role}`
}

/** The SQLSTATE of a database error, or null where the error is not the database's. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('severity' in error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
