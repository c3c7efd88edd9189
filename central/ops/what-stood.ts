/** What a restore takes over of the database that stood: whoever was shut out, and whatever was told, since the backup. */
import type { Tx } from '../db/db.ts'
import { openPostgres } from '../db/postgres.ts'
import { selectAccess, type Access } from './access-sql.ts'
import { selectDone, type Asked, type Done } from './outbox-sql.ts'
import { selectBefore, selectBorn, type Before } from './sql.ts'

/** What stood could be read as the restore began, and at its end could not. */
export class StoodLost extends Error {}

/** null is what cannot be read; `done` is what was told since the backup. */
export type Stood = {
  readonly before: Before | null
  readonly access: Access | null
  readonly born: string | null
  readonly done: readonly Done[] | null
}

/** Nothing stood, or what stood is another centre's. */
export const NOTHING: Stood = { before: null, access: null, born: null, done: null }

/** Reads what stands, each part by itself: it may be damaged, or of older code. */
export async function readStood(databaseUrl: string, at: number, asked: Asked): Promise<Stood> {
  const db = openPostgres(databaseUrl, { connections: 1 })
  const read = <T>(select: (sql: Tx) => Promise<T>) => db.tx('owner', select).catch(() => null)
  try {
    return {
      before: await read((sql) => selectBefore(sql, at)),
      access: await read(selectAccess),
      born: await read(selectBorn),
      done: await read((sql) => selectDone(sql, asked)),
    }
  } finally {
    await db.close()
  }
}

/**
 * Throws StoodLost where something that could be read `first` cannot `last`: who was shut out would be let in again, and
 * what was told be told again, for a connection that broke.
 */
export function refuseLost(first: Stood, last: Stood): void {
  const parts = ['before', 'access', 'born', 'done'] as const
  const lost = parts.filter((part) => first[part] !== null && last[part] === null)
  if (lost.length === 0) return
  throw new StoodLost(
    `原库在恢复开始时可读，结束前却读不出来（${lost.join('、')}），停用的人员和已发的短信会因此丢失；什么都没有改动，请检查后重试\n` +
      'What stands could be read as this restore began, and cannot be any more: who was shut out, and what was told, would be lost. Nothing was changed; look at the database and try again.',
  )
}
