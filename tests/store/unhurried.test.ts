import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unhurried } from '../../electron/store/db/unhurried.ts'
import { createLogBeside } from '../../electron/store/log-beside.ts'
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

test('S5.8 amid a pull the log grows, and is brought into the file beside who goes on writing', async () => {
  const before = fileBytes()
  const beside = createLogBeside(db, null, () => {})
  try {
    unhurried(db, () => put('KB-1', 10))
    await beside.look()
    expect(fileBytes()).toBe(before)

    unhurried(db, () => put('KB-2', PAGE_OF_CENTRAL))
    expect(fileBytes()).toBe(before)
    const looked = [beside.look(), beside.look(), beside.look()]
    db.exec('BEGIN IMMEDIATE')
    put('KB-3', 10)
    await Promise.all(looked)
    expect(fileBytes()).toBeGreaterThan(before + PAGE_OF_CENTRAL)
    db.exec('COMMIT')
  } finally {
    await beside.close()
  }
})

test('S5.8 a thread that cannot open the file is noted, keeps nobody waiting, and is not started again', async () => {
  const noted: unknown[] = []
  const note: Log = (event, data) => void noted.push([event, data?.['code']])
  const beside = createLogBeside(db, join(dir, 'no.node'), note)
  const before = fileBytes()
  for (const id of ['KB-1', 'KB-2']) {
    unhurried(db, () => put(id, PAGE_OF_CENTRAL))
    await beside.look()
  }
  expect(noted).toEqual([['logThreadFailed', 'MODULE_NOT_FOUND']])
  expect(fileBytes()).toBe(before)
})

test('S5.8 what cannot be looked at is noted', async () => {
  const noted: string[] = []
  db.exec('BEGIN IMMEDIATE')
  put('KB-1', 10)
  await createLogBeside(db, null, (event) => noted.push(event)).look()
  db.exec('ROLLBACK')
  expect(noted).toEqual(['logNotLookedAt'])
})

test('S5.8 a file that is held for the store alone is left to its own commits', async () => {
  db.pragma('locking_mode = EXCLUSIVE')
  const before = fileBytes()
  unhurried(db, () => put('KB-1', PAGE_OF_CENTRAL))
  await createLogBeside(db, null, expect.unreachable).look()
  expect(fileBytes()).toBe(before)
  put('KB-2', 10)
  expect(fileBytes()).toBeGreaterThan(before + PAGE_OF_CENTRAL)
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
