/** What a desk lets go of, and what it never does. */
import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { must } from '../../shared/errors.ts'
import { KEEP_MS } from '../../shared/sync/keep.ts'
import { mutationKind } from '../../shared/sync/mutation-kind.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const save = (caseId = uuidv7()) => ({ caseId, callId: null, form: fullForm })
const caseIds = ({ db }: StoreFixture) =>
  (db.prepare('SELECT case_id FROM cases ORDER BY case_id').all() as { case_id: string }[]).map((row) => row.case_id)
const sent = ({ db }: StoreFixture) =>
  (db.prepare('SELECT id FROM outbox ORDER BY seq').all() as { id: string }[]).map(({ id }) => id)
const metaOf = ({ db }: StoreFixture, key: string) =>
  (db.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined)?.value ?? null

/** An exchange at a later time of machine and central; the purge runs once an hour. */
async function later(store: StoreFixture, ms: number): Promise<void> {
  store.clock.time += ms
  store.central.now += ms
  await store.settle()
}

/** A desk with three sent cases, answered at different times. */
async function threeSent() {
  const store = await signedIn(await openFixture())
  store.central.namesLast = true
  const cases = [uuidv7(), uuidv7(), uuidv7()]
  for (const caseId of cases) {
    await store.ask('case.save', save(caseId))
    await store.settle()
    await later(store, 10_000)
  }
  return { store, cases }
}

test('S11.1 what central answered before its horizon is let go of, and nothing that came after', async () => {
  const { store } = await threeSent()
  const before = sent(store)
  expect(before).toHaveLength(6)
  store.central.horizon = 1_015_000
  await later(store, 2 * 3_600_000)
  expect(sent(store)).toEqual(before.slice(4))
  store.central.horizon = 9_000_000
  await later(store, 2 * 3_600_000)
  expect(sent(store)).toEqual([])
})

test('S11.2 without a backup, or while something of a case is unsent, refused or in a draft, nothing of it goes', async () => {
  const { store, cases } = await threeSent()
  const all = sent(store)
  await later(store, 3 * KEEP_MS)
  expect(sent(store)).toEqual(all)
  const [unsent = '', drafted = '', refused = ''] = cases
  store.central.reachable = false
  await store.ask('case.save', { ...save(unsent), form: { ...fullForm, content: '补充' } })
  await store.ask('draft.save', { ...save(drafted), startedAt: 1, author: '1003' })
  store.db.prepare(`UPDATE outbox SET state = 'refused', code = 'x' WHERE case_id = ?`).run(refused)
  store.central.horizon = Number.MAX_SAFE_INTEGER
  await later(store, 2 * 3_600_000)
  store.central.sync = () => Promise.resolve({ ok: false, error: { code: 'centralUnreachable' } })
  expect(caseIds(store)).toEqual(cases.toSorted())
  expect(await store.ask('draft.list', null)).toHaveLength(1)
  const kept = store.db.prepare('SELECT count(*) AS n FROM outbox WHERE case_id IN (?, ?)').get(unsent, refused)
  expect(kept).toEqual({ n: 5 })
})

test('S11.3 a case goes 30 days after its last event once nothing of it waits, with who called; so do calls', async () => {
  const { store, cases } = await threeSent()
  await store.ask('call.record', { fact: { callId: 'c', kind: 'offered', at: 5, number: '1', queue: 'q' }, author: '' })
  await store.ask('call.record', { fact: { callId: 'c', kind: 'ended', at: 9, outcome: 'missed' }, author: '' })
  await store.settle()
  store.central.horizon = Number.MAX_SAFE_INTEGER
  await later(store, KEEP_MS - 2 * 3_600_000)
  expect(caseIds(store)).toEqual(cases.toSorted())
  await later(store, 4 * 3_600_000)
  await later(store, 2 * 3_600_000)
  for (const table of ['callers', 'calls']) {
    const left = store.db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }
    expect(left.n, table).toBe(0)
  }
  expect(caseIds(store)).toEqual([])
})

test('S11.3 what was brought lately, and what has a late edit to be settled, does not go', async () => {
  const { store, cases } = await threeSent()
  const [brought = '', late = ''] = cases
  store.central.horizon = Number.MAX_SAFE_INTEGER
  await later(store, KEEP_MS - 3_600_000)
  store.db.prepare('UPDATE cases SET brought_at = ? WHERE case_id = ?').run(store.central.now, brought)
  store.db.prepare('UPDATE cases SET late = 1 WHERE case_id = ?').run(late)
  await later(store, 4 * 3_600_000)
  expect(caseIds(store)).toEqual([brought, late].toSorted())
})

/** Until nothing of them is left at the desk: whoever called must be gone too. */
async function untilAllGoes(store: StoreFixture): Promise<void> {
  store.central.horizon = Number.MAX_SAFE_INTEGER
  for (let month = 0; month < 3; month++) await later(store, KEEP_MS)
  const left = ['cases', 'outbox', 'drafts', 'callers', 'case_callers'].flatMap((table) =>
    store.db.prepare(`SELECT * FROM ${table}`).all(),
  )
  expect(left).toEqual([])
}

const dismissAll = async (store: StoreFixture) => {
  for (const { id } of await store.ask('sync.refused', null)) await store.ask('sync.dismiss', { id })
}

test('S11.6 who called about a case that central refused goes, once that is dealt with', async () => {
  const store = await signedIn(await openFixture())
  store.central.judge = (one) => (mutationKind(one) === 'case.open' ? { status: 'refused', code: 'x' } : null)
  await store.ask('case.save', save())
  await store.settle()
  expect(store.db.prepare('SELECT name FROM callers').all()).toEqual([{ name: fullForm.callerName }])
  await dismissAll(store)
  await untilAllGoes(store)
})

test('S11.6 who called by a correction that central refused goes with the case', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await store.ask('case.save', save(caseId))
  await store.settle()
  store.central.judge = (one) => (mutationKind(one) === 'case.edit' ? { status: 'refused', code: 'x' } : null)
  await store.ask('case.save', { ...save(caseId), form: { ...fullForm, callerName: '另一位' } })
  await store.settle()
  await dismissAll(store)
  for (const { caseId: drafted } of await store.ask('draft.list', null))
    await store.ask('draft.discard', { caseId: drafted })
  await untilAllGoes(store)
})

test('S7.5 a central that was set back names an earlier one again: however long ago it was let go of, it is known', async () => {
  const { store } = await threeSent()
  const earlier = must(store.central.applied[1], 'the second mutation').id
  store.central.horizon = Number.MAX_SAFE_INTEGER
  await later(store, 2 * 3_600_000)
  expect(sent(store)).toEqual([])
  store.central.epoch = 'set back'
  store.central.applied.splice(0, store.central.applied.length, {
    ...must(store.central.applied[1], 'it'),
    id: earlier,
  })
  await later(store, 20_000)
  expect(await store.ask('device.state', null)).toEqual({ state: 'enrolled' })
  await store.ask('case.save', save())
  await later(store, 20_000)
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable' })
})

test('S11.4 a case that left the scope is taken away, unless words of this desk hang on it', async () => {
  const { store, cases } = await threeSent()
  const [gone = '', drafted = ''] = cases
  await store.ask('draft.save', { ...save(drafted), startedAt: 1, author: '1003' })
  for (const caseId of [gone, drafted]) store.central.push({ kind: 'caseLeft', seq: 90, caseId })
  await later(store, 20_000)
  expect(caseIds(store)).toEqual(cases.slice(1).toSorted())
})

test('S11.5 pulling from the start takes away what central brings no more, once all is sent and pulled', async () => {
  const { store, cases } = await threeSent()
  const strange = uuidv7()
  store.db
    .prepare(`INSERT INTO cases (case_id, events, opened_at) SELECT ?, events, opened_at FROM cases LIMIT 1`)
    .run(strange)
  store.central.epoch = 'second'
  await later(store, 20_000)
  expect(caseIds(store)).toEqual(cases.toSorted())
})

test('S7.4 a copy of the file is told so by what it does not have: it numbers nothing more and is enrolled anew', async () => {
  const first = await signedIn(await openFixture())
  first.central.namesLast = true
  await first.ask('case.save', save())
  await later(first, 20_000)
  first.db.pragma('wal_checkpoint(TRUNCATE)')
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-copy-'))
  copyFileSync(join(first.dir, 'store.sqlite'), join(dir, 'store.sqlite'))

  // The first goes on; the copy, started later, has words of its own.
  await first.ask('case.save', save())
  await later(first, 20_000)
  first.central.reachable = false
  const copy = await openFixture(dir, first.central)
  await copy.ask('draft.save', { ...save(), startedAt: 1, author: '1003' })
  const kept = { fact: { callId: 'copy', kind: 'answered', at: 5 }, author: '1003' } as const
  await copy.ask('call.record', kept)
  first.central.reachable = true
  const taken = first.central.applied.length
  await copy.settle()

  expect(first.central.applied).toHaveLength(taken)
  expect(await copy.ask('device.state', null)).toEqual({ state: 'none' })
  expect(metaOf(copy, 'storeId')).not.toBe(metaOf(first, 'storeId'))
  await copy.ask('store.resume', {
    staffNo: '1003',
    token: 'token',
    session: null,
    device: 'desk-1.secret',
    numberPlan: defaultNumberPlan,
  })
  expect(await copy.ask('device.state', null)).toEqual({ state: 'none' })
  expect(await copy.askRaw('case.save', save())).toMatchObject({ error: { code: 'newDatabase' } })
  expect(await copy.ask('draft.list', null)).toHaveLength(1)
  expect(await copy.ask('sync.status', null)).toMatchObject({ waiting: 1, central: 'notEnrolled' })

  first.central.namesLast = false
  await copy.ask('device.enrol', { code: 'x' })
  await copy.settle()
  expect(first.central.applied.at(-1)?.body).toMatchObject({ fact: { callId: 'copy' } })
  expect(await first.ask('device.state', null)).toEqual({ state: 'enrolled' })
})

test('S7.4 what was refused of the file before is asked for again: central may have been set back and taken it', async () => {
  const store = await signedIn(await openFixture())
  store.central.namesLast = true
  store.central.judge = ({ body }) =>
    body.kind === 'case' && body.command.type === 'case.reply' ? { status: 'refused', code: 'notFound' } : null
  await store.ask('case.save', save())
  await store.settle()
  const refused = sent(store).at(-1)
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, refused: 1 })
  store.central.applied.push({ ...must(store.central.applied[0], 'a mutation'), id: uuidv7() })
  await later(store, 20_000)
  expect(await store.ask('device.state', null)).toEqual({ state: 'none' })

  store.central.namesLast = false
  const asked = new Set<string>()
  const { sync } = store.central
  store.central.sync = (device, request) => {
    for (const { id } of request.mutations) asked.add(id)
    return sync(device, request)
  }
  await store.ask('device.enrol', { code: 'x' })
  await store.settle()
  expect([...asked]).toEqual([refused])
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, refused: 1 })
})

test('S7.4 a sign-in that was asked as the file before gives no code, nor does what is remembered of one', async () => {
  const store = await signedIn(await openFixture())
  store.central.namesLast = true
  await store.ask('case.save', save())
  await later(store, 20_000)
  const { signIn } = store.central
  const waits = Promise.withResolvers<void>()
  store.central.signIn = async (...asked) => {
    await waits.promise
    return signIn(...asked)
  }
  const slow = store.askRaw('store.signIn', { staffNo: '1003', password: 'x' })
  // Meanwhile central names what this file has not: it is a copy.
  store.central.applied.push({ ...must(store.central.applied[0], 'a mutation'), id: uuidv7() })
  await later(store, 20_000)
  expect(await store.ask('device.state', null)).toEqual({ state: 'none' })
  waits.resolve()
  expect(await slow).toMatchObject({ error: { code: 'deviceUnknown' } })
  expect(metaOf(store, 'deskCode')).toBeNull()

  // Enrolled as another desk, and signed in while central is away: its code is the new one's.
  store.central.namesLast = false
  store.central.enrol = () => Promise.resolve({ ok: true, value: { deviceId: 'new', secret: 's', deskCode: 'C3' } })
  await store.ask('device.enrol', { code: 'x' })
  store.central.reachable = false
  store.central.signInFault = { code: 'centralUnreachable' }
  await store.ask('store.signIn', { staffNo: '1003', password: 'x' })
  expect((await store.ask('case.save', save())).caseNo).toContain('-C3-')
})

test('S7.5 after a lost answer the desk names what central took, and nothing is taken for a copy', async () => {
  const store = await signedIn(await openFixture())
  store.central.namesLast = true
  store.central.losesAnswers = true
  await store.ask('case.save', save())
  await store.settle()
  const asked: (string | null)[] = []
  const { sync } = store.central
  store.central.sync = (device, request) => {
    asked.push(request.last)
    return sync(device, request)
  }
  store.central.losesAnswers = false
  await store.settle()
  expect(asked.slice(0, 2)).toEqual([null, store.central.applied.at(-1)?.id])
  expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, central: 'reachable' })
  expect(await store.ask('device.state', null)).toEqual({ state: 'enrolled' })
})
