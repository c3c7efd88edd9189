import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { legWordSchema, type LedgerAnswer } from '../../shared/ledger/entry.ts'
import { legBatchSchema, type LegBatchAnswer } from '../../shared/ledger/leg-event.ts'
import { byExchange, exchangeOf, needs, sessionOf } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import {
  countOpen,
  positionOf,
  readLedger,
  settle,
  settleLeg,
  takeEvents,
  type LedgerDeps,
  type LedgerQuery,
} from './service.ts'

const BATCH_BYTES = 1024 * 1024
const SETTLE_BYTES = 4096
const DAY_MS = 86_400_000
const MOST_DAYS = 31

const time = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
const querySchema = z.union([
  z.object({ open: z.literal('') }).transform((): LedgerQuery => ({ open: true })),
  z.object({ from: time, until: time }).refine(({ from, until }) => until - from <= MOST_DAYS * DAY_MS),
])
const positionSchema = legBatchSchema.pick({ source: true })

/**
 * POST /ledger/events and GET /ledger/position for exchanges; GET /ledger?open, ?from=MS&until=MS (31 days at most) and
 * /ledger/open, a count, for who reads it; POST /ledger/settle for the monitor's word. `changed`: the list may be another.
 */
export function ledgerRoutes(app: FastifyInstance, deps: LedgerDeps, changed: () => void): void {
  app.post('/ledger/events', { ...byExchange, bodyLimit: BATCH_BYTES }, async (request): Promise<LegBatchAnswer> => {
    const answer = await takeEvents(deps, exchangeOf(request), parseBody(legBatchSchema, request.body))
    // So that what nobody looks at does not pile up; what is left is settled by who reads.
    if (answer.taken) await settle(deps, 1)
    changed()
    return answer
  })

  app.get('/ledger/position', byExchange, async (request) => {
    const { source } = parseBody(positionSchema, request.query)
    return { position: await positionOf(deps, exchangeOf(request), source) }
  })

  app.get('/ledger', needs('ledger.read'), async (request): Promise<LedgerAnswer> => {
    return readLedger(deps, parseBody(querySchema, request.query), sessionOf(request))
  })

  app.get('/ledger/open', needs('ledger.read'), async () => ({ open: await countOpen(deps) }))

  app.post('/ledger/settle', { ...needs('ledger.settle'), bodyLimit: SETTLE_BYTES }, async (request) => {
    const answer = await settleLeg(deps, parseBody(legWordSchema, request.body), sessionOf(request))
    changed()
    if (answer !== 'settled') throw new Refusal('notFound', answer)
    return {}
  })
}
