/** Whether what the database calls committed is on its disk, so that "saved" is true of it. */
import type { Db } from './db.ts'
import { selectDurability, type Durability } from './sql.ts'

/** Central must not start: it would say saved of what a power cut takes back. Its words are for who starts it. */
export class NotDurable extends Error {
  readonly code = 'notDurable'
  constructor(setting: string) {
    super(
      `数据库设置 ${setting}=off：已应答“已保存”的内容断电会丢失，须改为 on · the database runs with ${setting}=off: ` +
        'what was answered as saved would be lost with its power; set it to on.',
    )
    this.name = 'NotDurable'
  }
}

/** What a commit waits for; throws NotDurable where that is not even the primary's own disk. PGlite is the demo's. */
export async function checkDurability(db: Db): Promise<Durability | null> {
  if (db.kind === 'pglite') return null
  const durability = await db.tx('owner', selectDurability)
  if (durability.fsync === 'off') throw new NotDurable('fsync')
  if (durability.synchronousCommit === 'off') throw new NotDurable('synchronous_commit')
  return durability
}
