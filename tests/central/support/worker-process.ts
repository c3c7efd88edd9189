/** A node's worker in a process of its own, to be killed: `node worker-process.ts DATABASEURL GATEWAYURL SECRET`. */
import { openPostgres } from '../../../central/db/postgres.ts'
import { messageCarrier } from '../../../central/messages/carrier.ts'
import { createHttpGateway } from '../../../central/messages/http-gateway.ts'
import { shippedTemplates } from '../../../central/messages/templates.ts'
import { createWorker } from '../../../central/outbox/worker.ts'

const [databaseUrl = '', gatewayUrl = '', secret = ''] = process.argv.slice(2)
const clock = { now: () => Date.now() }
const gateway = createHttpGateway({ url: new URL(gatewayUrl), secret }, clock)
const carriers = [messageCarrier({ gateway, templates: shippedTemplates(), publicUrl: null })]
const db = openPostgres(databaseUrl, { connections: 2 })
await createWorker({ db, clock, carriers, log: () => undefined }).round()
await db.close()
