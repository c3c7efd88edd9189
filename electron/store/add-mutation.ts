import type { Ids } from '../../shared/ports.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import type { Outbox } from './db/outbox.ts'

/** Who writes, and the sign-in by which central knows her; null while she is signed in by this desk alone. */
export type Author = { readonly staffNo: string; readonly session: string | null }

/** Adds what an operator did to the outbox, under an id of its own; `at` in ms of central's clock. */
export function createAddMutation(outbox: Pick<Outbox, 'add'>, ids: Ids) {
  return (body: Mutation['body'], { staffNo, session }: Author, at: number): Mutation => {
    const mutation = { id: ids.next(), at, author: staffNo, session, body }
    outbox.add(mutation, at)
    return mutation
  }
}
