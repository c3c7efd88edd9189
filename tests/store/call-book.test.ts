import { uuidv7 } from 'uuidv7'
import { describe, expect, test } from 'vitest'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { ok } from '../../shared/errors.ts'
import { SHIFT_MS } from '../../shared/call/call-book.ts'
import { unpaid } from '../../electron/store/db/call-book.ts'
import { fullForm, openFixture, resume, signedIn, type StoreFixture } from './store-fixture.ts'

const HOUR = 3_600_000
const NUMBER = '13800132210'

type Outcome = Extract<CallFact, { kind: 'ended' }>['outcome']

/** A desk at which 1003 sits, on the second day of its clock. */
async function desk(): Promise<StoreFixture> {
  const store = await openFixture()
  store.clock.time = 40 * HOUR
  store.central.now = store.clock.time
  return signedIn(store)
}

async function tell(store: StoreFixture, ...facts: CallFact[]): Promise<void> {
  for (const fact of facts) await store.ask('call.record', { fact, author: '' })
}

/** A call that comes in at `at`; one that is answered is so at once, and each is over a second later. */
async function comesIn(store: StoreFixture, callId: string, at: number, outcome: Outcome, number = NUMBER) {
  await tell(store, { callId, kind: 'offered', at, number, queue: '12345' })
  if (outcome === 'completed' || outcome === 'lost') await tell(store, { callId, kind: 'answered', at })
  await tell(store, { callId, kind: 'ended', at: at + 1000, outcome })
}

async function goesOut(
  store: StoreFixture,
  callId: string,
  at: number,
  outcome: Outcome,
  { number = NUMBER, paysBack }: { number?: string; paysBack?: string } = {},
) {
  await tell(store, { callId, kind: 'dialled', at, number, purpose: 'citizen', paysBack })
  if (outcome === 'completed') await tell(store, { callId, kind: 'answered', at })
  await tell(store, { callId, kind: 'ended', at: at + 1000, outcome })
}

const list = (store: StoreFixture) => store.ask('call.shift', null)
const owed = async (store: StoreFixture) => (await list(store)).filter((call) => call.owed).map(({ callId }) => callId)
const next = async (store: StoreFixture) => (await store.ask('call.nextOwed', null))?.callId ?? null
const now = ({ clock }: StoreFixture) => clock.time

describe('the calls of a shift', () => {
  test('are hers of the last twelve hours, the newest first, with how each went', async () => {
    const store = await desk()
    const at = now(store)
    await comesIn(store, 'yesterday', at - SHIFT_MS - 1, 'completed')
    await comesIn(store, 'talked', at - 3 * HOUR, 'completed', '0750-3500123')
    await tell(store, { callId: 'asked', kind: 'dialled', at: at - 2 * HOUR, number: '1004', purpose: 'consult' })
    await tell(store, { callId: 'talked', kind: 'transferred', at: at - HOUR, to: '1004', how: 'attended' })
    await signedIn(store, '1004')
    await comesIn(store, 'of another', at - HOUR, 'completed')
    expect(await list(store)).toMatchObject([{ callId: 'of another' }])
    await signedIn(store, '1003')
    expect(await list(store)).toMatchObject([
      { callId: 'asked', direction: 'out', purpose: 'consult', number: '1004', answeredAt: null, endedAt: null },
      {
        callId: 'talked',
        at: at - 3 * HOUR,
        direction: 'in',
        number: '0750-3500123',
        answeredAt: at - 3 * HOUR,
        endedAt: at - 3 * HOUR + 1000,
        outcome: 'completed',
        transferredTo: '1004',
      },
    ])
  })

  test('name their case, and the draft of who asks; a saved case is opened from there as it stands', async () => {
    const store = await desk()
    const [saved, half] = [uuidv7(), uuidv7()]
    await comesIn(store, 'c', now(store), 'completed')
    await comesIn(store, 'd', now(store) + 1, 'completed')
    const words = { form: fullForm, startedAt: 1, author: '1003' }
    await store.ask('draft.save', { caseId: half, callId: 'd', ...words })
    const { caseNo } = await store.ask('case.save', { caseId: saved, callId: 'c', form: fullForm })
    expect(await list(store)).toMatchObject([
      { callId: 'd', caseId: half, caseNo: null },
      { callId: 'c', caseId: saved, caseNo },
    ])
    await store.ask('draft.reopen', { caseId: saved })
    expect((await store.ask('draft.list', null)).find(({ caseId }) => caseId === saved)).toMatchObject({
      callId: 'c',
      caseNo,
      form: fullForm,
      clean: true,
    })
    // What she writes into it is an edit of what stands.
    await store.ask('case.save', { caseId: saved, callId: 'c', form: { ...fullForm, content: '再补一句' } })
    await store.settle()
    const commands = store.central.applied.flatMap(({ body }) => (body.kind === 'case' ? [body.command] : []))
    expect(commands.at(-1)).toMatchObject({ type: 'case.edit', edits: [{ group: 'content' }] })
  })

  test('a case that another operator is writing, or that is not here, is not opened', async () => {
    const store = await desk()
    const caseId = uuidv7()
    await store.ask('draft.save', { caseId, callId: null, form: fullForm, startedAt: 1, author: '1004' })
    expect(await store.askRaw('draft.reopen', { caseId })).toMatchObject({ error: { code: 'forbidden' } })
    expect(await store.askRaw('draft.reopen', { caseId: uuidv7() })).toMatchObject({ error: { code: 'notFound' } })
  })

  test('are there after the store was started again', async () => {
    const store = await desk()
    await comesIn(store, 'c', now(store), 'missed')
    const again = await openFixture(store.dir, store.central)
    again.clock.time = store.clock.time
    await again.ask('store.resume', resume)
    expect(await list(again)).toEqual(await list(store))
    expect(await next(again)).toBe('c')
  })
})

describe('whom the desk owes a call', () => {
  test('B1 who was missed or could not be answered, and who was lost in the middle, whoever had called', async () => {
    const store = await desk()
    const at = now(store)
    const outcomes = ['missed', 'failed', 'lost', 'completed', 'rejected', 'transferred', 'elsewhere'] as const
    for (const [index, outcome] of outcomes.entries())
      await comesIn(store, outcome, at + index, outcome, `1380013221${index}`)
    await tell(store, { callId: 'rang', kind: 'offered', at: at + 10, number: '13900000000', queue: '12345' })
    await store.ask('call.endUnfinished', { up: [] })
    const dialled = { callId: 'broke', number: '13900000001', purpose: 'citizen' } as const
    await tell(store, { ...dialled, kind: 'dialled', at: at + 20 }, { callId: 'broke', kind: 'answered', at: at + 21 })
    await tell(store, { callId: 'broke', kind: 'ended', at: at + 22, outcome: 'lost' })
    expect(await owed(store)).toEqual(['broke', 'rang', 'lost', 'failed', 'missed'])
    expect(await store.ask('desk.today', null)).toMatchObject({ callsOwed: 5 })
  })

  test('B1 a colleague who rang directly is owed nothing', async () => {
    const store = await desk()
    await tell(store, { callId: 'c', kind: 'offered', at: now(store), number: '1004', queue: '' })
    await tell(store, { callId: 'c', kind: 'ended', at: now(store), outcome: 'missed' })
    expect(await list(store)).toMatchObject([{ purpose: 'colleague', owed: false }])
  })

  test('B2 is owed no more when she called again and was answered, by any spelling of her number', async () => {
    const store = await desk()
    await comesIn(store, 'c', now(store), 'missed', '+86 138 0013 2210')
    await comesIn(store, 'before', now(store) - 5000, 'completed')
    expect(await owed(store)).toEqual(['c'])
    await comesIn(store, 'again', now(store) + 5000, 'completed', '013800132210')
    expect(await owed(store)).toEqual([])
  })

  test('B2 is owed no more when a call that pays it back was answered, whatever number was dialled', async () => {
    const store = await desk()
    await comesIn(store, 'c', now(store), 'missed')
    await comesIn(store, 'other', now(store) + 1, 'missed', '13900139000')
    await goesOut(store, 'x', now(store) + 5000, 'completed', { number: '3500123', paysBack: 'c' })
    expect(await owed(store)).toEqual(['other'])
    await goesOut(store, 'y', now(store) + 6000, 'completed', { number: '13900139000' })
    expect(await owed(store)).toEqual([])
  })

  test('B3 several missed calls of one number are one promise', async () => {
    const store = await desk()
    await comesIn(store, 'first', now(store), 'missed')
    await comesIn(store, 'second', now(store) + 5000, 'missed')
    await comesIn(store, 'third', now(store) + 9000, 'rejected')
    expect(await owed(store)).toEqual(['second'])
  })

  test('B4 a try that nobody answered pays nothing; next is who was not tried, then who waits the longest', async () => {
    const store = await desk()
    const at = now(store)
    await comesIn(store, 'old', at, 'missed', '13900139001')
    await comesIn(store, 'new', at + 1000, 'missed', '13900139002')
    expect(await next(store)).toBe('new')
    await goesOut(store, 'try 1', at + 5000, 'failed', { number: '13900139002', paysBack: 'new' })
    expect(await next(store)).toBe('old')
    await goesOut(store, 'try 2', at + 9000, 'failed', { number: '13900139001', paysBack: 'old' })
    expect(await next(store)).toBe('new')
    await goesOut(store, 'try 3', at + 12_000, 'lost', { number: '13900139002', paysBack: 'new' })
    expect(await store.ask('call.nextOwed', null)).toMatchObject({ callId: 'old', tries: 1 })
    expect((await list(store)).find(({ callId }) => callId === 'new')).toMatchObject({ owed: true, tries: 2 })
  })

  test('B5 a withheld number cannot be called, nor one abroad', async () => {
    const store = await desk()
    await comesIn(store, 'hidden', now(store), 'missed', 'anonymous')
    await comesIn(store, 'abroad', now(store) + 1, 'missed', '+852 2345 6789')
    expect(await list(store)).toMatchObject([
      { number: '+852 2345 6789', owed: false },
      { number: '', owed: false },
    ])
    expect(await next(store)).toBeNull()
    expect(await store.ask('desk.today', null)).toMatchObject({ callsOwed: 0, missed: 2 })
  })

  test("B6 the operator's word ends the promise", async () => {
    const store = await desk()
    await comesIn(store, 'c', now(store), 'lost')
    await store.ask('call.settle', { callId: 'c', outcome: 'silent' })
    expect(await owed(store)).toEqual([])
  })

  test('B7 is owed by the desk, over the shift and whoever sits there', async () => {
    const store = await desk()
    await comesIn(store, 'c', now(store) - 30 * HOUR, 'missed')
    await signedIn(store, '1004')
    expect(await owed(store)).toEqual(['c'])
  })

  test('a list over thirty days of calls asks the indexes, not every case', async () => {
    const store = await desk()
    const plan = store.db.prepare(`EXPLAIN QUERY PLAN SELECT case_id FROM cases WHERE call_id = 'c'`).all() as {
      detail: string
    }[]
    expect(plan.map(({ detail }) => detail).join()).toContain('cases_call')
  })

  test('B8 whoever was answered at another desk is owed nothing here: asked after an exchange, and before the next is dialled', async () => {
    const store = await desk()
    await comesIn(store, 'rang on', now(store) - HOUR, 'missed')
    await comesIn(store, 'nobody', now(store) - HOUR, 'missed', '0750-3500123')
    expect(await owed(store)).toEqual(['rang on', 'nobody'])
    store.central.answered.add('rang on')
    expect(await next(store)).toBe('nobody')
    const told = (await list(store)).map((call) => [call.callId, call.owed, call.answeredElsewhere])
    expect(told).toEqual([
      ['rang on', false, true],
      ['nobody', true, false],
    ])
    store.central.answered.add('nobody')
    await store.settle()
    expect(await owed(store)).toEqual([])
  })

  test('B8 a call that is lost while its answer is on the way to central is owed: the answer is not asked about alone', async () => {
    const store = await desk()
    const at = now(store)
    await tell(store, { callId: 'cut off', kind: 'offered', at, number: NUMBER, queue: '12345' })
    await tell(store, { callId: 'cut off', kind: 'answered', at })
    const asked: string[] = []
    store.central.answeredCalls = (_device, callIds) => {
      asked.push(...callIds)
      return Promise.resolve(ok([]))
    }
    // The end comes about after the request was made, and before its answer is here.
    const { sync } = store.central
    let isLost = false
    store.central.sync = async (...request) => {
      const answer = await sync(...request)
      if (!isLost) {
        isLost = true
        await tell(store, { callId: 'cut off', kind: 'ended', at: at + 1000, outcome: 'lost' })
        expect(await next(store)).toBe('cut off')
      }
      return answer
    }
    await store.fire()
    expect([isLost, asked]).toEqual([true, []])
    await store.settle()
    expect(asked).toContain('cut off')
    expect(await owed(store)).toEqual(['cut off'])
  })

  test('B8 what is offered anew here is another matter than what was answered at another desk', async () => {
    const store = await desk()
    const at = now(store)
    await comesIn(store, 'rang on', at - HOUR, 'missed')
    store.central.answered.add('rang on')
    await store.settle()
    expect(await owed(store)).toEqual([])
    store.central.answered.clear()
    await comesIn(store, 'rang on', at, 'lost')
    await store.settle()
    expect(await owed(store)).toEqual(['rang on'])
  })

  test('B8 while central is away the desk goes by what it knows', async () => {
    const store = await desk()
    await comesIn(store, 'rang on', now(store) - HOUR, 'missed')
    store.central.answered.add('rang on')
    store.central.reachable = false
    expect(await next(store)).toBe('rang on')
  })

  test('is found by the numbers, not by walking all later calls', async () => {
    const { db } = await desk()
    const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM calls c WHERE ${unpaid}`).all()
    expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH d USING (COVERING )?INDEX calls_phone /)
  })

  test('the figures of the day count the calls of citizens alone', async () => {
    const store = await desk()
    const at = now(store)
    await goesOut(store, 'nobody there', at, 'failed')
    await tell(store, { callId: 'asked', kind: 'dialled', at, number: '1004', purpose: 'consult' })
    await tell(store, { callId: 'asked', kind: 'answered', at })
    await comesIn(store, 'rang', at, 'missed')
    await comesIn(store, 'spoke', at, 'completed', '0750-3500123')
    expect(await store.ask('desk.today', null)).toMatchObject({ answered: 1, missed: 1 })
  })
})
