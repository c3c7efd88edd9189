import { Readable } from 'node:stream'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import { PROTOCOL_VERSION, type syncRequestSchema, type SyncResponse } from '../../shared/sync/protocol.ts'
import type { z } from 'zod'
import type { Device } from '../http/access.ts'
import type { Sender } from './batch.ts'
import type { OwnRows } from '../feed/own-rows.ts'
import { EpochChanged } from './epoch.ts'
import { takeIn, type IntakeDeps } from './intake.ts'
import type { JustWritten } from './just-written.ts'
import { bytesOf, listed, type JsonParts } from './json-parts.ts'
import { begin, pull, type Pull } from './pull.ts'

/**
 * `committed` is called once something may have been written, with what it is where that is known; `backupMs` is how
 * long a backup may be gone back to.
 */
export type SyncDeps = IntakeDeps & { readonly committed: (own?: OwnRows) => void; readonly backupMs: number }
export type RawSyncRequest = z.infer<typeof syncRequestSchema>

type Exchanged = Pull & Pick<SyncResponse, 'sendAgain' | 'answers'>

/** A SyncResponse as JSON: whole, or, where more pages follow upon it, in two parts. */
export type Answer = Buffer | Readable

/** Each change begins a line, so that a desk may keep what it stores in the bytes in which that comes (R5.24). */
const listOf = (changes: readonly JsonParts[]): JsonParts => ['\n', ...listed(changes, ',\n'), '\n]}']

async function* inTwo(head: Buffer, changes: Pull['changes'], log: Log): AsyncGenerator<Buffer> {
  // The desk asks for the page behind as soon as it has heard where this one ends, and central reads both at once.
  yield head
  try {
    // Awaited here alone: whoever hung up meanwhile must not leave a rejection that nobody hears, which ends the node.
    yield bytesOf(listOf(await changes))
  } catch (error) {
    // It is too late for a code: the answer breaks off, as when a node dies.
    log('pullFailed', faultOf(error))
    throw error
  }
}

async function answerOf({ clock, log }: SyncDeps, { changes, ...rest }: Exchanged): Promise<Answer> {
  const said: Omit<SyncResponse, 'changes'> = { protocol: PROTOCOL_VERSION, now: clock.now(), ...rest }
  const head = Buffer.from(`${JSON.stringify(said).slice(0, -1)},"changes":[`)
  if (!rest.more) return bytesOf([head, ...listOf(await changes)])
  return Readable.from(inTwo(head, changes, log), { objectMode: false })
}

async function exchange(deps: SyncDeps, sender: Sender, request: RawSyncRequest): Promise<Exchanged> {
  const { mutations, epoch, cursor } = request
  const last = request.last?.toLowerCase() ?? null
  if (cursor === 0 || epoch === null) await begin(deps, { ...sender, epoch, cursor: 0 })
  let taken = { epoch, answers: [] as SyncResponse['answers'], written: null as JustWritten | null }
  if (mutations.length > 0) {
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
  const changes = Promise.resolve([])
  return { sendAgain: true, answers: [], epoch, cursor: 0, more: true, changes, last: null, horizon: null }
}

/** One exchange with a desk: what it has done, in its order, and then what it has not seen. Answers a SyncResponse. */
export async function sync(deps: SyncDeps, device: Device, request: RawSyncRequest): Promise<Result<Answer>> {
  const storeId = request.storeId.toLowerCase()
  if (storeId !== device.storeId) return fail('forbidden', 'storeId')
  const sender = { deviceId: device.deviceId, storeId, team: device.team }
  try {
    return ok(await answerOf(deps, await exchange(deps, sender, request)))
  } catch (error) {
    if (!(error instanceof EpochChanged)) throw error
    return ok(await answerOf(deps, startOver(error.epoch)))
  }
}
