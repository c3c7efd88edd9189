import type { FastifyInstance } from 'fastify'
import { auditQuerySchema, type AuditQuery, type ShownAuditEntry } from '../../shared/admin/audit-page.ts'
import { selectFound } from '../audit/find-sql.ts'
import { verifyBeside } from '../audit/verify-beside.ts'
import type { Db } from '../db/db.ts'
import { needs, sessionOf } from '../http/access.ts'
import { atATime } from '../http/in-flight.ts'
import { parseBody } from '../http/refusal.ts'
import { storable } from '../storable.ts'

const PAGE = 50
const DAY_MS = 86_400_000

/** A day of China as the span that it takes, in ms. */
function spanOf(day: AuditQuery['day']): { readonly from: number; readonly until: number } | null {
  if (day === '') return null
  const from = Date.parse(`${day}T00:00:00+08:00`)
  return { from, until: from + DAY_MS }
}

/** GET /admin/audit, the newest first, and whether the chain holds: for auditors. */
export function auditAdminRoutes(app: FastifyInstance, db: Db): void {
  app.get('/admin/audit', needs('audit.read'), async (request) => {
    const { who, action, day, after = null } = parseBody(auditQuerySchema, storable(request.query))
    const wanted = { who: who.trim(), action, span: spanOf(day), before: after }
    const found = await db.tx('sanxin_reader', (sql) => selectFound(sql, wanted, PAGE + 1), sessionOf(request))
    const entries: readonly ShownAuditEntry[] = found.slice(0, PAGE)
    return { entries, next: found.length > PAGE ? String(entries.at(-1)?.seq) : null }
  })
  // The whole chain is read: one at a time of whoever asks.
  app.get('/admin/audit/chain', atATime(1, needs('audit.read')), async (request) =>
    verifyBeside(db, sessionOf(request)),
  )
}
