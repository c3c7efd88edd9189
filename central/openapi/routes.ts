import type { FastifyInstance } from 'fastify'
import { open } from '../http/access.ts'
import { openApiDocument } from './document.ts'

/** GET /openapi.json: the description of the units' interface; it holds nothing of anybody. */
export function openApiRoute(app: FastifyInstance, version: string): void {
  let document: object | null = null
  app.get('/openapi.json', open, async () => (document ??= openApiDocument(version)))
}
