/** Equal nodes behind one address, killed in turn while desks are at work. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { startCentral, type Stack } from '../../build/stack/stack.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { startBalancer } from './support/balancer.ts'
import { openDesk, type DrillDesk } from './support/drill-desk.ts'
import { createDatabase, differences } from './support/drill-central.ts'

const NODES = 3
const KILLS = 6

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const portOf = ({ url }: Stack['central']) => Number(new URL(url).port)

test('R4.5 nodes killed under load: all that desks saved is at central once, and every replica is equal', async () => {
  const databaseUrl = await createDatabase(server, 'central', 'demo')
  const balancer = await startBalancer()
  onTestFinished(() => balancer.close())
  const nodes: Stack['central'][] = []
  for (let index = 0; index < NODES; index++) nodes.push(await startCentral({ databaseUrl }))
  onTestFinished(async () => void (await Promise.all(nodes.map(({ child }) => child.stop()))))
  const tellBalancer = () => balancer.setNodes(nodes.map(portOf))
  tellBalancer()

  const desks: DrillDesk[] = []
  for (const staffNo of ['1001', '1002', '1003', '1004']) {
    const desk = await openDesk(balancer.port, staffNo)
    await desk.signIn()
    desks.push(desk)
  }

  const saved: string[] = []
  const recorded: string[] = []
  /** Each desk saves, corrects and records; their requests are on the way when a node dies. */
  async function work(round: number): Promise<void> {
    for (const [index, desk] of desks.entries()) {
      const { caseId } = await desk.save(`第 ${round} 轮 ${index}`)
      await desk.save(`第 ${round} 轮 ${index}，改过`, caseId)
      saved.push(caseId)
      recorded.push(`call-${round}-${index}`)
      await desk.record(`call-${round}-${index}`)
      desk.tick()
    }
  }
  for (let kill = 0; kill < KILLS; kill++) {
    // In turn as it is asked to apply something, and as it says that this is done: then nobody is told so.
    const struck = Promise.withResolvers<number>()
    balancer.strikeAt(kill % 2 === 0 ? 'request' : 'answer', (port) => {
      const victim = nodes.findIndex((node) => portOf(node) === port)
      if (victim >= 0) void nodes[victim]?.child.stop('SIGKILL')
      struck.resolve(victim)
    })
    let hit = false
    const victim = struck.promise.finally(() => (hit = true))
    await work(kill)
    await expect.poll(() => desks.forEach((desk) => desk.tick()) ?? hit, { timeout: 20_000 }).toBe(true)
    await work(kill + KILLS)
    nodes[await victim] = await startCentral({ databaseUrl })
    tellBalancer()
  }
  for (const desk of desks) await desk.drained()

  const db = openPostgres(databaseUrl, { connections: 1 })
  onTestFinished(() => db.close())
  expect(await differences(db, desks, { saved, recorded })).toEqual([])
})
