import { z } from 'zod'
import { fail, ok, type ErrorCode, type Failure, type Result } from '../../../shared/errors.ts'
import type { Log } from '../../../shared/ports.ts'
import type { PasswordChange } from '../../../shared/people/password.ts'
import { oidcOfferSchema, type OidcAnswer, type OidcOffer } from '../../../shared/sync/oidc.ts'
import { createCaseClient, type CaseClient, type Stream } from './case-client.ts'
import { createSilence } from './silence.ts'
import { createLedgerClient, type LedgerClient } from './ledger-client.ts'
import { onceMore } from './once-more.ts'
import type { OnHead } from './ask-ahead.ts'
import { readAnswer, type ReadAnswer } from './read-answer.ts'
import { readChanges, type Answered } from './read-changes.ts'
import {
  answeredCallsResponseSchema,
  deskResponseSchema,
  enrolResponseSchema,
  httpErrorSchema,
  ofCallerResponseSchema,
  signInResponseSchema,
  syncResponseSchema,
  type CaseSummary,
  type EnrolResponse,
  type SignInResponse,
  type SyncRequest,
} from '../../../shared/sync/protocol.ts'
import { requestText } from '../../../shared/sync/request-text.ts'

/** What somebody types to sign in; `code` where central asked for a second factor. */
export type Credentials = { readonly staffNo: string; readonly password: string; readonly code?: string | undefined }

/**
 * Central as the desk speaks to it over HTTP; every answer is checked before it is believed. `device` is the desk's
 * credential (`id.secret`), `token` of who is signed in.
 */
export type CentralClient = {
  /** Makes this desk a device that central knows, by an administrator's code. */
  enrol(input: { code: string; storeId: string }): Promise<Result<EnrolResponse>>
  /** Waits no longer than `patienceMs`, where it is given. */
  signIn(device: string, input: Credentials & { storeId: string }, patienceMs?: number): Promise<Result<SignInResponse>>
  /** Where to ask for the organisation's account; `notFound` where central has none. */
  issuer(): Promise<Result<OidcOffer>>
  signInByIssuer(device: string, input: OidcAnswer & { storeId: string }): Promise<Result<SignInResponse>>
  /** Binds the device to a store that was made anew; answers its desk code. */
  desk(device: string, storeId: string): Promise<Result<string>>
  /** `notSignedIn` where her sign-in was over before. */
  signOut(token: string): Promise<Result<null>>
  /** Her own password; `wrongPassword`, `lockedOut`, or `invalidInput` with what is wrong. */
  changePassword(token: string, change: PasswordChange): Promise<Result<null>>
  /** `onHead` hears what the answer says before its changes, while they are on their way still. */
  sync(device: string, request: SyncRequest, onHead?: OnHead): Promise<Result<Answered>>
  ofCaller(token: string, phone: string): Promise<Result<CaseSummary[]>>
  /** Of which of these calls, at most 200, the citizen was answered at any desk, in it or later. */
  answeredCalls(device: string, callIds: readonly string[]): Promise<Result<string[]>>
  readonly cases: CaseClient
  readonly ledger: LedgerClient
}

/**
 * Central is away where it cannot be reached, and where it answers that it cannot (5xx: its database is away).
 * Whatever else it answers is its word, which this desk must not go round.
 */
export function isAway({ code, detail = '' }: Failure): boolean {
  return code === 'centralUnreachable' || (code === 'centralFailed' && /^5\d\d$/.test(detail))
}

const TIMEOUT_MS = 10_000
/** A table comes as long as it takes, but something of it must. */
const SILENT_MS = 30_000
/** While a phone rings nobody waits longer for history than this. */
const HISTORY_TIMEOUT_MS = 2_000

const codes: Readonly<Record<string, ErrorCode>> = {
  wrongPassword: 'wrongPassword',
  lockedOut: 'lockedOut',
  codeRequired: 'codeRequired',
  codeWrong: 'codeWrong',
  codeNotEnrolled: 'codeNotEnrolled',
  wrongCode: 'wrongCode',
  tooMany: 'tooMany',
  deviceUnknown: 'deviceUnknown',
  notSignedIn: 'notSignedIn',
  forbidden: 'forbidden',
  notFound: 'notFound',
  illegalTransition: 'illegalTransition',
  notStaff: 'notStaff',
  issuerAway: 'issuerAway',
  protocolMismatch: 'protocolMismatch',
  invalidInput: 'invalidInput',
  outdated: 'outdated',
}

function refusalOf(answer: unknown, status: number, details = false): Result<never> {
  const error = httpErrorSchema.safeParse(answer)
  const code = (error.success && codes[error.data.code]) || 'centralFailed'
  // The minutes left, and why a step was refused, are for the operator; everything else is told by the status.
  const told = code === 'lockedOut' || (details && code !== 'centralFailed')
  return fail(code, (told && error.data?.detail) || String(status))
}

/** A page whose changes are looked at one by one: a strange one must not keep the rest from the desk for ever. */
const pageSchema = syncResponseSchema.extend({ changes: z.array(z.unknown()) })

const asJson = (response: Response): Promise<unknown> => response.json()

/** `base` is central's address, e.g. https://central.example; null means that none is set; `send` is the wire. */
export function createCentralClient(
  base: string | null,
  log: Log = () => {},
  send: typeof fetch = fetch,
): CentralClient {
  type Call = {
    readonly device?: string
    readonly token?: string
    readonly timeout?: number
    readonly details?: boolean
    /** Central answers it alike, however often it comes. */
    readonly harmless?: boolean
    readonly read?: (response: Response) => Promise<unknown>
  }

  /** POSTs a body, a text as it is; asks by GET where there is none. */
  async function call<T>(
    path: string,
    body: object | string | null,
    schema: z.ZodType<T>,
    how: Call = {},
  ): Promise<Result<T>> {
    if (base === null) return fail('centralUnreachable', 'no address')
    const { device, token, timeout = TIMEOUT_MS, details = false, harmless = false, read = asJson } = how
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = body === null ? { method: 'GET' } : { method: 'POST', body: text }
    const headers = {
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(device === undefined ? {} : { authorization: `Device ${device}` }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    const signal = AbortSignal.timeout(timeout)
    const ask = async () => {
      const response = await send(new URL(path, base), { ...sent, headers, signal })
      return { response, answer: await read(response) }
    }
    try {
      const { response, answer } = await (harmless ? onceMore(ask) : ask())
      if (!response.ok) return refusalOf(answer, response.status, details)
      const parsed = schema.safeParse(answer)
      return parsed.success ? ok(parsed.data) : fail('centralFailed', 'answer')
    } catch (error) {
      // Refused, timed out, cut in the middle: to the desk all of it is «cannot be reached».
      return fail('centralUnreachable', error instanceof Error ? error.name : 'error')
    }
  }

  const stream: Stream = async (path, body, token) => {
    if (base === null) return fail('centralUnreachable', 'no address')
    const silence = createSilence(SILENT_MS)
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const sent = { method: 'POST', body: JSON.stringify(body), headers, signal: silence.signal }
    try {
      const response = await send(new URL(path, base), sent)
      if (response.ok && response.body !== null) return ok(silence.watch(response.body))
      silence.end()
      return response.ok ? fail('centralFailed', 'answer') : refusalOf(await response.json(), response.status)
    } catch (error) {
      silence.end()
      return fail('centralUnreachable', error instanceof Error ? error.name : 'error')
    }
  }

  return {
    cases: createCaseClient(call, stream),
    ledger: createLedgerClient(call),
    enrol: (input) => call('/enrol', input, enrolResponseSchema),
    signIn: (device, input, patienceMs = TIMEOUT_MS) =>
      call('/sign-in', input, signInResponseSchema, { device, timeout: patienceMs }),
    issuer: () => call('/sign-in/oidc', null, oidcOfferSchema),
    signInByIssuer: (device, input) => call('/sign-in/oidc', input, signInResponseSchema, { device }),
    signOut: async (token) => {
      const answer = await call('/sign-out', {}, z.unknown(), { token })
      return answer.ok ? ok(null) : answer
    },
    changePassword: async (token, change) => {
      const answer = await call('/password', change, z.object({}), { token, details: true })
      return answer.ok ? ok(null) : answer
    },
    desk: async (device, storeId) => {
      const answer = await call('/desk', { storeId }, deskResponseSchema, { device })
      return answer.ok ? ok(answer.value.deskCode) : answer
    },
    sync: async (device, request, onHead = async () => {}) => {
      let kept: ReadAnswer['kept'] = new Map()
      const read = async (response: Response) => {
        const said = await readAnswer(response, onHead)
        kept = said.kept
        return said.value
      }
      const answer = await call('/sync', requestText(request), pageSchema, { device, harmless: true, read })
      if (!answer.ok) return answer
      const changes = readChanges(answer.value.changes, log, (change) => kept.get(change))
      return ok({ ...answer.value, changes })
    },
    answeredCalls: async (device, callIds) => {
      const how = { device, timeout: HISTORY_TIMEOUT_MS, harmless: true }
      const answer = await call('/calls/answered', { callIds }, answeredCallsResponseSchema, how)
      return answer.ok ? ok(answer.value.answered) : answer
    },
    ofCaller: async (token, phone) => {
      const answer = await call('/cases/of-caller', { phone }, ofCallerResponseSchema, {
        token,
        timeout: HISTORY_TIMEOUT_MS,
        harmless: true,
      })
      return answer.ok ? ok(answer.value.cases) : answer
    },
  }
}
