/** The operator's own password: changed at central, and this desk knows her by the new one from then on. */
import { ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Log } from '../../shared/ports.ts'
import type { AskCentral } from './ask-central.ts'
import { storageFailure } from './failure.ts'
import type { KnownOperators } from './known-operators.ts'
import type { CentralClient } from './sync/central-client.ts'
import type { SignedIn } from './sync/sync-engine.ts'

type Deps = {
  readonly client: Pick<CentralClient, 'changePassword'>
  readonly ask: AskCentral
  readonly known: Pick<KnownOperators, 'relock' | 'heard'>
  readonly who: () => SignedIn | null
  readonly log: Log
}

export function createOwnPassword({
  client,
  ask,
  known,
  who,
  log,
}: Deps): Pick<Handlers<'store'>, 'session.changePassword'> {
  return {
    'session.changePassword': async ({ old, fresh }) => {
      const author = who()
      const answer = await ask(author, (token) => client.changePassword(token, { old, fresh }))
      if (!answer.ok) {
        if (author !== null && answer.error.code === 'wrongPassword')
          await known.heard('password', answer.error.code, { staffNo: author.staffNo, password: old })
        return answer
      }
      try {
        if (author !== null) await known.relock(author.staffNo, old, fresh)
      } catch (error) {
        // It is changed all the same; central's next word on her sets right what this disk could not take.
        const failure = storageFailure(error)
        if (failure === null) throw error
        log('knownOperatorsFailed', { code: failure.code })
      }
      return ok(null)
    },
  }
}
