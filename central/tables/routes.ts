import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { mayThere } from '../../shared/people/roles.ts'
import { publishRight } from '../../shared/tables/publish-right.ts'
import { tableNameSchema } from '../../shared/tables/tables.ts'
import { publishRequestSchema, type TableHead, type TableVersion } from '../../shared/tables/versions.ts'
import { sessionOf, signedIn } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { listTables, listVersions, publishTable, readTable, type TableDeps } from './service.ts'

/** The largest table, as JSON. */
const BODY_BYTES = 1024 * 1024
const paramsSchema = z.object({ name: tableNameSchema })
const querySchema = z.object({
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
})

/** GET /tables, GET /tables/:name[?version=], GET /tables/:name/versions and PUT /tables/:name (shared/tables/versions.ts). */
export function tableRoutes(app: FastifyInstance, deps: TableDeps): void {
  const nameOf = (params: unknown) => {
    const named = paramsSchema.safeParse(params)
    if (!named.success) throw new Refusal('notFound')
    return named.data.name
  }

  app.get('/tables', signedIn, async (request): Promise<{ tables: TableHead[] }> => ({
    tables: await listTables(deps, sessionOf(request)),
  }))

  app.get('/tables/:name', signedIn, async (request): Promise<TableVersion> => {
    const { version = null } = parseBody(querySchema, request.query)
    const found = await readTable(deps, nameOf(request.params), version, sessionOf(request))
    if (found === null) throw new Refusal('notFound')
    return found
  })

  app.get('/tables/:name/versions', signedIn, async (request): Promise<{ versions: TableHead[] }> => ({
    versions: await listVersions(deps, nameOf(request.params), sessionOf(request)),
  }))

  app.put('/tables/:name', { ...signedIn, bodyLimit: BODY_BYTES }, async (request, reply) => {
    const name = nameOf(request.params)
    // Each by its own right (T4), and where that may be used (P4).
    const { role, deviceId } = sessionOf(request)
    if (!mayThere(role, publishRight(name), deviceId !== null)) throw new Refusal('forbidden')
    const asked = parseBody(publishRequestSchema, storable(request.body))
    const published = await publishTable(deps, name, asked, sessionOf(request))
    if (published.ok) return published.value
    if ('flaws' in published)
      return reply.code(400).send({ code: 'invalidInput', detail: 'body', flaws: published.flaws })
    throw new Refusal(published.error.code, published.error.detail)
  })
}
