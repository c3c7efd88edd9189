import { fail, ok, type Result } from '../../shared/errors.ts'
import {
  PROTOCOL_VERSION,
  type MutationAnswer,
  type syncRequestSchema,
  type SyncResponse,
} from '../../shared/sync/protocol.ts'
import type { z } from 'zod'
import type { Db } from '../db/db.ts'
import { selectHead } from '../feed/sql.ts'
import type { DeskSession } from '../http/access.ts'
import { handleMutation, type MutationDeps } from './mutation.ts'
import { pull } from './pull.ts'

/** `committed` is called once something may have been written. */
export type SyncDeps = MutationDeps & { readonly committed: () => void }
export type RawSyncRequest = z.infer<typeof syncRequestSchema>

/**
 * The answer to a desk that knew another central than this (rule 5), or null where it knows this one. Nothing of
 * its request may be applied first: what it did earlier, and this central has lost, must come before.
 */
async function sendAgain(db: Db, { epoch, cursor }: RawSyncRequest) {
  const current = await db.tx('sanxin_desk', selectHead)
  if (epoch === null || (epoch === current.epoch && cursor <= current.head)) return null
  return { epoch: current.epoch, cursor: 0, more: true, sendAgain: true, answers: [], changes: [] }
}

/** Takes in what a desk did, in its order, and answers with what it has not seen. */
export async function sync(
  deps: SyncDeps,
  session: DeskSession,
  request: RawSyncRequest,
): Promise<Result<SyncResponse>> {
  // A token opens its own desk's feed only.
  if (request.storeId.toLowerCase() !== session.storeId) return fail('forbidden', 'storeId')
  const again = await sendAgain(deps.db, request)
  if (again !== null) return ok({ protocol: PROTOCOL_VERSION, now: deps.clock.now(), ...again })
  const answers: MutationAnswer[] = []
  try {
    for (const mutation of request.mutations) {
      const answer = await handleMutation(deps, session, mutation)
      if (answer !== null) answers.push(answer)
    }
  } finally {
    if (request.mutations.length > 0) deps.committed()
  }
  const page = await pull(deps.db, { storeId: session.storeId, cursor: request.epoch === null ? 0 : request.cursor })
  return ok({ protocol: PROTOCOL_VERSION, now: deps.clock.now(), sendAgain: false, answers, ...page })
}
