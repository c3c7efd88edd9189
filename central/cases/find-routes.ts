import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { similarQuerySchema } from '../../shared/case/similar.ts'
import { tableKindSchema, type TableKind } from '../../shared/case/table-kind.ts'
import { selectUnits } from '../directory/sql.ts'
import { needs, sessionOf, signedIn } from '../http/access.ts'
import { parseBody } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { exportCases } from './export.ts'
import { countCases, findCases } from './find.ts'
import { similarCases } from './similar.ts'
import type { CaseDeps } from './service.ts'
import type { WordIndex } from './word-index.ts'

const BODY_BYTES = 4096
const exportSchema = z.object({ as: tableKindSchema.default('csv') })
const contentTypes: Readonly<Record<TableKind, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
/** Two thousand characters, whatever they are written in. */
const SIMILAR_BYTES = 16 * 1024

/**
 * POST /cases/find (a list, by what it is asked for), POST /cases/export (the whole of it as CSV, with ?as=xlsx as a workbook), POST /cases/similar
 * (open cases like the one being written; POST, for a citizen's word stands in no address), GET /cases/counts and GET
 * /units.
 */
export function findRoutes(app: FastifyInstance, { index, ...deps }: CaseDeps & { readonly index: WordIndex }): void {
  app.post('/cases/find', { ...needs('cases.read'), bodyLimit: BODY_BYTES }, async (request) =>
    findCases(deps, index, parseBody(caseQuerySchema, storable(request.body)), sessionOf(request)),
  )
  app.post('/cases/export', { ...needs('cases.export'), bodyLimit: BODY_BYTES }, (request, reply) => {
    const query = parseBody(caseQuerySchema, storable(request.body))
    const { as } = parseBody(exportSchema, request.query)
    return reply
      .header('content-type', contentTypes[as])
      .header('content-disposition', `attachment; filename="cases.${as}"`)
      .send(Readable.from(exportCases(deps, index, query, sessionOf(request), as)))
  })
  app.post('/cases/similar', { ...needs('cases.similar'), bodyLimit: SIMILAR_BYTES }, async (request) => ({
    cases: await similarCases(deps, index, parseBody(similarQuerySchema, storable(request.body)), sessionOf(request)),
  }))
  app.get('/cases/counts', needs('cases.read'), async (request) => countCases(deps, sessionOf(request)))
  app.get('/units', signedIn, async (request) => ({
    units: await deps.db.tx('sanxin_reader', selectUnits, sessionOf(request)),
  }))
}
