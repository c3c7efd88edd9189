import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { createCallBook } from '../../electron/store/db/call-book.ts'
import { createCases } from '../../electron/store/db/cases.ts'
import { SCHEMA_VERSION } from '../../electron/store/migrate.ts'
import { openStore } from '../../electron/store/open.ts'
import { newLife } from '../../shared/case/life.ts'
import { after } from '../case/step-fixture.ts'
import { fullForm, openFixture, signedIn } from './store-fixture.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const first = readFileSync(new URL('../../electron/store/migrations/0001-first.sql', import.meta.url), 'utf8')
const caseId = uuidv7()
const copies = (dir: string) => readdirSync(dir).filter((name) => name.endsWith('.bak'))

/** A folder with a file as the first version wrote it, with a draft, a pending and a refused fact, and a call. */
function firstVersion(more = ''): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-migrate-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const db = new Database(join(dir, 'store.sqlite'))
  db.pragma('journal_mode = WAL')
  db.exec(first)
  db.pragma('user_version = 1')
  const fact = (id: string) =>
    JSON.stringify({
      id,
      at: 5,
      author: '1003',
      body: { kind: 'call', fact: { callId: 'c', kind: 'answered', at: 5 } },
    })
  const insert = db.prepare(`INSERT INTO outbox (id, mutation, state, created_at) VALUES (?, ?, ?, 5)`)
  for (const state of ['pending', 'refused']) {
    const id = uuidv7()
    insert.run(id, fact(id), state)
  }
  db.prepare(
    `INSERT INTO drafts (case_id, form, author, started_at, updated_at, case_no) VALUES (?, ?, '1003', 5, 6, 'JM-1')`,
  ).run(caseId, JSON.stringify(fullForm))
  db.exec(`INSERT INTO calls (call_id, offered_at, answered_at) VALUES ('c', 4, 5);
           INSERT INTO meta VALUES ('storeId', '${uuidv7()}'), ('deskCode', 'A7');`)
  db.exec(more)
  db.close()
  return dir
}

const options = (dir: string) => ({ dir, nativeBinding: null, now: 7 })

test('S6.5 a file of the first version is copied, brought up, and nothing in it is lost', async () => {
  const dir = firstVersion()
  const store = await openFixture(dir)
  expect(store.db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
  const [copy = ''] = copies(dir)
  expect(copy).toBe('store.sqlite.v1-1.bak')
  const before = new Database(join(dir, copy), { readonly: true })
  expect(before.pragma('user_version', { simple: true })).toBe(1)
  expect(before.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(before.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 2 })
  expect(before.prepare('SELECT case_id FROM drafts').get()).toEqual({ case_id: caseId })
  before.close()

  await signedIn(store)
  expect(await store.ask('draft.list', null)).toEqual([
    { caseId, callId: null, form: fullForm, startedAt: 5, updatedAt: 6, caseNo: 'JM-1', clean: false },
  ])
  expect(await store.ask('sync.refused', null)).toMatchObject([{ what: 'call', at: 5 }])
  expect(store.central.applied).toHaveLength(1)
  await store.ask('call.endUnfinished', { up: [] })
  expect(store.db.prepare('SELECT outcome, ended_at AS at FROM calls').get()).toEqual({ outcome: 'lost', at: 5 })
  const { db } = await openStore(options(dir))
  db.close()
  expect(copies(dir)).toHaveLength(1)
})

test('S6.5 articles of an older file are found at once and are brought into the index of today', async () => {
  const text = JSON.stringify({
    title: '夜间施工噪音',
    questions: [],
    body: '正文',
    unit: '城管局',
    validUntil: '2099-01-01',
  })
  const dir = firstVersion(`INSERT INTO articles (rowid, id, article, initials) VALUES (7, 'KB-1', '${text}', 'yjsgzy');
    INSERT INTO article_titles (rowid, tokens) VALUES (7, '夜间');
    INSERT INTO article_bodies (rowid, tokens) VALUES (7, '夜间')`)
  const store = await openFixture(dir)
  const hits = async (query: string) => (await store.ask('kb.search', { query })).hits.map(({ title }) => title)
  expect(await store.ask('sync.status', null)).toMatchObject({ articles: 1, unindexed: 1 })
  expect(await hits('噪音')).toEqual(['夜间施工噪音'])
  await expect
    .poll(async () => {
      await store.settle()
      return (await store.ask('sync.status', null)).unindexed
    })
    .toBe(0)
  expect(await hits('噪音')).toEqual(['夜间施工噪音'])
  expect(await hits('sgzy')).toEqual(['夜间施工噪音'])
})

test('S6.5 a step that fails leaves the file as it was, without a copy that nobody needs', async () => {
  // The last change of the step cannot be made: what the step did before it must not stand either.
  const dir = firstVersion('ALTER TABLE drafts ADD COLUMN saved_form TEXT')
  const file = join(dir, 'store.sqlite')
  const bytes = readFileSync(file)
  await expect(openStore(options(dir))).rejects.toThrow('saved_form')
  expect(readFileSync(file).equals(bytes)).toBe(true)
  expect(readdirSync(dir)).toEqual(['store.sqlite'])
  const untouched = new Database(file)
  expect(untouched.pragma('user_version', { simple: true })).toBe(1)
  expect(untouched.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 2 })
  expect(
    untouched.prepare(`SELECT count(*) AS n FROM pragma_table_info('outbox') WHERE name = 'dealt_at'`).get(),
  ).toEqual({ n: 0 })
  untouched.close()
})

/** That a case was opened at this desk. */
const openedHere = (id: string) => `INSERT INTO outbox (id, case_id, mutation, state, created_at)
  VALUES ('${uuidv7()}', '${id}', '{"body":{"kind":"case","command":{"type":"case.open"}}}', 'applied', 5)`

test('S14.9 of the calls of cases an older file keeps those that were opened here, and the rest comes anew', async () => {
  const cases = ['c', 'another-desk-s'].map((callId) => {
    const id = uuidv7()
    const record = JSON.stringify({ caseId: id, callId, state: 'toDispatch', late: [] })
    return { id, insert: `('${id}', '[{"at":5}]', '${record}', NULL, 5)` }
  })
  const dir = firstVersion(`INSERT INTO meta VALUES ('cursor', '7');
    ${openedHere(cases[0]?.id ?? '')};
    INSERT INTO cases (case_id, events, record, phone_key, opened_at) VALUES ${cases.map(({ insert }) => insert).join()}`)
  const { db } = await openStore(options(dir))
  const callOf = db.prepare('SELECT call_id FROM cases WHERE case_id = ?').pluck()
  expect(cases.map(({ id }) => callOf.get(id))).toEqual(['c', null])
  const noted = db.prepare(`SELECT value FROM meta WHERE key IN ('cursor', 'gathering') ORDER BY key`).pluck()
  expect(noted.all()).toEqual(['0', 'begin'])
  db.close()
})

test('a new file needs no copy', async () => {
  const { dir } = await openFixture()
  expect(copies(dir)).toEqual([])
})

test('S6.5 a case of an older file has a life in which nothing happened yet', async () => {
  const record = JSON.stringify({ caseId, state: 'toDispatch', late: [] })
  const dir = firstVersion(
    `INSERT INTO cases (case_id, events, record, phone_key, opened_at) VALUES ('${caseId}', '[]', '${record}', NULL, 5)`,
  )
  const { db } = await openStore(options(dir))
  onTestFinished(() => void db.close())
  expect(createCases(db, () => defaultNumberPlan.areaCode).get(caseId)?.record.life).toEqual(newLife)
})

test('S6.5 a case of an older file is found by what its record says, and shown as it', async () => {
  const record = {
    ...{ caseId, caseNo: 'JM20261123-A7-0001', callId: 'c', openedAt: 5, state: 'toDispatch', late: [{}] },
    groups: { caller: { callerId: uuidv7() }, classification: { kind: 'help', code: '0101' }, reply: { articles: [] } },
  }
  const dir = firstVersion(
    `${openedHere(caseId)}; INSERT INTO cases (case_id, events, record, phone_key, opened_at)
     VALUES ('${caseId}', '[]', '${JSON.stringify(record)}', '8613800002210', 5)`,
  )
  const { db } = await openStore(options(dir))
  onTestFinished(() => void db.close())
  const cases = createCases(db, () => defaultNumberPlan.areaCode)
  expect(cases.get(caseId)?.record).toMatchObject(record)
  const found = [cases.withLate(), cases.ofPhone('13800002210', 1), cases.newestAfter(null, 1).map((one) => one.record)]
  expect(found.map((records) => records.map((one) => one.caseNo))).toEqual([
    [record.caseNo],
    [record.caseNo],
    [record.caseNo],
  ])
  expect(cases.countOwed()).toBe(1)
  db.exec(`UPDATE calls SET direction = 'in', purpose = 'citizen', number = '', author = '1003'`)
  expect(createCallBook(db, () => defaultNumberPlan).shift('1003', 0)).toMatchObject([
    { caseId, caseNo: record.caseNo },
  ])
})

test('S6.5 K8.9 of a joined case of an older file the last joining says by whom', async () => {
  const record = JSON.stringify({ caseId, state: 'joined', late: [] })
  const events = JSON.stringify([
    { type: 'caseStepped', by: '1003', step: { type: 'join' } },
    { type: 'caseStepped', by: '1010', step: { type: 'join' } },
    { type: 'groupEdited', by: '1004' },
  ])
  const dir = firstVersion(
    `INSERT INTO cases (case_id, events, record, phone_key, opened_at) VALUES ('${caseId}', '${events}', '${record}', NULL, 5)`,
  )
  const { db } = await openStore(options(dir))
  onTestFinished(() => void db.close())
  expect(createCases(db, () => defaultNumberPlan.areaCode).get(caseId)?.record.life.joinedBy).toBe('1010')
})

test('S14.5 what an older file holds of a report, and of what was one, is secret', async () => {
  const told = (id: string, kind: string, before: string) => {
    const record = JSON.stringify({ caseId: id, late: [], groups: { classification: { kind, code: null } } })
    const opened = JSON.stringify([{ type: 'caseOpened', groups: { classification: { kind: before } } }])
    return `('${id}', '${opened}', '${record}', NULL, 5)`
  }
  const [report, corrected, plain] = [uuidv7(), uuidv7(), uuidv7()] as const
  const dir = firstVersion(
    `INSERT INTO cases (case_id, events, record, phone_key, opened_at) VALUES
     ${told(report, 'report', 'help')}, ${told(corrected, 'help', 'report')}, ${told(plain, 'help', 'help')}`,
  )
  const { db } = await openStore(options(dir))
  onTestFinished(() => void db.close())
  const cases = createCases(db, () => defaultNumberPlan.areaCode)
  expect([report, corrected, plain].map((id) => cases.get(id)?.record.secret)).toEqual([true, true, false])
})

test('a citizen waits for a reply until her matter is settled', async () => {
  const dir = firstVersion()
  const { db } = await openStore(options(dir))
  onTestFinished(() => void db.close())
  const cases = createCases(db, () => defaultNumberPlan.areaCode)
  const way = ['dispatch', 'sign', 'answer', 'visit', 'settle', 'archive'] as const
  const owed = way.map((_step, index) => {
    cases.put(after(...way.slice(0, index + 1)), [], { own: true, told: null })
    return cases.countOwed()
  })
  expect(owed).toEqual([1, 1, 1, 1, 0, 0])
})

/** Facts as an older program left them in the outbox, and the row that it made of their call. */
function toldBefore(callId: string, row: string, ...facts: readonly object[]): string {
  const inserts = facts.map((fact) => {
    const [id, at] = [uuidv7(), 4]
    const mutation = JSON.stringify({ id, at, author: '1003', body: { kind: 'call', fact: { callId, at, ...fact } } })
    return `INSERT INTO outbox (id, mutation, state, created_at) VALUES ('${id}', '${mutation}', 'applied', 4);`
  })
  return `INSERT INTO calls (call_id, offered_at, answered_at, ended_at, outcome) VALUES ('${callId}', ${row});
    ${inserts.join('\n')}`
}

test('B9 calls of an older file are listed as their facts tell, and whoever was missed is owed a call', async () => {
  const offered = (number: string, queue = '12345') => ({ kind: 'offered', number, queue })
  const dir = firstVersion(
    [
      toldBefore('missed', `10, NULL, 20, 'missed'`, offered(''), offered('0750-3500123')),
      toldBefore('paid', `11, NULL, 21, 'missed'`, offered('13800002210')),
      toldBefore('again', `12, 13, 22, 'completed'`, offered('+86 138 0000 2210')),
      toldBefore('colleague', `14, NULL, 23, 'missed'`, offered('8002', '')),
      toldBefore('withheld', `15, NULL, 24, 'missed'`, offered('anonymous')),
      toldBefore(
        'through',
        `16, 17, 25, 'transferred'`,
        { kind: 'dialled', number: '13900001111', purpose: 'citizen' },
        { kind: 'transferred', to: '8003', how: 'blind' },
      ),
      toldBefore('forgotten', `18, NULL, 26, 'missed'`),
    ].join('\n'),
  )
  const { db } = await openStore(options(dir))
  onTestFinished(() => void db.close())
  const book = createCallBook(db, () => defaultNumberPlan)
  const listed = book
    .shift('1003', 0)
    .map((call) => [call.callId, call.direction, call.purpose, call.number, call.transferredTo, call.owed])
  expect(listed).toEqual([
    ['through', 'out', 'citizen', '13900001111', '8003', false],
    ['withheld', 'in', 'citizen', '', null, false],
    ['colleague', 'in', 'colleague', '8002', null, false],
    ['again', 'in', 'citizen', '+86 138 0000 2210', null, false],
    ['paid', 'in', 'citizen', '13800002210', null, false],
    ['missed', 'in', 'citizen', '0750-3500123', null, true],
  ])
  expect(book.owed().map(({ callId }) => callId)).toEqual(['missed'])
})
