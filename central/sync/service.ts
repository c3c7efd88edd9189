import { fail, ok, type Result } from '../../shared/errors.ts'
import {
  PROTOCOL_VERSION,
  type MutationAnswer,
  type syncRequestSchema,
  type SyncResponse,
} from '../../shared/sync/protocol.ts'
import type { z } from 'zod'
import type { Session } from '../http/access.ts'
import { handleMutation, type MutationDeps } from './mutation.ts'
import { pull } from './pull.ts'

/** `committed` is called once something may have been written. */
export type SyncDeps = MutationDeps & { readonly committed: () => void }
export type RawSyncRequest = z.infer<typeof syncRequestSchema>

/** Takes in what a desk did, in its order, and answers with what it has not seen. */
export async function sync(deps: SyncDeps, session: Session, request: RawSyncRequest): Promise<Result<SyncResponse>> {
  // A token opens its own desk's feed only.
  if (request.storeId.toLowerCase() !== session.storeId) return fail('forbidden', 'storeId')
  const answers: MutationAnswer[] = []
  try {
    for (const mutation of request.mutations) answers.push(await handleMutation(deps, session, mutation))
  } finally {
    if (request.mutations.length > 0) deps.committed()
  }
  const page = await pull(deps.db, { storeId: session.storeId, epoch: request.epoch, cursor: request.cursor })
  return ok({ protocol: PROTOCOL_VERSION, now: deps.clock.now(), answers, ...page })
}
