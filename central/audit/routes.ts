import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Db } from '../db/db.ts'
import { needs, sessionOf } from '../http/access.ts'
import { parseBody } from '../http/refusal.ts'
import { selectAudit, selectAuditHead } from './sql.ts'

const PAGE = 200
const pageSchema = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .default(0),
})

/** GET /audit?after=SEQ: a page of the chain, oldest first, with the head as it stands. */
export function auditRoutes(app: FastifyInstance, db: Db): void {
  app.get('/audit', needs('audit.read'), async (request) => {
    const { after } = parseBody(pageSchema, request.query)
    return db.tx(
      'sanxin_reader',
      async (sql) => ({ head: await selectAuditHead(sql), entries: await selectAudit(sql, after, PAGE) }),
      sessionOf(request),
    )
  })
}
