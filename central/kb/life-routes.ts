import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { articleIdSchema } from '../../shared/kb/article-life-fields.ts'
import type { ArticleParty } from '../../shared/kb/article-life.ts'
import { articleQuerySchema, articleStepRequestSchema, newArticleSchema } from '../../shared/kb/article-life-page.ts'
import type { Permission } from '../../shared/people/roles.ts'
import { needs, sessionOf } from '../http/access.ts'
import { orRefuse, parseBody, Refusal } from '../http/refusal.ts'
import { unitSessionOf } from '../portal/routes.ts'
import { storable } from '../storable.ts'
import {
  beginArticle,
  countWaiting,
  listArticles,
  readArticle,
  readEdition,
  stepArticle,
  type KbDeps,
  type Writer,
} from './life-service.ts'

/** The largest article, as JSON. */
const BODY_BYTES = 256 * 1024

const articleParams = z.object({ articleId: articleIdSchema })
const editionParams = articleParams.extend({
  edition: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

/** Whoever works on articles does so as a person: a system of a unit does not. */
export function writerOf(request: FastifyRequest, party: ArticleParty): Writer {
  const session = party === 'unit' ? unitSessionOf(request) : sessionOf(request)
  if (session.keyId !== undefined) throw new Refusal('forbidden', 'person')
  const { staffNo, role, storeId, unit } = session
  return { staffNo, role, storeId, unit, party }
}

type Half = {
  readonly base: string
  readonly party: ArticleParty
  readonly reads: Permission
  readonly writes: Permission
}

/** GET and POST `base`/articles: the lists, one article, what was written when, a new one, a step. */
function halfOf(app: FastifyInstance, deps: KbDeps, { base, party, reads, writes }: Half): void {
  const write = { ...needs(writes), bodyLimit: BODY_BYTES }
  app.get(`${base}/articles`, needs(reads), async (request) => {
    const writer = writerOf(request, party)
    return listArticles(deps, parseBody(articleQuerySchema, storable(request.query)), writer)
  })
  app.get(`${base}/articles/:articleId`, needs(reads), async (request) => {
    const { articleId } = parseBody(articleParams, request.params)
    return orRefuse(await readArticle(deps, articleId, writerOf(request, party)))
  })
  app.get(`${base}/articles/:articleId/editions/:edition`, needs(reads), async (request) => {
    const { articleId, edition } = parseBody(editionParams, request.params)
    return { fields: orRefuse(await readEdition(deps, articleId, edition, writerOf(request, party))) }
  })
  app.post(`${base}/articles`, write, async (request) => {
    const asked = parseBody(newArticleSchema, storable(request.body))
    return orRefuse(await beginArticle(deps, asked, writerOf(request, party)))
  })
  app.post(`${base}/articles/:articleId/steps`, write, async (request) => {
    const { articleId } = parseBody(articleParams, request.params)
    const asked = parseBody(articleStepRequestSchema, storable(request.body))
    return orRefuse(await stepArticle(deps, articleId, asked, writerOf(request, party)))
  })
}

/** For editors under /kb, with GET /kb/waiting (how many wait for them), for member units under /unit. */
export function articleRoutes(app: FastifyInstance, deps: KbDeps): void {
  app.get('/kb/waiting', needs('articles.read'), (request) => countWaiting(deps, sessionOf(request)))
  halfOf(app, deps, { base: '/kb', party: 'editor', reads: 'articles.read', writes: 'articles.write' })
  halfOf(app, deps, { base: '/unit', party: 'unit', reads: 'articles.propose', writes: 'articles.propose' })
}
