/** The command that tells of an exchange's calls, against nodes that are killed, on a log that is rotated amid it. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { linkToCentral } from '../../central/ledger/central-link.ts'
import { DEMO_EXCHANGE } from '../../central/people/demo.ts'
import { startChild, type Child } from '../../build/stack/child.ts'
import { startCentral, type Stack } from '../../build/stack/stack.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { celLines, mustRead } from '../ledger/cel-lines.ts'
import { startBalancer, type Moment } from './support/balancer.ts'
import { createDatabase } from './support/drill-central.ts'
import { folder } from './support/drill-desk.ts'

const command = join(import.meta.dirname, '../../central/ops/ledger.ts')
const credential = { SANXIN_EXCHANGE_CREDENTIAL: DEMO_EXCHANGE }
const NODES = 3
const KILLS: readonly Moment[] = ['batch', 'batchTaken', 'batch', 'batchTaken']
/** Of each call nine events come to central: its log has twelve lines, and three of them say nothing new. */
const EVENTS = 9

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const portOf = ({ url }: Stack['central']) => Number(new URL(url).port)

/** What an exchange writes of a call. */
const textOf = (leg: string) => celLines.answered.map((line) => `${line.replaceAll('hall-', `${leg}-`)}\n`).join('')

test('E8.3 nodes and tellers are killed, the log is rotated: each call stands in the ledger once, and whole', async () => {
  const databaseUrl = await createDatabase(server, 'central', 'demo')
  const balancer = await startBalancer()
  onTestFinished(() => balancer.close())
  const nodes: Stack['central'][] = []
  for (let index = 0; index < NODES; index++) nodes.push(await startCentral({ databaseUrl }))
  onTestFinished(async () => void (await Promise.all(nodes.map(({ child }) => child.stop()))))
  const tellBalancer = () => balancer.setNodes(nodes.map(portOf))
  tellBalancer()

  const log = join(folder(), 'ledger.csv')
  const startTeller = () =>
    startChild(command, ['--central', `http://127.0.0.1:${balancer.port}`, '--cel', log], credential)
  const tellers: Child[] = [startTeller(), startTeller()]
  onTestFinished(async () => void (await Promise.all(tellers.map((one) => one.stop()))))
  await Promise.all(tellers.map((one) => one.said('following')))

  let calls = 0
  const write = (count: number) => {
    for (let index = 0; index < count; index++) {
      calls += 1
      appendFileSync(log, textOf(`call${calls}`))
    }
  }
  for (const [round, moment] of KILLS.entries()) {
    const struck = Promise.withResolvers<number>()
    balancer.strikeAt(moment, (port) => {
      const victim = nodes.findIndex((node) => portOf(node) === port)
      void nodes[victim]?.child.stop('SIGKILL')
      struck.resolve(victim)
    })
    write(80)
    const victim = await struck.promise
    // A line that is half written when the log is renamed, or when a teller dies, is one line all the same.
    const text = textOf(`half${round}`)
    appendFileSync(log, text.slice(0, 1000))
    if (round % 2 === 1) renameSync(log, `${log}.${round}`)
    await tellers[round % 2]?.stop('SIGKILL')
    appendFileSync(round % 2 === 1 ? `${log}.${round}` : log, text.slice(1000))
    calls += 1
    tellers[round % 2] = startTeller()
    write(20)
    nodes[victim] = await startCentral({ databaseUrl })
    tellBalancer()
  }

  const db = openPostgres(databaseUrl, { connections: 1 })
  onTestFinished(() => db.close())
  const standing = () =>
    db.tx('owner', async (sql) => {
      const [row] = await sql.query<Record<string, number>>(
        `select (select count(*)::int from ledger where rating = 4 and ending = 'answered' and exchange = 'demo') as legs,
           (select count(*)::int from ledger_events) as events, (select count(*)::int from ledger_strange) as strange`,
      )
      return row
    })
  await expect.poll(standing, { timeout: 60_000 }).toEqual({ legs: calls, events: calls * EVENTS, strange: 0 })
  // Told once more from nothing, by another one, it is the same.
  const again = spawnSync(process.execPath, [command, '--central', nodes[0]?.url ?? '', '--cel', log, '--once'], {
    env: { ...process.env, ...credential },
    encoding: 'utf8',
  })
  expect([again.status, again.stdout]).toEqual([0, ''])
})

test('E8.1 two files that tell of one call at the same moment, at two nodes: the row has what both told', async () => {
  const databaseUrl = await createDatabase(server, 'at_once', 'demo')
  const nodes = [await startCentral({ databaseUrl }), await startCentral({ databaseUrl })] as const
  onTestFinished(async () => void (await Promise.all(nodes.map(({ child }) => child.stop()))))
  const links = nodes.map(({ url }) => linkToCentral(url, DEMO_EXCHANGE))
  const events = mustRead('answered')
  const parts = [events.filter((_event, index) => index % 2 === 0), events.filter((_event, index) => index % 2 === 1)]
  const CALLS = 40
  for (let call = 0; call < CALLS; call++) {
    const tell = (half: number) => {
      const source = `${half}${call.toString().padStart(63, '0')}`
      const mine = (parts[half] ?? []).map((event) => ({ ...event, leg: `at-once-${call}` }))
      return links[half]?.tell({ source, from: 0, to: 100, events: mine, strange: [] })
    }
    const answers = await Promise.all([tell(0), tell(1)])
    expect(answers.map((answer) => answer?.taken)).toEqual([true, true])
  }
  const db = openPostgres(databaseUrl, { connections: 1 })
  onTestFinished(() => db.close())
  const [row] = await db.tx('owner', (sql) =>
    sql.query<{ whole: number }>(
      `select count(*)::int as whole from ledger
       where rating = 4 and ending = 'answered' and queued_at is not null and rang_at is not null`,
    ),
  )
  expect(row?.whole).toBe(CALLS)
})

test('wrong arguments and a wrong credential do nothing, and say what is wrong', async () => {
  const central = await startCentral({})
  onTestFinished(() => central.child.stop())
  const log = join(folder(), 'ledger.csv')
  appendFileSync(log, textOf('call'))
  const run = (args: readonly string[], SANXIN_EXCHANGE_CREDENTIAL = DEMO_EXCHANGE) => {
    const env = { ...process.env, SANXIN_EXCHANGE_CREDENTIAL }
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  const right = ['--central', central.url, '--cel', log, '--once']
  expect(run(right, '')).toMatchObject({ status: 2, stderr: expect.stringContaining('SANXIN_EXCHANGE_CREDENTIAL') })
  for (const args of [
    [],
    ['--central', 'http://central.example', '--cel', log],
    ['--central', central.url],
    [...right, '--events', log],
    [...right, '--unheard'],
    ['--central', central.url, '--cel', join(log, 'nowhere', 'x')],
  ])
    expect(run(args).status, args.join(' ')).toBe(2)
  const refused = run(right, DEMO_EXCHANGE.replace('known', 'wrong'))
  expect([refused.status, JSON.parse(refused.stdout)]).toEqual([1, { event: 'notTold', code: 'deviceUnknown' }])
  expect(run(right)).toMatchObject({ status: 0, stdout: '{"event":"told","lines":12,"strange":0}\n' })
})
