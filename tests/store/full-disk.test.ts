import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { isAboutValues, storageFailure } from '../../electron/store/failure.ts'
import { openStore } from '../../electron/store/open.ts'
import { fullForm, openFixture, resume, signedIn, type StoreFixture } from './store-fixture.ts'

const diskFull = { ok: false, error: { code: 'diskFull' } }
const long = '很长的内容'.repeat(1_500)
const pending = ({ db }: StoreFixture) =>
  (db.prepare(`SELECT count(*) AS n FROM outbox WHERE state = 'pending'`).get() as { n: number }).n
const draft = (caseId: string) => ({ caseId, callId: null, form: fullForm, startedAt: 5, author: '1003' })

/** No page may be added any more: what SQLite says then is what it says on a full disk. */
const fillUp = ({ db }: StoreFixture) =>
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
const freeUp = ({ db }: StoreFixture) => db.pragma('max_page_count = 1000000')

/** Whatever is written to the meta table fails, as on a disk without a byte to spare. */
const refuseMeta = ({ db }: StoreFixture) =>
  db.exec(`CREATE TEMP TRIGGER no_insert BEFORE INSERT ON main.meta BEGIN SELECT RAISE(ABORT, 'full'); END`)
const takeMeta = ({ db }: StoreFixture) => db.exec('DROP TRIGGER no_insert')

describe('a full disk', () => {
  test('S6.1 is said with its code, and nothing that was saved before is lost', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId))
    fillUp(store)
    const form = { ...fullForm, content: long }
    expect(await store.askRaw('draft.save', { ...draft(caseId), form })).toMatchObject(diskFull)
    expect(await store.askRaw('case.save', { caseId, callId: null, form })).toMatchObject(diskFull)
    expect(await store.ask('draft.list', null)).toMatchObject([{ form: { content: fullForm.content }, caseNo: null }])
    expect(pending(store)).toBe(0)
  })

  test('S6.1 stops no exchange with central for good: what could not be taken is fetched again', async () => {
    const store = await signedIn(await openFixture())
    fillUp(store)
    const rest = { source: '公交集团', unit: '公交集团', validUntil: '2027-03-31', district: null, questions: [] }
    store.central.publish({ id: 'KB-1', version: 1, family: 'bus', title: '公交', body: long, ...rest })
    await store.settle()
    // The pinyin of the titles is loaded first, which takes its time.
    const failed = { event: 'syncFailed', data: expect.objectContaining({ code: 'SQLITE_FULL' }) as unknown }
    await expect.poll(() => store.logged).toContainEqual(failed)
    expect((await store.ask('kb.search', { query: '公交' })).hits).toEqual([])
    expect(store.logged.filter(({ event }) => event === 'changeSkipped')).toEqual([])
    freeUp(store)
    await store.settle()
    await expect.poll(async () => (await store.ask('kb.search', { query: '公交' })).hits).toHaveLength(1)
  })

  test('S6.1 S6.2 keeps nobody from signing in, and what is owed to the file is written when it can be', async () => {
    const store = await openFixture()
    refuseMeta(store)
    await store.ask('device.enrol', { code: 'x' })
    const code = () => store.db.prepare(`SELECT value FROM meta WHERE key = 'deskCode'`).get()
    expect(await store.ask('store.signIn', { staffNo: '1003', password: 'x' })).toMatchObject({ deskCode: 'A1' })
    expect(code()).toBeUndefined()
    expect(await store.ask('draft.list', null)).toEqual([])
    takeMeta(store)
    await store.ask('sync.status', null)
    expect(code()).toEqual({ value: 'A1' })
    expect(await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })).toMatchObject({
      caseNo: expect.stringContaining('-A1-') as unknown,
    })
  })
})

test('S6.2 a new file that takes not even its own id works from memory, and keeps that id once it can', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-new-'))
  const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
  db.exec(`CREATE TRIGGER no_insert BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'full'); END`)
  db.close()
  const store = await openFixture(dir)
  await store.ask('store.resume', resume)
  await store.settle()
  takeMeta(store)
  await store.ask('sync.status', null)
  expect(store.db.prepare(`SELECT value FROM meta WHERE key = 'storeId'`).get()).toEqual({
    value: store.central.enrolled[0],
  })
})

describe('a real disk that is full', () => {
  /** One megabyte; null where this user may not mount. */
  function smallDisk(): string | null {
    const dir = mkdtempSync(join(tmpdir(), 'sanxin-disk-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'ignore' })
    } catch {
      return null
    }
    onTestFinished(() => void execFileSync('umount', ['--lazy', dir]))
    return dir
  }

  function fill(dir: string): () => void {
    const file = join(dir, 'filler')
    const handle = openSync(file, 'w')
    try {
      for (;;) writeSync(handle, Buffer.alloc(1024))
    } catch {
      closeSync(handle)
    }
    return () => rmSync(file)
  }

  const failureOf = (dir: string) =>
    openStore({ dir, nativeBinding: null, now: 1 }).then(
      ({ db }) => void db.close(),
      (error: unknown) => storageFailure(error),
    )

  test('is named so, whether the file is open, must be opened, or must be made; what can be read is', async (context) => {
    const disk = smallDisk()
    if (disk === null) return context.skip('this user may not mount a small disk to fill')
    const dir = join(disk, 'data')
    mkdirSync(dir)
    const store = await signedIn(await openFixture(dir))
    await store.ask('draft.save', draft(uuidv7()))
    const free = fill(disk)
    let answer: unknown
    for (let tries = 0; tries < 200 && (answer as { ok: boolean } | undefined)?.ok !== false; tries += 1) {
      answer = await store.askRaw('draft.save', { ...draft(uuidv7()), form: { ...fullForm, content: long } })
    }
    expect(answer).toMatchObject(diskFull)
    expect(await store.ask('store.signIn', { staffNo: '1004', password: 'x' })).toMatchObject({ deskCode: 'A1' })
    free()
    store.db.close()
    const freeAgain = fill(disk)
    const again = await signedIn(await openFixture(dir))
    expect((await again.ask('draft.list', null)).length).toBeGreaterThan(0)
    expect(await again.askRaw('draft.save', draft(uuidv7()))).toMatchObject(diskFull)
    freeAgain()
    await again.ask('draft.save', draft(uuidv7()))
    again.db.close()
    for (const name of readdirSync(dir)) rmSync(join(dir, name))
    const freeAtLast = fill(disk)
    expect(await failureOf(dir)).toMatchObject({ code: 'diskFull' })
    freeAtLast()
    expect(await failureOf(dir)).toBeUndefined()
  })
})

test.each([
  ['SQLITE_FULL', 'diskFull'],
  ['SQLITE_IOERR_SHMSIZE', 'diskFull'],
  ['SQLITE_IOERR_WRITE', 'diskFailed'],
  ['SQLITE_IOERR_FSYNC', 'diskFailed'],
  ['SQLITE_READONLY_DBMOVED', 'diskFailed'],
  ['SQLITE_CANTOPEN_ISDIR', 'diskFailed'],
  ['SQLITE_PERM', 'diskFailed'],
  ['SQLITE_CORRUPT_VTAB', 'databaseBroken'],
  ['SQLITE_NOTADB', 'databaseBroken'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'internal'],
])('%s is told as %s', (code, told) => {
  const error = Object.assign(new Error('words of a citizen'), { code })
  expect(storageFailure(error)).toEqual({ code: told, detail: code })
  expect(isAboutValues(error)).toBe(code === 'SQLITE_CONSTRAINT_UNIQUE')
})

test('what the file system says is told, and what is neither is nobody’s', () => {
  const system = (code: string) => Object.assign(new Error(code), { code, syscall: 'mkdir' })
  expect(storageFailure(system('ENOSPC'))).toMatchObject({ code: 'diskFull' })
  expect(storageFailure(system('EROFS'))).toMatchObject({ code: 'diskFailed' })
  expect(storageFailure(new TypeError('x'))).toBeNull()
  expect(isAboutValues(new TypeError('x'))).toBe(true)
})
