/** How central says no over HTTP: `{ code, detail? }`, never with what was sent. */
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { ErrorCode, Failure, Result } from '../../shared/errors.ts'
import type { Log } from '../../shared/ports.ts'
import { faultOf } from '../../shared/fault.ts'

const statusOf: Partial<Record<ErrorCode, number>> = {
  invalidInput: 400,
  notSignedIn: 401,
  wrongPassword: 401,
  lockedOut: 423,
  codeRequired: 401,
  codeWrong: 401,
  codeNotEnrolled: 403,
  wrongCode: 401,
  deviceUnknown: 401,
  forbidden: 403,
  notStaff: 403,
  issuerAway: 503,
  notFound: 404,
  protocolMismatch: 409,
  illegalTransition: 409,
  outdated: 409,
  tooMany: 429,
}

/** Thrown in a route to refuse the request with a code. */
export class Refusal extends Error {
  readonly failure: Failure
  readonly status: number
  constructor(code: ErrorCode, detail?: string) {
    super(code)
    this.name = 'Refusal'
    this.failure = detail === undefined ? { code } : { code, detail }
    this.status = statusOf[code] ?? 500
  }
}

/** The value, or the refusal that stands in its place. */
export function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Refusal(result.error.code, result.error.detail)
}

/** The body as the schema knows it, or a refusal that names the first field in question (never its value). */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.filter(
    (step) => typeof step === 'number' || /^\w{1,40}$/.test(String(step)),
  )
  throw new Refusal('invalidInput', path?.join('.'))
}

/** What Fastify itself refuses (a body too large, no JSON) in our words; null where it is our own fault. */
function refusalOfFastify(error: unknown): { status: number; failure: Failure } | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null
  const status = Number(error.statusCode)
  if (status === 413) return { status, failure: { code: 'invalidInput', detail: 'tooLarge' } }
  return status >= 400 && status < 500 ? { status, failure: { code: 'invalidInput' } } : null
}

/** Answers every failure in the one shape; what nobody expected is logged without its message. */
export function answerFailures(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'notFound' }))
  app.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOfFastify(error)
    if (refusal !== null) return reply.code(refusal.status).send(refusal.failure)
    log('requestFailed', { route: request.routeOptions.url ?? '', ...faultOf(error) })
    return reply.code(500).send({ code: 'internal' })
  })
}
