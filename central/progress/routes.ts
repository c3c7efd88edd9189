import type { FastifyInstance, FastifyReply } from 'fastify'
import { open } from '../http/access.ts'
import { formOf, sendPage, takeForms } from '../http/citizen-page.ts'
import type { createAskers } from '../http/askers.ts'
import { progressPage, type Shown } from './page.ts'
import { readProgress, type ProgressDeps } from './service.ts'

const BODY_BYTES = 1024

const refusals = {
  notFound: '没有查到：请核对工单编号和电话后四位。举报件不在网上查询，请拨打 12345。',
  tooMany: '现在查询的人太多，请一分钟后再试。',
}

const send = (reply: FastifyReply, shown: Shown, status = 200) => sendPage(reply, progressPage(shown), status)

/** GET and POST /progress: number and digits travel in the body, never in an address. */
export function progressRoutes(
  app: FastifyInstance,
  { isTooMuch, ...deps }: ProgressDeps & { readonly isTooMuch: ReturnType<typeof createAskers> },
): void {
  void app.register(async (page) => {
    takeForms(page)
    page.get('/progress', open, async (_request, reply) => send(reply, { kind: 'form' }))
    page.post('/progress', { ...open, bodyLimit: BODY_BYTES }, async (request, reply) => {
      const form = formOf(request.body)
      const caseNo = (form.get('caseNo') ?? '').slice(0, 40)
      if (isTooMuch(request)) return send(reply, { kind: 'refused', caseNo, words: refusals.tooMany }, 429)
      const answer = await readProgress(deps, { caseNo, digits: form.get('digits') ?? '' })
      if (answer.ok) return send(reply, { kind: 'found', caseNo: caseNo.trim().toUpperCase(), progress: answer.value })
      const { code, detail = '15' } = answer.error
      if (code !== 'lockedOut') return send(reply, { kind: 'refused', caseNo, words: refusals.notFound }, 404)
      const words = `这个编号输错的次数太多，请 ${detail} 分钟后再试，或拨打 12345。`
      return send(reply, { kind: 'refused', caseNo, words }, 423)
    })
  })
}
