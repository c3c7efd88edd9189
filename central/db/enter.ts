import { roleStatement, type Actor, type DbRole, type Tx } from './db.ts'
import { setActor } from './sql.ts'

/** Makes a transaction that has just begun `role`'s, in the service of `actor`; without one it serves nobody. */
export async function enter(sql: Tx, role: DbRole | 'owner', actor: Actor | undefined): Promise<void> {
  const setRole = roleStatement(role)
  if (setRole !== null) await sql.script(setRole)
  if (actor !== undefined) await setActor(sql, actor)
}
