import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unhurried } from '../../electron/store/db/unhurried.ts'
import { startLogThread } from '../../electron/store/log-beside.ts'
import { openStore } from '../../electron/store/open.ts'
import type { Log } from '../../shared/ports.ts'

/** More than SQLite lets stand in its log by itself (4 MB), and less than may stand there amid a long pull (16 MB). */
const PAGE_OF_CENTRAL = 6_000_000

let dir = ''
let db: Database

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sanxin-unhurried-'))
  const opened = await openStore({ dir, nativeBinding: null, now: 0 })
  db = opened.db
})

afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

const put = (id: string, size: number) =>
  db.prepare('INSERT INTO articles (id, article) VALUES (?, ?)').run(id, 'x'.repeat(size))

const fileBytes = () => statSync(join(dir, 'store.sqlite')).size

const begin = (of: string, log: Log = () => {}) => startLogThread({ file: of, nativeBinding: null }, log)

test('S5.8 amid a pull the log grows, and is brought into the file beside who goes on writing', async () => {
  const before = fileBytes()
  const beside = begin(db.name)
  try {
    unhurried(db, () => put('KB-1', 10))
    await beside.look()
    expect(fileBytes()).toBe(before)

    unhurried(db, () => put('KB-2', PAGE_OF_CENTRAL))
    expect(fileBytes()).toBe(before)
    db.exec('BEGIN IMMEDIATE')
    put('KB-3', 10)
    await Promise.all([beside.look(), beside.look()])
    expect(fileBytes()).toBeGreaterThan(before + PAGE_OF_CENTRAL)
    db.exec('COMMIT')
  } finally {
    await beside.close()
  }
})

test('S5.8 a file that the thread cannot open, or read, is noted, and keeps nobody waiting', async () => {
  const noted: unknown[] = []
  const note: Log = (event, data) => void noted.push([event, data?.['code']])
  await begin(join(dir, 'another.sqlite'), note).look()
  expect(noted).toEqual([['logThreadFailed', 'SQLITE_CANTOPEN']])

  writeFileSync(join(dir, 'strange.sqlite'), 'x'.repeat(4096))
  const strange = begin(join(dir, 'strange.sqlite'), note)
  await strange.look()
  await strange.close()
  expect(noted.slice(1)).toEqual([['logNotBroughtIn', 'SQLITE_NOTADB']])
  await strange.look()
})

test('S5.8 a save after a pull that broke off brings the log into the file; the log has an end amid a pull too', () => {
  const before = fileBytes()
  unhurried(db, () => put('KB-1', PAGE_OF_CENTRAL))
  put('KB-2', 10)
  expect(fileBytes()).toBeGreaterThan(before + PAGE_OF_CENTRAL)

  unhurried(db, () => put('KB-3', 3 * PAGE_OF_CENTRAL))
  expect(fileBytes()).toBeGreaterThan(before + 4 * PAGE_OF_CENTRAL)
})

test('S5.8 a page that fails leaves neither a longer log nor less care behind', () => {
  const fails = () => {
    throw new Error('of the page')
  }
  expect(() => unhurried(db, fails)).toThrow('of the page')
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
})
