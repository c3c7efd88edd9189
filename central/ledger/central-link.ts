/** Central over HTTP, for who tells it of an exchange's calls. */
import { legBatchAnswerSchema } from '../../shared/ledger/leg-event.ts'
import type { LedgerCentral } from './tell-log.ts'

const ANSWER_MS = 30_000

/** Central did not take it: `code` is its word, or `centralUnreachable`. */
export class NotTold extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'NotTold'
    this.code = code
  }
}

/** `credential` is what `enrol.ts --exchange` printed. */
export function linkToCentral(url: string, credential: string): LedgerCentral {
  async function ask(path: string, body?: object): Promise<unknown> {
    const answer = await fetch(new URL(path, url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Exchange ${credential}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => null)
    const said: unknown = await answer?.json().catch(() => null)
    if (answer?.ok === true) return said
    const code = typeof said === 'object' && said !== null && 'code' in said ? String(said.code).slice(0, 40) : null
    throw new NotTold(code ?? 'centralUnreachable')
  }
  return {
    position: async (source) =>
      legBatchAnswerSchema.pick({ position: true }).parse(await ask(`/ledger/position?source=${source}`)).position,
    tell: async (batch) => legBatchAnswerSchema.parse(await ask('/ledger/events', batch)),
  }
}
