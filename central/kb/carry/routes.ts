import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  applyQuerySchema,
  exportQuerySchema,
  importQuerySchema,
  MOST_CARRIED_BYTES,
  OWN_OF_CENTRE,
  type CarryFormat,
} from '../../../shared/kb/article-life-carry.ts'
import { needs } from '../../http/access.ts'
import { guardBrowser } from '../../http/guard-browser.ts'
import { atATime } from '../../http/in-flight.ts'
import { orRefuse, parseBody, Refusal } from '../../http/refusal.ts'
import { storable } from '../../storable.ts'
import { writerOf } from '../life-routes.ts'
import type { KbDeps } from '../life-service.ts'
import { applyImport, exportArticles, showImport } from './service.ts'

/** Files that one person has looked at at a time: each is held in memory whole. */
const MOST_AT_ONCE = 2

type Asked = { readonly format: CarryFormat; readonly owner?: string | undefined }

function carriedOf(request: FastifyRequest, { format, owner }: Asked) {
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw new Refusal('invalidInput', 'empty')
  return { format, bytes: request.body, owner: owner === OWN_OF_CENTRE ? null : owner }
}

/** GET /kb/export, POST /kb/import (what would change) and POST /kb/import/apply (just that); files as application/octet-stream. */
export function carryRoutes(app: FastifyInstance, deps: KbDeps): void {
  const write = { ...atATime(MOST_AT_ONCE, needs('articles.write')), bodyLimit: MOST_CARRIED_BYTES }
  app.get('/kb/export', needs('articles.read'), (request, reply) => {
    const { format } = parseBody(exportQuerySchema, request.query)
    return guardBrowser(reply)
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="articles.${format}"`)
      .send(Readable.from(exportArticles(deps, format, writerOf(request, 'editor'))))
  })
  app.post('/kb/import', write, async (request) => {
    const asked = parseBody(importQuerySchema, storable(request.query))
    return orRefuse(await showImport(deps, carriedOf(request, asked), writerOf(request, 'editor')))
  })
  app.post('/kb/import/apply', write, async (request) => {
    const asked = parseBody(applyQuerySchema, storable(request.query))
    return { counts: orRefuse(await applyImport(deps, carriedOf(request, asked), asked, writerOf(request, 'editor'))) }
  })
}
