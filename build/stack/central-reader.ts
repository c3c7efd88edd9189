import { ofCallerResponseSchema, signInResponseSchema, type CaseSummary } from '../../shared/sync/protocol.ts'
import type { CaseRecord } from '../../shared/case/case-record.ts'

/** Reads what stands in central, as another operator would: over HTTP, signed in. */
export type CentralReader = {
  casesOf(phone: string): Promise<CaseSummary[]>
  record(caseId: string): Promise<CaseRecord>
}

/** Signs in at central; `storeId` must be a UUID of the reader's own. */
export async function readCentral(url: string, staffNo: string, password: string): Promise<CentralReader> {
  async function ask(method: string, path: string, body?: unknown, token?: string): Promise<unknown> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const storeId = crypto.randomUUID()
  const { token } = signInResponseSchema.parse(await ask('POST', '/sign-in', { staffNo, password, storeId }))
  return {
    casesOf: async (phone) =>
      ofCallerResponseSchema.parse(await ask('POST', '/cases/of-caller', { phone }, token)).cases,
    record: async (caseId) => {
      const answer = (await ask('GET', `/cases/${caseId}`, undefined, token)) as { record: CaseRecord }
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
