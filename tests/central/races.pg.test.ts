/** What only a slow statement among several connections can show. */
import { expect, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { settle } from '../../central/ledger/service.ts'
import { callAbout } from '../contract/call-fixture.ts'
import * as given from '../contract/db-fixture.ts'
import { gated } from './support/gated-db.ts'
import { newDatabase, startNode } from './support/race-ground.ts'

test('R5.11 a case that is asked for while a colleague’s change of it is being committed: the change comes, too', async () => {
  const url = await newDatabase()
  const gate = gated(openPostgres(url), 'insert into case_events')
  const [a, b] = [await startNode(gate.db), await startNode(openPostgres(url))]
  const owner = await given.signIn(a.app, '1001')
  const asking = await given.signIn(b.app, '1002')
  const { caseId, mutation } = given.openCase('0750-3511222')
  await owner.sync([mutation])
  await asking.pullAll()
  const reached = gate.shut()
  const edit = owner.sync([given.editContent(caseId, { mutation: mutation.id }, '第二版')])
  await reached
  const asked = given.post(b.app, '/cases/of-caller', { phone: '0750-3511222' }, asking.token)
  await asking.pullAll()
  gate.open()
  await Promise.all([edit, asked])
  await asking.pullAll()
  expect(asking.cases.get(caseId)).toHaveLength(2)
})

/** Two nodes, the first of which stands before the statement with `text` while the other one goes on. */
async function overtaken(
  text: string,
  first: (desk: given.Desk) => Promise<unknown>,
  then: (desk: given.Desk) => Promise<unknown>,
) {
  const url = await newDatabase()
  const gate = gated(openPostgres(url), text)
  const [a, b] = [await startNode(gate.db), await startNode(openPostgres(url))]
  const [slow, quick] = [await given.signIn(a.app, '1001'), await given.signIn(b.app, '1002')]
  const reached = gate.shut()
  const late = first(slow)
  await reached
  await then(quick)
  gate.open()
  await late
  return { db: b.db, slow, quick }
}

test('R4.2 two desks tell of a call that is new at the same moment: the call knows what both told', async () => {
  const fact = (kind: 'offered' | 'answered', at: number, author: string) =>
    given.callMutation(
      kind === 'offered'
        ? { callId: 'both', kind, at, number: '13800138000', queue: '12345' }
        : { callId: 'both', kind, at },
      author,
    )
  const { db } = await overtaken(
    'insert into calls (',
    (desk) => desk.sync([fact('offered', 10, '1001')]),
    (desk) => desk.sync([fact('offered', 20, '1002'), fact('answered', 30, '1002')]),
  )
  const rows = await db.tx('owner', (sql) =>
    sql.query(`select offered_at as "offeredAt", answered_at as "answeredAt" from calls where call_id = 'both'`),
  )
  expect(rows).toEqual([{ offeredAt: 10, answeredAt: 30 }])
  expect(await given.count(db, 'call_facts')).toBe(3)
})

test('R4.2 a case that is opened twice at the same moment is opened once, and the second hears of it', async () => {
  const opened = given.openCase()
  const again = { ...opened.mutation, id: given.nextId(), author: '1002' }
  const answers: { status: string }[][] = []
  const send = (mutation: typeof again) => async (desk: given.Desk) =>
    void answers.push((await desk.sync([mutation])).answers)
  const { db } = await overtaken('as one(number)', send(opened.mutation), send(again))
  expect(answers.map(([one]) => one?.status)).toEqual(['applied', 'refused'])
  expect(await given.count(db, 'case_events')).toBe(1)
  expect(await given.count(db, 'feed where kind = $1', ['case'])).toBe(2)
})

test('R4.2 one mutation from two desks at the same moment has one effect and one answer', async () => {
  const { mutation } = given.openCase()
  const answers: unknown[] = []
  const send = async (desk: given.Desk) => void answers.push((await desk.sync([mutation])).answers)
  const { db } = await overtaken('as one(number)', send, send)
  expect(answers[0]).toEqual([{ id: mutation.id, status: 'applied', revision: 1 }])
  expect(answers[1]).toEqual(answers[0])
  expect(await given.count(db, 'case_events')).toBe(1)
})

test('R6.8 R4.2 one identity that two desks give to two cases at the same moment: the first one has it, the second is set aside', async () => {
  const first = given.openCase('13800138000', '路灯不亮', '来电人')
  const { callerId } = first
  const second = given.openCase('13800138000', '井盖破损', '李女士')
  if (second.mutation.body.kind !== 'case' || second.mutation.body.command.type !== 'case.open')
    throw new Error('opens')
  const { command } = second.mutation.body
  const hers = { ...command, groups: given.someGroups(callerId) }
  const body = { ...second.mutation.body, command: hers, caller: { callerId, name: '李女士', phone: '13800138000' } }
  const answers: { status: string; code?: string | undefined }[] = []
  const { db } = await overtaken(
    'insert into callers (',
    async (desk) => void answers.push(...(await desk.sync([{ ...second.mutation, body }])).answers),
    (desk) => desk.sync([first.mutation]),
  )
  expect(answers).toMatchObject([{ status: 'quarantined', code: 'strangeCaller' }])
  expect(await given.count(db, 'callers where name = $1', ['来电人'])).toBe(1)
  expect(await given.count(db, 'callers_before')).toBe(0)
})

test('R4.2 a case that comes from another desk once the locks are had: what goes on from it is decided upon it', async () => {
  const { caseId, mutation } = given.openCase()
  const edit = given.editContent(caseId, { mutation: mutation.id }, '第二版')
  const answers: { status: string }[] = []
  await overtaken(
    'from mutations where id',
    // As a copy of its file sends it: the same mutations, and one that the other has not sent yet.
    async (desk) => void answers.push(...(await desk.sync([mutation, edit])).answers),
    (desk) => desk.sync([mutation]),
  )
  expect(answers.map(({ status }) => status)).toEqual(['applied', 'applied'])
})

test('R4.2 who comes while a call that stands is being told of waits for it', async () => {
  const url = await newDatabase()
  const gate = gated(openPostgres(url), 'insert into calls (')
  const [a, b] = [await startNode(gate.db), await startNode(openPostgres(url))]
  const [one, two] = [await given.signIn(a.app, '1001'), await given.signIn(b.app, '1002')]
  const told = (kind: 'answered' | 'talking', at: number) => given.callMutation({ callId: 'stands', kind, at })
  await one.sync([
    given.callMutation({ callId: 'stands', kind: 'offered', at: 1, number: '13800138000', queue: '12345' }),
  ])
  const reached = gate.shut()
  const first = one.sync([told('answered', 20)])
  await reached
  expect(await given.count(b.db, `pg_locks where locktype = 'advisory' and classid = 12345 and granted`)).toBe(1)
  const second = two.sync([told('answered', 10)])
  gate.open()
  await Promise.all([first, second])
  const rows = await b.db.tx('owner', (sql) => sql.query(`select answered_at as "answeredAt" from calls`))
  expect(rows).toEqual([{ answeredAt: 10 }])
})

test('R8.2 R5.11 a joining that became another one while its undoing waited: who asks for the case of now hears of it', async () => {
  const url = await newDatabase()
  const locking = gated(openPostgres(url), 'pg_advisory_xact_lock(12345')
  const asking = gated(openPostgres(url), 'insert into feed', 'commit')
  const [a, b, c] = [await startNode(locking.db), await startNode(openPostgres(url)), await startNode(asking.db)]
  const [centre, owner] = [await given.signIn(b.app, '1010'), await given.signIn(b.app, '1001')]
  const colleague = await given.signIn(c.app, '1002')
  const matter = async (phone: string) => {
    const { caseId, mutation } = given.openCase(phone)
    const reply = { mode: 'later' as const, text: '', articles: [] }
    const base = { mutation: mutation.id }
    await owner.sync([mutation, given.caseMutation({ type: 'case.reply', caseId, base, reply })])
    return caseId
  }
  const [joined, first, second] = [
    await matter('13800132001'),
    await matter('13800132002'),
    await matter('13800132003'),
  ]
  const step = async ({ app }: given.Central, what: CaseStep) =>
    (await given.post(app, `/cases/${joined}/steps`, { id: given.nextId(), step: what }, centre.token)).statusCode
  const undo = { type: 'unjoin', reason: '不是同一处' } as const
  expect(await step(b, { type: 'join', into: first })).toBe(200)
  const atLock = locking.shut()
  const late = step(a, undo)
  await atLock
  expect(await step(b, undo)).toBe(200)
  expect(await step(b, { type: 'join', into: second })).toBe(200)
  const atCommit = asking.shut()
  const asked = c.app.inject({ url: `/cases/${second}`, headers: { authorization: `Bearer ${colleague.token}` } })
  await atCommit
  locking.open()
  await expect.poll(() => given.count(b.db, 'pg_locks where not granted')).toBe(1)
  asking.open()
  expect([(await asked).statusCode, await late]).toEqual([200, 200])
  // It entered, and what was undone is told to it.
  const told = 'feed where ref = $1 and store_id = $2::uuid'
  expect(await given.count(b.db, told, [second, colleague.storeId])).toBe(2)
  await colleague.pullAll()
  expect(colleague.cases.get(second)?.at(-1)).toMatchObject({ step: { type: 'takeOut' } })
})

test('R8.10 what becomes a report while the case that it was joined into is joined itself: who reports goes from there, too', async () => {
  const url = await newDatabase()
  const gate = gated(openPostgres(url), 'pg_advisory_xact_lock(12345, bucket) from')
  const [a, b] = [await startNode(gate.db), await startNode(openPostgres(url))]
  const [centre, taker] = [await given.signIn(b.app, '1010'), await given.signIn(a.app, '1001')]
  const other = await given.signIn(b.app, '1002')
  const matter = async (desk: given.Desk, phone: string) => {
    const { caseId, mutation } = given.openCase(phone)
    await desk.sync([{ ...mutation, author: desk.staffNo }, given.replyLater(caseId, mutation.id)])
    return { caseId, mutation }
  }
  const [joined, first, last] = [
    await matter(taker, '13800132021'),
    await matter(taker, '13800132022'),
    await matter(other, '13800132023'),
  ]
  const join = async (caseId: string, into: string) =>
    (
      await given.post(
        b.app,
        `/cases/${caseId}/steps`,
        { id: given.nextId(), step: { type: 'join', into } },
        centre.token,
      )
    ).statusCode
  /** Whether the other desk is told who called first; null where it is told nothing of the case. */
  const told = async () => {
    const changes = (await other.pullAll()).flatMap((page) => page.changes)
    const change = changes.findLast((one) => one.kind === 'case' && one.caseId === last.caseId)
    return change === undefined ? null : JSON.stringify(change).includes('13800132021')
  }
  expect(await join(joined.caseId, first.caseId)).toBe(200)
  const edits = [{ group: 'classification' as const, value: { kind: 'report' as const, code: '0405' } }]
  const base = { mutation: joined.mutation.id }
  const reached = gate.shut()
  const edit = taker.sync([given.caseMutation({ type: 'case.edit', caseId: joined.caseId, base, edits })])
  await reached
  expect(await join(first.caseId, last.caseId)).toBe(200)
  expect(await told()).toBe(true)
  gate.open()
  expect((await edit).answers).toMatchObject([{ status: 'applied' }])
  expect(await told()).toBe(false)
})

test('E12 a call that is taken out while its leg is being settled names its own case, not the one that it was joined to', async () => {
  const url = await newDatabase()
  const gate = gated(openPostgres(url), 'update ledger set outcome = told.outcome')
  const [a, b] = [await startNode(gate.db), await startNode(openPostgres(url))]
  const [centre, desk] = [await given.signIn(b.app, '1010'), await given.signIn(b.app, '1002')]
  const { caseId, mutation } = given.openCase('13800132011')
  const reply = { mode: 'later' as const, text: '', articles: [] }
  const base = { mutation: mutation.id }
  const { callId, callerId, mutation: call } = callAbout(caseId, '13800132012')
  const at = b.clock.time
  await desk.sync([mutation, given.caseMutation({ type: 'case.reply', caseId, base, reply }), call])
  await desk.sync([given.callMutation({ callId, kind: 'settled', at, outcome: 'joinedCase', caseId }, '1002')])
  await b.db.tx('sanxin_ledger', (sql) =>
    sql.query(
      `insert into ledger (exchange, leg, number, phone_key, called, began_at, seen_at, heard_at, answered_at, ended_at, ending)
       values ('hall', $1::text, '', '', '', 1, 1, 1, 1, 1, 'answered')`,
      [callId],
    ),
  )
  const reached = gate.shut()
  const settling = settle(a)
  await reached
  const step = { type: 'takeOut', caller: callerId, reason: '说的是井盖' }
  const out = given.post(b.app, `/cases/${caseId}/steps`, { id: given.nextId(), step }, centre.token)
  await expect.poll(() => given.count(b.db, 'pg_locks where not granted')).toBe(1)
  gate.open()
  await settling
  expect((await out).statusCode).toBe(200)
  expect(
    await b.db.tx('owner', (sql) =>
      sql.query(`select l.outcome, c.call_id as "callId" from ledger l join cases c using (case_id)`),
    ),
  ).toEqual([{ outcome: 'newCase', callId }])
})
