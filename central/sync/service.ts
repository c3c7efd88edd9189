import { fail, ok, type Result } from '../../shared/errors.ts'
import { PROTOCOL_VERSION, type syncRequestSchema, type SyncResponse } from '../../shared/sync/protocol.ts'
import type { z } from 'zod'
import type { Device } from '../http/access.ts'
import type { Sender } from './batch.ts'
import type { OwnRows } from '../feed/own-rows.ts'
import { EpochChanged } from './epoch.ts'
import { takeIn, type IntakeDeps } from './intake.ts'
import type { JustWritten } from './just-written.ts'
import { bytesOf, listed } from './json-parts.ts'
import { begin, pull, type Pull } from './pull.ts'

/**
 * `committed` is called once something may have been written, with what it is where that is known; `backupMs` is how
 * long a backup may be gone back to.
 */
export type SyncDeps = IntakeDeps & { readonly committed: (own?: OwnRows) => void; readonly backupMs: number }
export type RawSyncRequest = z.infer<typeof syncRequestSchema>

type Exchanged = Pull & Pick<SyncResponse, 'sendAgain' | 'answers'>

/** A SyncResponse as JSON. */
function responseOf(now: number, { changes, ...rest }: Exchanged): Buffer {
  const head: Omit<SyncResponse, 'changes'> = { protocol: PROTOCOL_VERSION, now, ...rest }
  return bytesOf([`${JSON.stringify(head).slice(0, -1)},"changes":[`, ...listed(changes), ']}'])
}

async function exchange(deps: SyncDeps, sender: Sender, request: RawSyncRequest): Promise<Exchanged> {
  const { mutations, epoch, cursor } = request
  const last = request.last?.toLowerCase() ?? null
  let taken = { epoch, answers: [] as SyncResponse['answers'], written: null as JustWritten | null }
  if (mutations.length > 0) {
    if (cursor === 0 || epoch === null) await begin(deps, { ...sender, epoch, cursor: 0 })
    let own: OwnRows | undefined
    try {
      const { answers, ...rest } = await takeIn(deps, sender, mutations, { epoch, cursor, last })
      taken = { epoch: rest.epoch, answers: [...answers], written: rest.written }
      own = rest
    } finally {
      deps.committed(own)
    }
  }
  const from = { ...sender, epoch: taken.epoch, cursor: epoch === null ? 0 : cursor }
  return { sendAgain: false, answers: taken.answers, ...(await pull(deps, from, taken.written)) }
}

/** Everything is sent again and pulled from the start: nothing may happen here before what central lost is back. */
function startOver(epoch: string): Exchanged {
  return { sendAgain: true, answers: [], epoch, cursor: 0, more: true, changes: [], last: null, horizon: null }
}

/** One exchange with a desk: what it has done, in its order, and then what it has not seen. Answers a SyncResponse as JSON. */
export async function sync(deps: SyncDeps, device: Device, request: RawSyncRequest): Promise<Result<Buffer>> {
  const storeId = request.storeId.toLowerCase()
  if (storeId !== device.storeId) return fail('forbidden', 'storeId')
  const sender = { deviceId: device.deviceId, storeId, team: device.team }
  const now = deps.clock.now()
  try {
    return ok(responseOf(now, await exchange(deps, sender, request)))
  } catch (error) {
    if (!(error instanceof EpochChanged)) throw error
    return ok(responseOf(now, startOver(error.epoch)))
  }
}
