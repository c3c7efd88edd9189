/** What only a slow statement among several connections can show. */
import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { createHeadWatch } from '../../central/live/head-watch.ts'
import * as given from '../contract/db-fixture.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'

let server: PostgresServer
let made = 0
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function newDatabase(): Promise<string> {
  made += 1
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database races_${made}`)
  await admin.end()
  return `postgres://postgres@127.0.0.1:${server.port}/races_${made}`
}

/** A database whose statements that contain `text` wait while the gate is shut, as a slow one would. */
function gated(db: Db, text: string) {
  let gate: PromiseWithResolvers<void> | null = null
  let reached = Promise.withResolvers<void>()
  const wrapped: Db = {
    ...db,
    tx: (role, fn, actor) =>
      db.tx(
        role,
        (sql) =>
          fn({
            ...sql,
            query: async (query, params) => {
              if (gate !== null && query.includes(text)) {
                reached.resolve()
                await gate.promise
              }
              return sql.query(query, params)
            },
          }),
        actor,
      ),
  }
  return {
    db: wrapped,
    /** Resolves when a statement stands before it. */
    shut: () => {
      gate = Promise.withResolvers<void>()
      reached = Promise.withResolvers<void>()
      return reached.promise
    },
    open: () => {
      gate?.resolve()
      gate = null
    },
  }
}

async function startNode(db: Db): Promise<given.Central> {
  const central = await given.startCentral(db)
  onTestFinished(async () => {
    await central.app.close()
    await db.close()
  })
  return central
}

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

test('L9 who comes while the news are being read is not told that a case of hers left', async () => {
  const url = await newDatabase()
  const central = await startNode(openPostgres(url))
  const [one, late] = [await given.signIn(central.app, '1001'), await given.signIn(central.app, '1002')]
  const { caseId, mutation } = given.openCase()
  await one.sync([mutation])
  await late.sync([given.editContent(caseId, given.baseAfter(mutation), '她的', '1002')])
  for (const desk of [one, late]) await desk.pullAll()

  const gate = gated(openPostgres(url), 'as desk("storeId" uuid, team text)')
  const watch = createHeadWatch(gate.db, central.clock, () => {}, { coalesceMs: 1, pollMs: 60_000 })
  onTestFinished(async () => {
    await watch.close()
    await gate.db.close()
  })
  const heard = Promise.withResolvers<string | null>()
  await watch.subscribe({ storeId: one.storeId, team: null }, () => {})
  const reached = gate.shut()
  await one.sync([given.editContent(caseId, { mutation: mutation.id }, '再改')])
  watch.kick()
  await reached
  await watch.subscribe({ storeId: late.storeId, team: null }, (_head, page) => heard.resolve(page))
  gate.open()
  // What it follows is not known at this moment: it is to pull.
  expect(await heard.promise).toBeNull()
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
