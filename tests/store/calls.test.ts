import { describe, expect, test } from 'vitest'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { factsOf, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const offered = (at: number, callId = 'c'): CallFact => ({ callId, kind: 'offered', at, number: '1', queue: '12345' })
const answered = (at: number, callId = 'c'): CallFact => ({ callId, kind: 'answered', at })
const ended = (at: number, outcome: 'completed' | 'missed' | 'lost', callId = 'c'): CallFact => ({
  callId,
  kind: 'ended',
  at,
  outcome,
})
const measured = { mosIn: 4, mosOut: 4, lossIn: 0, lossOut: 0, jitterMs: 2, rttMs: 20, longestGapMs: 40 }
const estimated = (at: number): CallFact => ({ callId: 'c', kind: 'ended', at, outcome: 'lost', estimated: true })

async function tell(store: StoreFixture, ...facts: CallFact[]): Promise<void> {
  for (const fact of facts) await store.ask('call.record', { fact, author: '' })
}

const kinds = (store: StoreFixture) => factsOf(store).map(({ kind }) => kind)
const row = ({ db }: StoreFixture) => db.prepare('SELECT outcome, ended_at AS endedAt FROM calls').get()

describe('S3.7 what was marked of a call', () => {
  const warned = (at: number, count: 1 | 2): CallFact => ({ callId: 'c', kind: 'warned', at, count })

  test('is told to central once, and shown as it stands', async () => {
    const store = await signedIn(await openFixture())
    const taken: CallFact = { callId: 'c', kind: 'warningWithdrawn', at: 999_300, count: 2 }
    const named: CallFact = { callId: 'c', kind: 'recorded', at: 999_000, recording: 'r1' }
    await tell(store, offered(998_000), named, warned(999_100, 1), warned(999_200, 2), warned(999_200, 2), taken)
    expect(kinds(store)).toEqual(['offered', 'recorded', 'warned', 'warned', 'warningWithdrawn'])
    const first = factsOf(store).find(({ kind }) => kind === 'warned')
    expect(await store.ask('call.marks', { callId: 'c' })).toEqual({ warnings: [first?.at], recording: 'r1' })
    expect(await store.ask('call.marks', { callId: 'other' })).toEqual({ warnings: [], recording: null })
  })

  test('goes with its call', async () => {
    const store = await signedIn(await openFixture())
    await tell(store, offered(998_000), warned(999_100, 1))
    store.db.exec('DELETE FROM calls')
    expect(await store.ask('call.marks', { callId: 'c' })).toMatchObject({ warnings: [] })
  })
})

describe('call facts', () => {
  test('S3.5 are told under whoever was signed in when they were seen, not when they arrived', async () => {
    const store = await signedIn(await openFixture())
    await signedIn(store, '1004')
    await store.ask('call.record', { fact: { callId: 'late', kind: 'answered', at: 1 }, author: '1003' })
    await store.settle()
    expect(store.central.applied.at(-1)).toMatchObject({ author: '1003', body: { fact: { callId: 'late' } } })
  })

  test('S3.5 are kept without anybody signed in, told once, and counted', async () => {
    const store = await openFixture()
    await tell(store, offered(999_000), answered(999_500), answered(999_500), ended(999_900, 'completed'))
    expect(kinds(store)).toEqual(['offered', 'answered', 'ended'])
    await tell(store, ended(999_900, 'completed'))
    expect(kinds(store)).toHaveLength(3)
    expect(await store.ask('desk.today', null)).toMatchObject({ answered: 1, missed: 0 })
  })

  test('S3.5 that an operator settles a call is a fact of hers, at the corrected time', async () => {
    const store = await openFixture()
    store.central.now += 5_000
    await signedIn(store)
    await tell(store, offered(999_000))
    await store.settle()
    await store.ask('call.settle', { callId: 'c', outcome: 'silent' })
    // It is sent at once, not with the next poll.
    expect(store.waits()).toContain(0)
    await store.settle()
    expect(store.central.applied).toHaveLength(2)
    await store.ask('call.settle', { callId: 'c', outcome: 'silent' })
    await store.settle()
    expect(factsOf(store)).toMatchObject([
      { kind: 'offered', at: 1_004_000 },
      { kind: 'settled', outcome: 'silent', caseId: null, at: 1_005_000, author: '1003' },
    ])
    expect(store.central.applied).toHaveLength(2)
  })
})

describe('a fact that is told twice', () => {
  const held = (at: number): CallFact => ({ callId: 'c', kind: 'held', at })
  const resumed = (at: number): CallFact => ({ callId: 'c', kind: 'resumed', at })
  const whole: CallFact[] = [
    offered(100),
    answered(200),
    { callId: 'c', kind: 'talking', at: 210 },
    held(300),
    resumed(400),
    held(500),
    { callId: 'c', kind: 'transferred', at: 600, to: '1004', how: 'attended' },
    { callId: 'c', kind: 'quality', at: 600, ...measured },
    ended(600, 'completed'),
  ]

  test('S3.8 changes nothing, of whatever kind; a second hold is a second fact', async () => {
    const store = await openFixture()
    await tell(store, ...whole)
    await tell(store, ...whole, ...whole.toReversed())
    expect(kinds(store)).toEqual(whole.map(({ kind }) => kind))
  })

  test('S3.8 is known though the clock was corrected meanwhile, and the store started again', async () => {
    const store = await openFixture()
    await tell(store, ...whole)
    store.central.now += 5_000
    await signedIn(store)
    await tell(store, ...whole)
    const again = await openFixture(store.dir, store.central)
    await tell(again, ...whole)
    expect(kinds(again)).toEqual(whole.map(({ kind }) => kind))
    expect(row(again)).toEqual({ outcome: 'completed', endedAt: 600 })
  })

  test('S3.8 does not open a ring again that was missed, however the clock is corrected', async () => {
    const store = await openFixture()
    await tell(store, offered(100), ended(200, 'missed'))
    store.central.now += 5_000
    await signedIn(store)
    await tell(store, offered(100))
    expect(row(store)).toEqual({ outcome: 'missed', endedAt: 200 })
  })
})

describe('calls whose end nobody lived to tell', () => {
  test('S3.6 end at the last thing known of them, once, and with whoever was signed in then', async () => {
    const store = await openFixture()
    store.central.now += 5_000
    await signedIn(store, '1003')
    await tell(store, offered(100, 'rang'), offered(200, 'talked'), answered(300, 'talked'))
    await tell(store, offered(400, 'done'), ended(500, 'missed', 'done'))
    // The next operator tells again what was heard already: it stays the first one's.
    await signedIn(store, '1004')
    await tell(store, answered(300, 'talked'))
    await store.settle()
    await store.ask('call.endUnfinished', { up: [] })
    expect(store.waits()).toContain(0)
    await store.settle()
    await store.ask('call.endUnfinished', { up: [] })
    const lost = { kind: 'ended', outcome: 'lost', estimated: true, author: '1003' }
    expect(factsOf(store).slice(5)).toMatchObject([
      { ...lost, callId: 'rang', at: 5_100 },
      { ...lost, callId: 'talked', at: 5_300 },
    ])
    expect(store.central.applied).toHaveLength(7)
  })

  test('are not the one that is up', async () => {
    const store = await openFixture()
    await tell(store, offered(100, 'up'), offered(200, 'gone'))
    await store.ask('call.endUnfinished', { up: ['up'] })
    expect(factsOf(store).filter(({ kind }) => kind === 'ended')).toMatchObject([{ callId: 'gone' }])
  })

  test('are all ended, or none', async () => {
    const store = await openFixture()
    await tell(store, offered(100, 'a'), offered(200, 'b'))
    store.db.exec(`CREATE TRIGGER trouble BEFORE INSERT ON outbox WHEN NEW.mutation LIKE '%"callId":"b"%'
                   BEGIN SELECT RAISE(ABORT, 'trouble'); END`)
    expect(await store.askRaw('call.endUnfinished', { up: [] })).toMatchObject({ ok: false })
    store.db.exec('DROP TRIGGER trouble')
    await store.ask('call.endUnfinished', { up: [] })
    expect(factsOf(store).filter(({ kind }) => kind === 'ended')).toHaveLength(2)
  })
})

describe('an estimated end', () => {
  test('S3.6 gives way to the real one, which may say the same', async () => {
    const store = await openFixture()
    await tell(store, offered(100), answered(200), estimated(200), ended(900, 'lost'))
    expect(row(store)).toEqual({ outcome: 'lost', endedAt: 900 })
    expect(kinds(store)).toEqual(['offered', 'answered', 'ended', 'ended'])
  })

  test('S3.6 that comes after the real one says nothing', async () => {
    const store = await openFixture()
    await tell(store, offered(100), answered(200), ended(900, 'completed'), estimated(200))
    expect(row(store)).toEqual({ outcome: 'completed', endedAt: 900 })
    expect(kinds(store)).toEqual(['offered', 'answered', 'ended'])
  })
})

describe('a leg that is offered again', () => {
  test('after it was missed is open again', async () => {
    const store = await openFixture()
    await tell(store, offered(1), ended(2, 'missed'), offered(3))
    await store.ask('call.endUnfinished', { up: [] })
    expect(factsOf(store).at(-1)).toMatchObject({ estimated: true, at: 3 })
  })

  test('is not opened by the first ring told again after its end was estimated', async () => {
    const store = await openFixture()
    await tell(store, offered(1), estimated(1), offered(1))
    expect(kinds(store)).toEqual(['offered', 'ended'])
    await tell(store, offered(2))
    expect(row(store)).toEqual({ outcome: null, endedAt: null })
  })
})
