/** The store's process itself: what main hears of it when its file cannot be opened, and when it then can. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createArticles } from '../../electron/store/db/articles.ts'
import { createStoreKeeper } from '../../electron/store/keeper.ts'
import { openStore } from '../../electron/store/open.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import type { Timers } from '../../shared/ports.ts'
import type { DeskSync } from '../../shared/sync/status.ts'
import { someArticle } from '../bench/support/texts.ts'
import { breakTable } from './broken-file.ts'
import { fullForm, resume } from './store-fixture.ts'

const at = (path: string) => new URL(path, import.meta.url).pathname

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-worker-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A folder in whose file so many articles stand, none of them indexed. */
async function unindexedFolder(count: number): Promise<string> {
  const dir = folder()
  const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
  const { put } = createArticles(db)
  db.transaction(() => Array.from({ length: count }, (_, index) => put(someArticle(index))))()
  db.close()
  return dir
}

/** A keeper of a real process on this folder, without central unless one is named; `heard` is what main was told. */
function start(dir: string, timers: Timers = { after: () => () => {} }, central = '') {
  let child: ChildProcess | undefined
  let errors = ''
  const heard: string[] = []
  const keeper = createStoreKeeper(
    () => {
      const env = { ...process.env, SANXIN_STORE_DIR: dir, SANXIN_STORE_CENTRAL: central }
      const execArgv = ['--import', at('../support/sql-text.ts')]
      const forked = fork(at('worker-process.ts'), { env, execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
      forked.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
      child = forked
      return Object.assign(forked, { postMessage: (message: object | string) => void forked.send(message) })
    },
    timers,
    {
      resume: () => resume,
      up: (code) => void heard.push(code ?? 'up'),
      down: () => void heard.push('down'),
      event: () => {},
    },
  )
  onTestFinished(() => void child?.kill('SIGKILL'))
  keeper.start()
  const kill = () => void child?.kill('SIGKILL')
  return {
    keeper,
    heard,
    kill,
    errors: () => errors,
    exited: () => (child ? once(child, 'exit') : Promise.resolve([])),
  }
}

test('S8.3 a file that cannot be opened is said by its code; a later command opens it, for whoever is signed in', async () => {
  const dir = folder()
  const inTheWay = join(dir, 'store.sqlite')
  mkdirSync(inTheWay)
  const { keeper, heard, errors } = start(dir)
  expect(await keeper.ask('draft.list', null)).toMatchObject({ ok: false, error: { code: 'diskFailed' } })
  expect(heard).toEqual(['diskFailed'])
  expect(errors()).toContain('"event":"openFailed"')
  rmdirSync(inTheWay)
  await expect.poll(() => keeper.ask('draft.list', null), { timeout: 10_000 }).toEqual({ ok: true, value: [] })
  expect(heard).toEqual(['diskFailed', 'up'])
  expect(readdirSync(dir)).toContain('store.sqlite')
})

test('a broken file is put aside and said, and the store works on; closing ends it cleanly', async () => {
  const dir = folder()
  writeFileSync(join(dir, 'store.sqlite'), Buffer.alloc(8192, 'not a database '))
  const { keeper, heard, exited } = start(dir)
  expect(await keeper.ask('draft.list', null)).toEqual({ ok: true, value: [] })
  expect(heard).toEqual(['databaseBroken'])
  expect(await keeper.ask('case.save', { caseId: 'x', callId: null, form: {} })).toMatchObject({
    error: { code: 'newDatabase' },
  })
  const gone = exited()
  await keeper.stop()
  expect(await gone).toEqual([0, null])
})

test('S8.2 an error that nobody expected is an answer: the process lives, and its log has none of the words', async () => {
  const { keeper, heard, errors } = start(folder())
  const strange = { phone: { toString: '13800138000' } }
  expect(await keeper.ask('case.ofCaller', strange)).toEqual({ ok: false, error: { code: 'internal' } })
  expect(await keeper.ask('draft.list', null)).toEqual({ ok: true, value: [] })
  expect(heard).toEqual(['up'])
  expect(errors()).toContain('"event":"commandFailed","command":"case.ofCaller"')
  expect(errors()).not.toContain('13800138000')
})

test('a file that breaks while it is open is put aside by the next life, which takes over what can be read', async () => {
  const dir = folder()
  const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
  const draft = `INSERT INTO drafts (case_id, form, author, started_at, updated_at) VALUES (?, ?, '1003', 1, 1)`
  db.prepare(draft).run('01890a5d-ac96-7000-8000-000000000001', JSON.stringify(fullForm))
  db.prepare(`INSERT INTO calls (call_id, offered_at) VALUES ('c', 1)`).run()
  db.close()
  const timers: Timers = {
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
  const { keeper, heard, errors } = start(dir, timers)
  expect(await keeper.ask('desk.today', null)).toMatchObject({ ok: true })
  breakTable(join(dir, 'store.sqlite'), 'cases_phone')
  // Another's commit makes the store read its pages from the disk again.
  const other = new Database(join(dir, 'store.sqlite'))
  other.exec(`INSERT INTO meta VALUES ('a', 'b')`)
  other.close()
  await expect.poll(() => keeper.ask('case.ofCaller', { phone: '13800002210' })).toMatchObject({ ok: false })
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('databaseBroken')
  expect(heard).toEqual(['up', 'down', 'databaseBroken'])
  expect(await keeper.ask('draft.list', null)).toMatchObject({ ok: true, value: [{ form: fullForm }] })
  expect(errors()).toContain('"event":"putAside"')
  expect(readdirSync(dir).some((name) => name.startsWith('store.sqlite.broken-'))).toBe(true)
  await keeper.stop()
})

type Keeper = ReturnType<typeof start>['keeper']

async function unindexedOf(keeper: Keeper): Promise<number> {
  const answer = await keeper.ask('sync.status', null)
  if (!answer.ok) throw new Error(answer.error.code)
  return (answer.value as DeskSync).unindexed
}

test('S12.4 commands are answered between the turns of indexing', async () => {
  const { keeper } = start(await unindexedFolder(2000))
  const seen = new Set<number>()
  while (!seen.has(0)) seen.add(await unindexedOf(keeper))
  expect(seen.size).toBeGreaterThan(4)
  await keeper.stop()
})

test('S12.1 killed in the middle again and again, nothing is half indexed; the next life goes on and ends', async () => {
  const count = 2000
  const dir = await unindexedFolder(count)
  for (const part of [0.9, 0.6, 0.3]) {
    const { keeper, kill, exited } = start(dir)
    let left = count
    while (left > part * count) left = await unindexedOf(keeper)
    expect(left).toBeGreaterThan(0)
    const gone = exited()
    kill()
    await gone
    const db = new Database(join(dir, 'store.sqlite'))
    const rows = (sql: string) => db.prepare<[], number>(sql).pluck().all()
    const indexed = rows(
      'SELECT rowid FROM articles WHERE rowid NOT IN (SELECT rowid FROM articles_unindexed) ORDER BY rowid',
    )
    expect(indexed.length).toBeGreaterThanOrEqual(count - left)
    for (const table of ['article_titles', 'article_bodies']) {
      expect(rows(`SELECT id FROM ${table}_docsize ORDER BY id`)).toEqual(indexed)
      db.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`)
    }
    expect(rows('SELECT rowid FROM article_initials ORDER BY rowid')).toEqual(indexed)
    db.close()
  }
  const { keeper } = start(dir)
  while ((await unindexedOf(keeper)) > 0) continue
  await keeper.stop()
}, 60_000)

test('who closes it just after signing in is known there when it is gone', async () => {
  const line = { extension: '1003', password: 'x', domain: 'x' }
  const operator = { staffNo: '1003', name: '张三', role: 'operator' }
  const session = '01890a5d-ac96-4000-8000-000000000001'
  const letsIn = {
    token: 'token',
    session,
    expiresAt: 0,
    operator,
    deskCode: 'A1',
    numberPlan: defaultNumberPlan,
    line,
  }
  const central = createServer((request, response) => {
    response.statusCode = request.url === '/sign-in' ? 200 : 503
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/sign-in' ? letsIn : { code: 'internal' }))
  })
  await once(central.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void central.close())
  const dir = folder()
  const { port } = central.address() as AddressInfo
  const { keeper } = start(dir, undefined, `http://127.0.0.1:${port}`)
  expect(await keeper.ask('store.signIn', { staffNo: '1003', password: 'x' })).toMatchObject({ ok: true })
  await keeper.stop()
  const db = new Database(join(dir, 'store.sqlite'), { readonly: true })
  expect(db.prepare('SELECT staff_no FROM known_operators').all()).toEqual([{ staff_no: '1003' }])
  db.close()
})
