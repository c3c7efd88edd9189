/** The ledger's list at the desk: asked of central in her name, its count as central pushes it. */
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { CentralClient } from './sync/central-client.ts'
import type { SignedIn, SyncEngine } from './sync/sync-engine.ts'

type Name = keyof typeof import('../../shared/ipc/ledger.ts').ledgerCommands

type Deps = {
  readonly client: CentralClient
  readonly engine: Pick<SyncEngine, 'status' | 'sessionOver'>
  readonly who: () => SignedIn | null
  readonly publish: (name: 'ledger.changed', data: { readonly open: number | null }) => void
}

export type LedgerWork = {
  readonly handlers: Pick<Handlers<'store'>, Name>
  /** Central pushed a count; null where nobody says any more. */
  hear(open: number | null): void
}

export function createLedgerWork({ client, engine, who, publish }: Deps): LedgerWork {
  let last: number | null = null

  async function ask<T>(question: (token: string) => Promise<Result<T>>): Promise<Result<T>> {
    const author = who()
    if (author === null) return fail('notSignedIn')
    if (author.token === null || engine.status().central === 'unreachable') return fail('centralUnreachable')
    const answer = await question(author.token)
    if (!answer.ok && answer.error.code === 'notSignedIn') engine.sessionOver()
    return answer
  }

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
