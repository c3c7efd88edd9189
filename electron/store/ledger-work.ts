/** The ledger's list at the desk: asked of central in her name, its count as central pushes it. */
import { ok, type Result } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { AskCentral } from './ask-central.ts'
import type { CentralClient } from './sync/central-client.ts'
import type { SignedIn } from './sync/sync-engine.ts'

type Name = keyof typeof import('../../shared/ipc/ledger.ts').ledgerCommands

type Deps = {
  readonly client: CentralClient
  readonly askCentral: AskCentral
  readonly who: () => SignedIn | null
  readonly publish: (name: 'ledger.changed', data: { readonly open: number | null }) => void
}

export type LedgerWork = {
  readonly handlers: Pick<Handlers<'store'>, Name>
  /** Central pushed a count; null where nobody says any more. */
  hear(open: number | null): void
}

export function createLedgerWork({ client, askCentral, who, publish }: Deps): LedgerWork {
  let last: number | null = null

  const ask = <T>(question: (token: string) => Promise<Result<T>>) => askCentral(who(), question)

  return {
    handlers: {
      'ledger.list': () => ask((token) => client.ledger.open(token)),
      'ledger.settle': async (word) => {
        const answer = await ask((token) => client.ledger.settle(token, word))
        return answer.ok ? ok(null) : answer
      },
      'ledger.open': () => ok({ open: last }),
    },
    hear: (open) => {
      if (open === last) return
      last = open
      publish('ledger.changed', { open })
    },
  }
}
