import { fail, ok, type Result } from '../../shared/errors.ts'
import {
  PROTOCOL_VERSION,
  type MutationAnswer,
  type syncRequestSchema,
  type SyncResponse,
} from '../../shared/sync/protocol.ts'
import type { z } from 'zod'
import type { Device } from '../http/access.ts'
import { EpochChanged, selectKnown } from './epoch.ts'
import { handleMutation, type MutationDeps } from './mutation.ts'
import { pull } from './pull.ts'

/** `committed` is called once something may have been written. */
export type SyncDeps = MutationDeps & { readonly committed: () => void }
export type RawSyncRequest = z.infer<typeof syncRequestSchema>

async function exchange(deps: SyncDeps, deviceId: string, request: RawSyncRequest) {
  const { db, committed } = deps
  const storeId = request.storeId.toLowerCase()
  const { epoch } = await db.tx('sanxin_desk', (sql) => selectKnown(sql, request.epoch, request.cursor))
  const answers: MutationAnswer[] = []
  try {
    for (const mutation of request.mutations) {
      const answer = await handleMutation(deps, { deviceId, storeId, epoch }, mutation)
      if (answer !== null) answers.push(answer)
    }
  } finally {
    if (request.mutations.length > 0) committed()
  }
  const from = { storeId, epoch, cursor: request.epoch === null ? 0 : request.cursor }
  return { sendAgain: false, answers, ...(await pull(db, from)) }
}

/**
 * Takes in what a desk did, in its order, and answers with what it has not seen. A desk that knew another central
 * than this (rule 5) is told to send again: what it did earlier, and this central has lost, must come before
 * anything new. Central may become another in the middle of a request, too.
 */
export async function sync(deps: SyncDeps, device: Device, request: RawSyncRequest): Promise<Result<SyncResponse>> {
  // A device opens the feed of the store that it speaks for only.
  if (request.storeId.toLowerCase() !== device.storeId) return fail('forbidden', 'storeId')
  const protocol = PROTOCOL_VERSION
  try {
    return ok({ protocol, ...(await exchange(deps, device.deviceId, request)), now: deps.clock.now() })
  } catch (error) {
    if (!(error instanceof EpochChanged)) throw error
    const { epoch } = error
    return ok({
      protocol,
      now: deps.clock.now(),
      epoch,
      cursor: 0,
      more: true,
      sendAgain: true,
      answers: [],
      changes: [],
    })
  }
}
