/** Asks central in the name of who sits here. */
import { fail, type Result } from '../../shared/errors.ts'
import type { SignedIn, SyncEngine } from './sync/sync-engine.ts'

/** `notSignedIn` where nobody sits here, `centralUnreachable` where it is away or has not let her in; else its word. */
export type AskCentral = <T>(
  author: SignedIn | null,
  question: (token: string) => Promise<Result<T>>,
) => Promise<Result<T>>

/** A session that is over is told to the engine, which signs her in again. */
export function createAskCentral(engine: Pick<SyncEngine, 'status' | 'sessionOver'>): AskCentral {
  return async (author, question) => {
    if (author === null) return fail('notSignedIn')
    if (author.token === null || engine.status().central === 'unreachable') return fail('centralUnreachable')
    const answer = await question(author.token)
    if (!answer.ok && answer.error.code === 'notSignedIn') engine.sessionOver(author)
    return answer
  }
}
