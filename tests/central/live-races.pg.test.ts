/** What /live tells where several commit at the same moment, or somebody comes while it is read. */
import { expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { selectHead, selectRowsAfter } from '../../central/feed/sql.ts'
import { createHeadWatch } from '../../central/live/head-watch.ts'
import { listen, openLive } from '../contract/db-contract-live.ts'
import * as given from '../contract/db-fixture.ts'
import { gated } from './support/gated-db.ts'
import { newDatabase, startNode } from './support/race-ground.ts'

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
  const heard = Promise.withResolvers<Uint8Array>()
  await watch.subscribe({ storeId: one.storeId, team: null }, () => {})
  const reached = gate.shut()
  await one.sync([given.editContent(caseId, { mutation: mutation.id }, '再改')])
  watch.kick()
  await reached
  await watch.subscribe({ storeId: late.storeId, team: null }, heard.resolve)
  gate.open()
  // What it follows is not known at this moment: it is to pull.
  expect(JSON.parse(Buffer.from(await heard.promise).toString())).toEqual({ type: 'changed', head: expect.any(Number) })
})

test('L9 desks to which the same is new hear the same bytes, put together once, and others their own', async () => {
  const central = await startNode(openPostgres(await newDatabase()))
  const sitting = [
    await given.signIn(central.app, '1001'),
    await given.signIn(central.app, '1002'),
    await given.signIn(central.app, '1003'),
  ] as const
  const [author, colleague, other] = sitting
  const [first, second] = [given.openCase(), given.openCase()]
  const edit = (one: typeof first, by: string) => given.editContent(one.caseId, given.baseAfter(one.mutation), by, by)
  await author.sync([first.mutation, second.mutation])
  await colleague.sync([edit(first, '1002'), edit(second, '1002')])
  await other.sync([edit(second, '1003')])

  const watch = createHeadWatch(central.db, central.clock, () => {}, { coalesceMs: 1, pollMs: 60_000 })
  onTestFinished(() => watch.close())
  const signs = sitting.map(() => Promise.withResolvers<Uint8Array>())
  for (const [index, { storeId }] of sitting.entries())
    await watch.subscribe({ storeId, team: null }, (sign) => signs[index]?.resolve(sign))
  await author.sync([edit(first, '1001'), edit(second, '1001')])
  watch.kick()
  const [hers, hersToo, his] = await Promise.all(signs.map(({ promise }) => promise))
  expect(hersToo).toBe(hers)
  const casesIn = (sign: Uint8Array | undefined) => {
    const { page } = JSON.parse(Buffer.from(sign ?? []).toString()) as { page: { changes: { caseId: string }[] } }
    return page.changes.map(({ caseId }) => caseId)
  }
  expect(casesIn(hers)).toEqual([first.caseId, second.caseId])
  expect(casesIn(his)).toEqual([second.caseId])
})

/** Two nodes, an author at each, and a colleague who has a hand in a case of both and listens at the first. */
async function listenWithTwoNodes() {
  const url = await newDatabase()
  // Whoever reads the feed for /live stands before this gate.
  const gate = gated(openPostgres(url), 'from feed\n     where seq > $1::bigint order by seq')
  const here = await startNode(gate.db, { live: { coalesceMs: 1, pollMs: 60_000 } })
  const there = await startNode(openPostgres(url))
  const [hers, others] = [await given.signIn(here.app, '1001'), await given.signIn(there.app, '1002')]
  const colleague = await given.signIn(here.app, '1003')
  const [first, second] = [given.openCase(), given.openCase()]
  await hers.sync([first.mutation])
  await others.sync([second.mutation])
  const edit = ({ caseId, mutation }: typeof first, by: string) =>
    given.editContent(caseId, given.baseAfter(mutation), `${by}的`, by)
  await colleague.sync([edit(first, '1003'), edit(second, '1003')])
  await colleague.pullAll()
  const live = await openLive(await listen(here))
  onTestFinished(() => live.socket.terminate())
  live.send({ type: 'hello', ...colleague })
  await live.next()
  return {
    gate,
    live,
    changeHere: () => hers.sync([edit(first, '1001')]),
    changeThere: () => others.sync([edit(second, '1002')]),
    page: (...cases: (typeof first)[]) => ({
      page: { from: colleague.cursor, changes: cases.map(({ caseId }) => ({ kind: 'case', caseId })) },
    }),
    first,
    second,
  }
}

test('L12 what a node committed itself it tells without reading the feed', async () => {
  const { gate, live, changeHere, page, first } = await listenWithTwoNodes()
  void gate.shut()
  await changeHere()
  expect(await live.next()).toMatchObject(page(first))
  gate.open()
})

test('L12 R5.1 where another node’s change came between, both are told, neither is skipped', async () => {
  const { live, changeHere, changeThere, page, first, second } = await listenWithTwoNodes()
  await changeThere()
  await changeHere()
  expect(await live.next()).toMatchObject(page(second, first))
})

test('L12 what was committed here unknown, as a step is, is told along with what is known', async () => {
  const central = await startNode(openPostgres(await newDatabase()))
  const { db, clock } = central
  const author = await given.signIn(central.app, '1001')
  const watch = createHeadWatch(db, clock, () => {}, { coalesceMs: 1, pollMs: 60_000 })
  onTestFinished(() => watch.close())
  const heard = Promise.withResolvers<Uint8Array>()
  const { head } = await watch.subscribe({ storeId: author.storeId, team: null }, heard.resolve)
  await author.sync([given.openCase().mutation])
  const known = await db.tx('sanxin_live', async (sql) => ({
    epoch: (await selectHead(sql)).epoch,
    rows: await selectRowsAfter(sql, head, 10),
  }))
  await author.sync([given.openCase().mutation])
  const last = await db.tx('sanxin_live', selectHead)
  watch.kick(known)
  watch.kick()
  expect(JSON.parse(Buffer.from(await heard.promise).toString())).toMatchObject({ head: last.head })
})
