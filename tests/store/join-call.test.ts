/** A call that is joined to a case that stands: one commit, with central there or away. */
import { describe, expect, test } from 'vitest'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { fail } from '../../shared/errors.ts'
import { similarQuerySchema } from '../../shared/case/similar.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const into = '01920000-0000-7000-8000-000000000001'
const draft = '01920000-0000-7000-8000-000000000002'
const form = { ...fullForm, replyMode: 'later' as const, reply: '', address: '青云小区', content: '青云小区停水' }
const hers = { ...form, callerName: '李女士', callerPhone: '13800138002', content: '七栋也停水' }

/** A desk with a saved case, and a draft of another call about it. */
async function atDesk(): Promise<StoreFixture> {
  const store = await signedIn(await openFixture())
  await store.ask('case.save', { caseId: into, callId: 'call-1', form })
  await store.settle()
  await store.ask('draft.save', { caseId: draft, callId: 'call-2', form: hers, startedAt: 5, author: '1003' })
  return store
}
const sent = ({ db }: StoreFixture) =>
  db
    .prepare<[], { mutation: string }>('SELECT mutation FROM outbox ORDER BY seq')
    .all()
    .map(({ mutation }) => JSON.parse(mutation).body)

describe('S3.9 a call that is joined', () => {
  test('goes to central with its words and its outcome, shows in the case at once, and its draft is gone', async () => {
    const store = await atDesk()
    await store.ask('case.joinCall', { caseId: draft, callId: 'call-2', form: hers, into })
    expect(sent(store).slice(-2)).toMatchObject([
      { kind: 'case', command: { type: 'case.call', caseId: into, callId: 'call-2' }, caller: { name: '李女士' } },
      { kind: 'call', fact: { callId: 'call-2', kind: 'settled', outcome: 'joinedCase', caseId: into } },
    ])
    expect(await store.ask('draft.list', null)).not.toContainEqual(expect.objectContaining({ caseId: draft }))
    const { page, from } = await store.ask('case.page', { caseId: into })
    expect(from).toBe('desk')
    expect(page.calls).toMatchObject([
      { callerId: null, caller: { name: '陈先生' } },
      { caller: { name: '李女士', phone: '13800138002' }, text: '七栋也停水', wantsReply: true },
    ])
    await store.settle()
    expect((await store.ask('case.page', { caseId: into })).page.record.life.calls).toHaveLength(1)
  })

  test('K8.7 by the one whose case it is, with central away: one more call of hers, and not one more caller', async () => {
    const store = await atDesk()
    store.central.reachable = false
    const again = { ...hers, callerPhone: '138 0013 8002' }
    const own = { ...hers, callerPhone: form.callerPhone }
    for (const [caseId, one] of [
      ['01920000-0000-7000-8000-000000000003', own],
      [draft, hers],
      ['01920000-0000-7000-8000-000000000004', again],
    ] as const)
      await store.ask('case.joinCall', { caseId, callId: `call-${caseId}`, form: one, into })
    const { page } = await store.ask('case.page', { caseId: into })
    expect(page.calls.map((call) => [call.again, call.wantsReply])).toEqual([
      [false, true],
      [true, false],
      [false, true],
      [true, false],
    ])
    const { list } = await store.ask('case.find', caseQuerySchema.parse({}))
    expect(list.cases).toMatchObject([{ caseId: into, callers: 2 }])
  })

  test('to a case that this desk does not have, it is kept all the same', async () => {
    const store = await atDesk()
    const elsewhere = '01920000-0000-7000-8000-000000000009'
    store.central.judge = (mutation) =>
      mutation.body.kind === 'case' && mutation.body.command.type === 'case.call'
        ? { status: 'quarantined', code: 'unknownCase' }
        : null
    await store.ask('case.joinCall', { caseId: draft, callId: 'call-2', form: hers, into: elsewhere })
    await store.settle()
    // What central could not take comes back with every word, as a matter of its own.
    const [refused] = await store.ask('sync.refused', null)
    expect(refused).toMatchObject({ what: 'case.call', code: 'unknownCase', form: hers })
    const { caseId } = await store.ask('sync.takeBack', { id: refused!.id })
    expect(await store.ask('draft.list', null)).toContainEqual(
      expect.objectContaining({ caseId, callId: 'call-2', form: hers, caseNo: null }),
    )
  })

  test('needs her number, unless she wants no reply; nothing else', async () => {
    const store = await atDesk()
    const anonymous = { ...hers, callerPhone: '', kind: null, content: '' }
    const input = { caseId: draft, callId: 'call-2', form: anonymous, into }
    expect(await store.askRaw('case.joinCall', input)).toEqual(fail('invalidInput', 'callerPhone'))
    expect(await store.ask('draft.list', null)).toHaveLength(1)
    await store.ask('case.joinCall', { ...input, form: { ...anonymous, replyMode: 'notWanted' as const } })
    expect((await store.ask('case.page', { caseId: into })).page.calls[1]).toMatchObject({ wantsReply: false })
  })

  test('is no call any more that was saved as a case', async () => {
    const store = await atDesk()
    await store.ask('case.save', { caseId: draft, callId: 'call-2', form: hers })
    const answer = await store.askRaw('case.joinCall', { caseId: draft, callId: 'call-2', form: hers, into })
    expect(answer).toEqual(fail('illegalTransition', 'saved'))
  })
})

test('K9.4 what is like a case is found among the desk’s own while central is away, and it says so', async () => {
  const store = await atDesk()
  const query = similarQuerySchema.parse({
    ...{ caseId: draft, code: form.classification, district: form.district },
    ...{ address: '青云小区', text: '小区里停水了' },
  })
  const { cases, from } = await store.ask('case.similar', query)
  expect(from).toBe('desk')
  expect(cases).toMatchObject([{ caseId: into, state: 'toDispatch', callers: 1 }])
  store.clock.time += 15 * 86_400_000
  expect((await store.ask('case.similar', query)).cases).toEqual([])
})
