import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { LARGEST_FILE } from '../../shared/unit/attachment.ts'
import { needs, sessionOf } from '../http/access.ts'
import { atATime } from '../http/in-flight.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { addAttachment, listAttachments, readAttachment, takeBackAttachment } from './attachment-service.ts'
import { guardBrowser } from '../http/guard-browser.ts'
import { unitSessionOf } from './routes.ts'
import type { UnitDeps } from './service.ts'

const caseParams = z.object({ caseId: z.uuid().toLowerCase() })
export const fileParams = caseParams.extend({ attachmentId: z.uuid().toLowerCase() })
/** Files that one person sends or fetches at a time: each is held in memory whole. */
const MOST_AT_ONCE = 4
const LONGEST_HEADER = 2000

/** The name of a file travels in a header, percent-encoded: names stand in no address, which proxies log. */
function nameOf(header: string | string[] | undefined): string {
  const text = String(header ?? '')
  if (text === '' || text.length > LONGEST_HEADER) throw new Refusal('invalidInput', 'name')
  try {
    return storable(decodeURIComponent(text))
  } catch {
    throw new Refusal('invalidInput', 'name')
  }
}

/** RFC 6266 §4.3 with RFC 8187: saved under this name, never shown in place. */
const disposition = (name: string) =>
  `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`

/**
 * GET /cases/:caseId/attachments and …/:attachmentId for who may read the case; PUT and DELETE for who works for one
 * of its units.
 */
export function attachmentRoutes(app: FastifyInstance, deps: UnitDeps): void {
  const path = '/cases/:caseId/attachments'
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.get(path, needs('cases.read'), async (request) => {
    const { caseId } = parseBody(caseParams, request.params)
    return { attachments: await listAttachments(deps, caseId, sessionOf(request)) }
  })

  app.get(`${path}/:attachmentId`, atATime(MOST_AT_ONCE, needs('cases.read')), async (request, reply) => {
    const { caseId, attachmentId } = parseBody(fileParams, request.params)
    const found = await readAttachment(deps, caseId, attachmentId, sessionOf(request))
    if (found === null) throw new Refusal('notFound')
    return guardBrowser(reply)
      .type(found.file.type)
      .header('content-disposition', disposition(found.file.name))
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(found.bytes)
  })

  app.put(
    `${path}/:attachmentId`,
    { ...atATime(MOST_AT_ONCE, needs('unit.work')), bodyLimit: LARGEST_FILE + 1 },
    async (request) => {
      const { caseId, attachmentId } = parseBody(fileParams, request.params)
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const file = { attachmentId, caseId, name: nameOf(request.headers['x-file-name']), bytes }
      const added = await addAttachment(deps, file, unitSessionOf(request))
      if (!added.ok) throw new Refusal(added.error.code, added.error.detail)
      return added.value
    },
  )

  app.delete(`${path}/:attachmentId`, atATime(MOST_AT_ONCE, needs('unit.work')), async (request) => {
    const { caseId, attachmentId } = parseBody(fileParams, request.params)
    const gone = await takeBackAttachment(deps, caseId, attachmentId, unitSessionOf(request))
    if (!gone.ok) throw new Refusal(gone.error.code, gone.error.detail)
    return {}
  })
}
