import type { ListedCall } from '../../shared/call/call-book.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import type { CallBook } from './db/call-book.ts'
import type { Meta } from './db/meta.ts'
import type { Outbox } from './db/outbox.ts'
import type { CentralClient } from './sync/central-client.ts'

type Deps = {
  readonly book: CallBook
  readonly meta: Meta
  readonly outbox: Pick<Outbox, 'pendingCalls'>
  readonly client: CentralClient
  /** Central does not know this device. */
  readonly refused: () => void
  /** Somebody is owed no more. */
  readonly changed: () => void
  readonly log: Log
}

/** More than these are not owed at one desk; the rest is asked for once these are paid. */
const MOST_ASKED = 200

/**
 * Asks central which of those whom this desk owes a call were answered at another one (B8); one question at a time. It
 * never fails: what could not be asked or kept, on a full disk say, leaves the desk with what it knows itself.
 */
export function createAnsweredElsewhere({
  book,
  meta,
  outbox,
  client,
  refused,
  changed,
  log,
}: Deps): () => Promise<void> {
  let asking: Promise<void> | null = null

  /** Of a call that was answered here and then lost central must know the end: the answer alone would pay it. */
  function toAsk(): readonly ListedCall[] {
    const owed = book.owed()
    const untold = owed.some(({ answeredAt }) => answeredAt !== null) ? outbox.pendingCalls() : null
    return owed.filter(({ answeredAt, callId }) => answeredAt === null || !untold?.has(callId)).slice(0, MOST_ASKED)
  }

  async function ask(): Promise<void> {
    const device = meta.get('device')
    const owed = toAsk()
    if (device === null || owed.length === 0) return
    const answer = await client.answeredCalls(
      device,
      owed.map(({ callId }) => callId),
    )
    if (!answer.ok && answer.error.code === 'deviceUnknown') refused()
    if (!answer.ok || answer.value.length === 0) return
    const answered = new Set(answer.value)
    book.markAnswered(owed.filter(({ callId }) => answered.has(callId)))
    changed()
  }

  return () =>
    (asking ??= ask()
      .catch((error: unknown) => log('answeredElsewhereFailed', faultOf(error)))
      .finally(() => (asking = null)))
}
