/** Central's ledger, as whoever is signed in asks for it; `token` is hers. */
import { z } from 'zod'
import type { Result } from '../../../shared/errors.ts'
import { ledgerAnswerSchema, type LedgerAnswer, type LegWord } from '../../../shared/ledger/entry.ts'
import type { Call } from './case-client.ts'

export type LedgerClient = {
  open(token: string): Promise<Result<LedgerAnswer>>
  settle(token: string, word: LegWord): Promise<Result<unknown>>
}

export function createLedgerClient(call: Call): LedgerClient {
  return {
    open: (token) => call('/ledger?open', null, ledgerAnswerSchema, { token }),
    settle: (token, word) => call('/ledger/settle', word, z.unknown(), { token, details: true }),
  }
}
