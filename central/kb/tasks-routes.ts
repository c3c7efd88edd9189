import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { AuditAction } from '../../shared/audit-action.ts'
import type { ArticleGap, ArticleTask } from '../../shared/kb/article-life-page.ts'
import { closeGapSchema, closeTaskSchema, endedQuerySchema } from '../../shared/kb/article-life-page.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Tx } from '../db/db.ts'
import { needs, sessionOf, type Session } from '../http/access.ts'
import { parseBody, Refusal } from '../http/refusal.ts'
import { storable } from '../storable.ts'
import { closeGap, selectGaps } from './gaps-sql.ts'
import type { KbDeps } from './life-service.ts'
import { closeTask, selectTasks } from './tasks-sql.ts'

const MOST = 200
const BODY_BYTES = 4096
const taskParams = z.object({ taskId: z.uuid().toLowerCase() })

type Closing = {
  readonly action: AuditAction
  readonly object: string
  readonly why: string
  /** False where there is nothing to close. */
  readonly close: (sql: Tx, at: number) => Promise<boolean>
}

/** Closes one, and records who did. `notFound` where it is not open. */
async function closeOne({ db, clock }: KbDeps, who: Session, { action, object, why, close }: Closing): Promise<object> {
  const at = clock.now()
  const work = async (sql: Tx) => {
    if (!(await close(sql, at))) return false
    await appendAudit(sql, { at, actor: who.staffNo, place: who.storeId, action, object, detail: { why } })
    return true
  }
  if (!(await db.tx('sanxin_kb', work, who))) throw new Refusal('notFound')
  return {}
}

/** What desks found wrong (GET /kb/tasks, POST /kb/tasks/:taskId/close) and in vain (GET /kb/gaps, POST /kb/gaps/close). */
export function taskRoutes(app: FastifyInstance, deps: KbDeps): void {
  const write = { ...needs('articles.write'), bodyLimit: BODY_BYTES }
  app.get('/kb/tasks', needs('articles.read'), async (request): Promise<{ tasks: ArticleTask[] }> => {
    const { ended } = parseBody(endedQuerySchema, request.query)
    const tasks = await deps.db.tx('sanxin_reader', (sql) => selectTasks(sql, ended === '1', MOST), sessionOf(request))
    return { tasks }
  })
  app.get('/kb/gaps', needs('articles.read'), async (request): Promise<{ gaps: ArticleGap[] }> => {
    const { ended } = parseBody(endedQuerySchema, request.query)
    const gaps = await deps.db.tx('sanxin_reader', (sql) => selectGaps(sql, ended === '1', MOST), sessionOf(request))
    return { gaps }
  })
  app.post('/kb/tasks/:taskId/close', write, async (request) => {
    const { taskId } = parseBody(taskParams, request.params)
    const { why } = parseBody(closeTaskSchema, storable(request.body))
    const who = sessionOf(request)
    return closeOne(deps, who, {
      ...{ action: 'kbTask.closed', object: taskId, why },
      close: (sql, at) => closeTask(sql, taskId, who.staffNo, at, why),
    })
  })
  app.post('/kb/gaps/close', write, async (request) => {
    const { words, why } = parseBody(closeGapSchema, storable(request.body))
    const who = sessionOf(request)
    return closeOne(deps, who, {
      ...{ action: 'kbGap.closed', object: words, why },
      close: (sql, at) => closeGap(sql, words, who.staffNo, at, why),
    })
  })
}
