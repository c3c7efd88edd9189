import { z } from 'zod'
import { fail, ok, type ErrorCode, type Result } from '../../../shared/errors.ts'
import {
  httpErrorSchema,
  ofCallerResponseSchema,
  signInResponseSchema,
  syncResponseSchema,
  type CaseSummary,
  type SignInResponse,
  type SyncRequest,
  type SyncResponse,
} from '../../../shared/sync/protocol.ts'

/** Central as the desk speaks to it over HTTP; every answer is checked before it is believed. */
export type CentralClient = {
  signIn(input: { staffNo: string; password: string; storeId: string }): Promise<Result<SignInResponse>>
  signOut(token: string): Promise<void>
  sync(token: string, request: SyncRequest): Promise<Result<SyncResponse>>
  ofCaller(token: string, phone: string): Promise<Result<CaseSummary[]>>
}

const TIMEOUT_MS = 10_000
/** While a phone rings nobody waits longer for history than this. */
const HISTORY_TIMEOUT_MS = 2_000

const codes: Readonly<Record<string, ErrorCode>> = {
  wrongPassword: 'wrongPassword',
  notSignedIn: 'notSignedIn',
  forbidden: 'forbidden',
  protocolMismatch: 'protocolMismatch',
  invalidInput: 'invalidInput',
}

/** `base` is central's address, e.g. https://central.example; null means that none is set. */
export function createCentralClient(base: string | null): CentralClient {
  async function post<T>(
    path: string,
    body: unknown,
    schema: z.ZodType<T>,
    token?: string,
    timeout = TIMEOUT_MS,
  ): Promise<Result<T>> {
    if (base === null) return fail('centralUnreachable', 'no address')
    try {
      const response = await fetch(new URL(path, base), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      })
      const answer: unknown = await response.json()
      if (!response.ok) {
        const error = httpErrorSchema.safeParse(answer)
        return fail((error.success && codes[error.data.code]) || 'centralFailed', String(response.status))
      }
      const parsed = schema.safeParse(answer)
      return parsed.success ? ok(parsed.data) : fail('centralFailed', 'answer')
    } catch (error) {
      // Refused, timed out, cut in the middle: to the desk all of it is «cannot be reached».
      return fail('centralUnreachable', error instanceof Error ? error.name : 'error')
    }
  }

  return {
    signIn: (input) => post('/sign-in', input, signInResponseSchema),
    signOut: async (token) => void (await post('/sign-out', {}, z.unknown(), token)),
    sync: (token, request) => post('/sync', request, syncResponseSchema, token),
    ofCaller: async (token, phone) => {
      const answer = await post('/cases/of-caller', { phone }, ofCallerResponseSchema, token, HISTORY_TIMEOUT_MS)
      return answer.ok ? ok(answer.value.cases) : answer
    },
  }
}
