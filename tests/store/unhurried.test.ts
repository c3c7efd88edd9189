import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unhurried } from '../../electron/store/db/unhurried.ts'
import { openStore } from '../../electron/store/open.ts'

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

test('S5.8 amid a long pull the log grows, and what follows upon it brings all of it into the file', () => {
  const before = fileBytes()
  unhurried(db, true, () => put('KB-1', PAGE_OF_CENTRAL))
  unhurried(db, true, () => put('KB-2', PAGE_OF_CENTRAL))
  expect(fileBytes()).toBe(before)

  unhurried(db, false, () => put('KB-3', 10))
  expect(fileBytes()).toBeGreaterThan(before + 2 * PAGE_OF_CENTRAL)
})

test('S5.8 a save after a pull that broke off brings the log into the file; the log has an end amid a pull too', () => {
  const before = fileBytes()
  unhurried(db, true, () => put('KB-1', PAGE_OF_CENTRAL))
  put('KB-2', 10)
  expect(fileBytes()).toBeGreaterThan(before + PAGE_OF_CENTRAL)

  unhurried(db, true, () => put('KB-3', 3 * PAGE_OF_CENTRAL))
  expect(fileBytes()).toBeGreaterThan(before + 4 * PAGE_OF_CENTRAL)
})

test('S5.8 a page that fails leaves neither a longer log nor less care behind', () => {
  const fails = () => {
    throw new Error('of the page')
  }
  expect(() => unhurried(db, true, fails)).toThrow('of the page')
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
})
