import { Secret, TOTP } from 'otpauth'
import { DEMO_ENROLMENT, DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import type { LedgerEntry } from '../../shared/ledger/entry.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import {
  enrolResponseSchema,
  ofCallerResponseSchema,
  signInResponseSchema,
  type CaseSummary,
} from '../../shared/sync/protocol.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'

/** Reads what stands in central, as another operator would: over HTTP, signed in. */
export type CentralReader = {
  casesOf(phone: string): Promise<CaseSummary[]>
  record(caseId: string): Promise<CaseRecord>
}

/** What the shift's monitor does at central; throws where central refuses it. */
export type CentralMonitor = {
  step(caseId: string, step: CaseStep): Promise<void>
  /** The calls that began since then, in ms, as the ledger has them. */
  ledgerSince(at: number): Promise<readonly LedgerEntry[]>
}

const DAY_MS = 86_400_000

type Person = { readonly staffNo: string; readonly password: string; readonly code?: string }
type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>

/** Enrols as a desk of its own, and signs in there; answers how this person asks. */
async function enter(url: string, who: Person, enrolment: string): Promise<Ask> {
  async function ask(method: string, path: string, body?: unknown, authorization?: string): Promise<unknown> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const storeId = crypto.randomUUID()
  const { deviceId, secret } = enrolResponseSchema.parse(await ask('POST', '/enrol', { code: enrolment, storeId }))
  const device = `Device ${deviceId}.${secret}`
  const { token } = signInResponseSchema.parse(await ask('POST', '/sign-in', { ...who, storeId }, device))
  return (method, path, body) => ask(method, path, body, `Bearer ${token}`)
}

/** Signs in at a desk of its own, enrolled by the demo's code unless another is named. */
export async function readCentral(
  url: string,
  staffNo: string,
  password: string,
  enrolment = DEMO_ENROLMENT,
): Promise<CentralReader> {
  const ask = await enter(url, { staffNo, password }, enrolment)
  return {
    casesOf: async (phone) => ofCallerResponseSchema.parse(await ask('POST', '/cases/of-caller', { phone })).cases,
    record: async (caseId) => {
      const answer = (await ask('GET', `/cases/${caseId}`)) as { record: CaseRecord }
      return answer.record
    },
  }
}

/** The demo's monitor; her code opens once, so there is one such sign-in in each half minute. */
export async function monitorAtCentral(url: string): Promise<CentralMonitor> {
  const code = new TOTP({ secret: Secret.fromBase32(DEMO_TOTP_SECRET) }).generate()
  const ask = await enter(url, { staffNo: '1010', password: DEMO_PASSWORD, code }, DEMO_ENROLMENT)
  return {
    step: async (caseId, step) => void (await ask('POST', `/cases/${caseId}/steps`, { id: crypto.randomUUID(), step })),
    ledgerSince: async (at) => {
      const answer = (await ask('GET', `/ledger?from=${at}&until=${at + DAY_MS}`)) as { rows: LedgerEntry[] }
      return answer.rows
    },
  }
}

/** Asks again until the answer is there; central itself has no «tell me when». */
export async function until<T>(
  ask: () => Promise<T | null | undefined | false>,
  what: string,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
