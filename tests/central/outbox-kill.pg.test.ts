/** A node that is killed (kill -9) while a gateway has its message: the next one sends it again, under the same id. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { messageCarrier } from '../../central/messages/carrier.ts'
import { createHttpGateway } from '../../central/messages/http-gateway.ts'
import { shippedTemplates } from '../../central/messages/templates.ts'
import { newSecret } from '../../central/outbox/signature.ts'
import { updateChannels } from '../../central/outbox/sql.ts'
import { createWorker } from '../../central/outbox/worker.ts'
import * as given from '../contract/db-fixture.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'
import { startReceiver } from './support/receiver.ts'

let server: PostgresServer
let url: string
beforeAll(async () => {
  server = await startPostgres()
  url = await createDatabase(server, 'central', 'ready')
})
afterAll(() => server?.stop())

test('M4.4 a node that is killed while it sends loses nothing, and who keeps ids has it once', async () => {
  const db = openPostgres(url)
  const central = await given.startCentral(db)
  central.clock.time = Date.now()
  await db.tx('owner', (sql) => updateChannels(sql, true))
  const { caseId, mutation } = given.openCase()
  const reply = { mode: 'later' as const, text: '', articles: [] }
  const at = central.clock.time
  const replied = given.caseMutation({ type: 'case.reply', caseId, base: { mutation: mutation.id }, reply }, '1001', at)
  await (await given.signIn(central.app)).sync([{ ...mutation, at }, replied])

  const arrived = Promise.withResolvers<void>()
  const receiver = await startReceiver(() => {
    arrived.resolve()
    return null
  })
  const [gatewayUrl, secret] = [`http://127.0.0.1:${receiver.port}/send`, newSecret()]
  const node = spawn(process.execPath, [
    join(import.meta.dirname, 'support/worker-process.ts'),
    url,
    gatewayUrl,
    secret,
  ])
  await arrived.promise
  node.kill('SIGKILL')
  await once(node, 'exit')

  receiver.answers(() => ({ status: 202 }))
  const clock = { time: Date.now(), now: () => clock.time }
  const gateway = createHttpGateway({ url: new URL(gatewayUrl), secret }, clock)
  const carriers = [messageCarrier({ gateway, templates: shippedTemplates(), publicUrl: null })]
  const other = createWorker({ db, clock, carriers, log: () => undefined })
  await other.round()
  expect(receiver.received).toHaveLength(1)
  // Its lease has run out.
  clock.time += 60_000
  await other.round()
  expect(receiver.received).toHaveLength(2)
  expect(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(await given.count(db, `outbox where status = 'sent'`)).toBe(1)
  await other.round()
  expect(receiver.received).toHaveLength(2)
  await receiver.stop()
  await central.app.close()
  await db.close()
})
