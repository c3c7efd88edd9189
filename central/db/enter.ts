import { roleStatement, type Actor, type DbRole, type Tx } from './db.ts'
import { setActor } from './sql.ts'

/** Makes a transaction that has just begun `role`'s, in the service of `actor`; without one it serves nobody. */
export async function enter(sql: Tx, role: DbRole | 'owner', actor: Actor | undefined): Promise<void> {
  const setRole = roleStatement(role)
  // Sent together, for each answer that is waited for costs a way to the server and back; run in this order.
  await Promise.all([
    setRole === null ? undefined : sql.script(setRole),
    actor === undefined ? undefined : setActor(sql, actor),
  ])
}
