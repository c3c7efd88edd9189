import { DEMO_ENROLMENT } from '../../central/people/demo.ts'
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

/** Enrols as a desk of its own, by the demo's code unless another is named, and signs in. */
export async function readCentral(
  url: string,
  staffNo: string,
  password: string,
  enrolment = DEMO_ENROLMENT,
): Promise<CentralReader> {
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
  const { token } = signInResponseSchema.parse(await ask('POST', '/sign-in', { staffNo, password, storeId }, device))
  const person = `Bearer ${token}`
  return {
    casesOf: async (phone) =>
      ofCallerResponseSchema.parse(await ask('POST', '/cases/of-caller', { phone }, person)).cases,
    record: async (caseId) => {
      const answer = (await ask('GET', `/cases/${caseId}`, undefined, person)) as { record: CaseRecord }
      return answer.record
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
