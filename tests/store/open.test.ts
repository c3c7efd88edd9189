import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { DatabaseFromFutureError, SCHEMA_VERSION } from '../../electron/store/migrate.ts'
import { openStore } from '../../electron/store/open.ts'

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-open-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const options = (dir: string) => ({ dir, nativeBinding: null, now: 7 })

test('S1.1 the file is in WAL with synchronous FULL after the first transaction too', async () => {
  const { db } = await openStore(options(folder()))
  db.exec(`INSERT INTO meta VALUES ('a', 'b')`)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  db.close()
})

test('S6.4 a file from a newer program is refused and left as it is', async () => {
  const dir = folder()
  const { db } = await openStore(options(dir))
  db.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
  db.close()
  await expect(openStore(options(dir))).rejects.toBeInstanceOf(DatabaseFromFutureError)
  const untouched = new Database(join(dir, 'store.sqlite'))
  expect(untouched.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION + 1)
  untouched.close()
})

test('S6.3 a file that is no database is put aside whole, and the desk works on', async () => {
  const dir = folder()
  const rubbish = Buffer.alloc(8192, 'not a database ')
  writeFileSync(join(dir, 'store.sqlite'), rubbish)
  const { db, putAside } = await openStore(options(dir))
  expect(putAside).toBe(join(dir, 'store.sqlite.broken-7'))
  expect(readFileSync(join(dir, 'store.sqlite.broken-7')).equals(rubbish)).toBe(true)
  db.exec(`INSERT INTO meta VALUES ('a', 'b')`)
  db.close()
  expect(readdirSync(dir)).toContain('store.sqlite')
})
