/** Asks central over HTTP; a road that breaks is an answer too, never an exception. */
import { z } from 'zod'
import { fail, ok, type ErrorCode, type Result } from '../../shared/errors.ts'

/** How long an answer may take, in ms; a file has longer, and what is read for long. */
const PATIENCE_MS = 20_000
const LONG_PATIENCE_MS = 180_000

type Ask = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly json?: object
  readonly file?: { readonly name: string; readonly bytes: Blob }
  /** What central reads for long. */
  readonly long?: boolean
  /** Hears a refusal whole, where it says more than its code. */
  readonly onRefusal?: (told: unknown) => void
  /** The page is being left: the request goes on without it. */
  readonly leaving?: boolean
}

const failureSchema = z.object({ code: z.string(), detail: z.string().optional() })

/** What is done when central no longer knows who asks; set by the session. */
let expired = () => undefined as void
export function onExpired(act: () => void): void {
  expired = act
}

function requestOf({ method = 'GET', json, file, long = false, leaving = false }: Ask): RequestInit {
  // The cookie goes along by itself; this header says that the page asks, not a form of somebody else's.
  const headers: Record<string, string> = { 'x-sanxin-page': '1' }
  if (json !== undefined) headers['content-type'] = 'application/json'
  if (file !== undefined) {
    headers['content-type'] = 'application/octet-stream'
    headers['x-file-name'] = encodeURIComponent(file.name.toWellFormed())
  }
  const body = json === undefined ? file?.bytes : JSON.stringify(json)
  const signal = leaving ? null : AbortSignal.timeout(file === undefined && !long ? PATIENCE_MS : LONG_PATIENCE_MS)
  return {
    method,
    headers,
    credentials: 'same-origin',
    keepalive: leaving,
    signal,
    ...(body === undefined ? {} : { body }),
  }
}

async function refusalOf(answer: Response, { onRefusal }: Ask): Promise<Result<never>> {
  const said: unknown = await answer.json().catch(() => null)
  onRefusal?.(said)
  const told = failureSchema.safeParse(said)
  if (answer.status === 413) return fail('invalidInput', 'tooLarge')
  if (!told.success || answer.status >= 500) return fail('centralFailed')
  return fail(told.data.code as ErrorCode, told.data.detail)
}

/** One request; the answer as the schema knows it. `centralUnreachable` where nothing is known of what became of it. */
export async function ask<S extends z.ZodType>(schema: S, path: string, how: Ask = {}): Promise<Result<z.output<S>>> {
  try {
    const answer = await fetch(path, requestOf(how))
    if (!answer.ok) {
      const refused = await refusalOf(answer, how)
      if (!refused.ok && refused.error.code === 'notSignedIn') expired()
      return refused
    }
    const parsed = schema.safeParse(await answer.json())
    return parsed.success ? ok(parsed.data) : fail('centralFailed')
  } catch {
    return fail('centralUnreachable')
  }
}

/** For what is answered with nothing but that it was done. */
export const done = z.object({})
