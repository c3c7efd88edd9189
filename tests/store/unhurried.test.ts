import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
    await beside.look(false)
    expect(fileBytes()).toBe(before)

    unhurried(db, () => put('KB-2', PAGE_OF_CENTRAL))
    expect(fileBytes()).toBe(before)
    const looked = [beside.look(false), beside.look(false), beside.look(false)]
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
    await beside.look(false)
  }
  expect(noted).toEqual([['logThreadFailed', 'MODULE_NOT_FOUND']])
  expect(fileBytes()).toBe(before)
})

test('S5.8 what cannot be looked at is noted', async () => {
  const noted: string[] = []
  db.exec('BEGIN IMMEDIATE')
  put('KB-1', 10)
  await createLogBeside(db, null, (event) => noted.push(event)).look(false)
  db.exec('ROLLBACK')
  expect(noted).toEqual(['logNotLookedAt'])
})

test('S5.8 a file that is held for the store alone is left to its own commits', async () => {
  db.pragma('locking_mode = EXCLUSIVE')
  const before = fileBytes()
  unhurried(db, () => put('KB-1', PAGE_OF_CENTRAL))
  await createLogBeside(db, null, expect.unreachable).look(false)
  expect(fileBytes()).toBe(before)
  put('KB-2', 10)
  expect(fileBytes()).toBeGreaterThan(before + PAGE_OF_CENTRAL)
})

const commitsBringInFrom = () => db.pragma('wal_autocheckpoint', { simple: true })

test('S5.8 while page follows upon page the log is brought to the disk, and into the file only behind the last one', async () => {
  const handle = await open(join(dir, 'store.sqlite'))
  const syncs = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'datasync')
  await handle.close()
  const before = fileBytes()
  const beside = createLogBeside(db, null, expect.unreachable)
  try {
    for (const id of ['KB-1', 'KB-2', 'KB-3']) {
      unhurried(db, () => put(id, PAGE_OF_CENTRAL))
      await beside.look(true)
      // A save in between is not kept waiting for what came.
      put(`${id}-saved`, 10)
    }
    expect(syncs).toHaveBeenCalledTimes(3)
    await beside.look(true)
    expect(syncs).toHaveBeenCalledTimes(3)
    expect(fileBytes()).toBe(before)
    await beside.look(false)
    expect(fileBytes()).toBeGreaterThan(before + 3 * PAGE_OF_CENTRAL)
    expect(commitsBringInFrom()).toBe(1000)
  } finally {
    syncs.mockRestore()
    await beside.close()
  }
})

test('S5.8 a pull that goes on and on does not grow the log without an end', async () => {
  const before = fileBytes()
  const beside = createLogBeside(db, null, expect.unreachable)
  try {
    for (let page = 0; page < 11; page += 1) {
      unhurried(db, () => put(`KB-${page}`, PAGE_OF_CENTRAL))
      await beside.look(true)
    }
    expect(fileBytes()).toBeGreaterThan(before + 10 * PAGE_OF_CENTRAL)
  } finally {
    await beside.close()
  }
})

test('S5.8 who goes on writing does not keep the log from beginning anew, and from giving its room back', async () => {
  const logged = () => (db.pragma('wal_checkpoint(NOOP)') as { log: number }[])[0]?.log
  const beside = createLogBeside(db, null, expect.unreachable)
  const page = (id: number) => unhurried(db, () => put(`KB-${id}`, 1_500_000))
  try {
    for (let id = 0; id < 26; id += 1) {
      page(2 * id)
      const looked = beside.look(true)
      page(2 * id + 1)
      await looked
    }
    expect(logged()).toBeLessThan(16_000)
    expect(statSync(join(dir, 'store.sqlite-wal')).size).toBeLessThan(64 * 1024 * 1024)
  } finally {
    await beside.close()
  }
})

test('S5.8 a page that comes while the log is brought in keeps commits from doing it', async () => {
  const beside = createLogBeside(db, null, expect.unreachable)
  try {
    unhurried(db, () => put('KB-1', PAGE_OF_CENTRAL))
    const last = beside.look(false)
    unhurried(db, () => put('KB-2', 10))
    await Promise.all([last, beside.look(true)])
    expect(commitsBringInFrom()).toBe(32_000)
  } finally {
    await beside.close()
  }
})

test('S5.8 where the log cannot be looked at behind the last page, commits bring it in', async () => {
  const beside = createLogBeside(db, null, () => {})
  await beside.look(true)
  db.exec('BEGIN IMMEDIATE')
  put('KB-1', 10)
  await beside.look(false)
  db.exec('ROLLBACK')
  expect(commitsBringInFrom()).toBe(1000)
})

test('S5.8 a log that cannot be brought to the disk is noted; without a thread the commits bring it in again', async () => {
  const noted: string[] = []
  const beside = createLogBeside(db, join(dir, 'no.node'), (event) => noted.push(event))
  const wal = join(dir, 'store.sqlite-wal')
  unhurried(db, () => put('KB-1', PAGE_OF_CENTRAL))
  renameSync(wal, `${wal}.away`)
  await beside.look(true)
  renameSync(`${wal}.away`, wal)
  expect(noted).toEqual(['logNotSynced'])
  expect(commitsBringInFrom()).toBe(32_000)
  await beside.look(false)
  expect(noted).toEqual(['logNotSynced', 'logThreadFailed'])
  expect(commitsBringInFrom()).toBe(1000)
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
