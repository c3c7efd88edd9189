import { z } from 'zod'
import type { Log } from '../../../shared/ports.ts'
import { changeSchema, type Change, type SyncResponse } from '../../../shared/sync/protocol.ts'

/** `bytes`: the JSON in UTF-8 of an article, or of a case's events, where it came so that it can be kept as it is. */
export type Received = Change & { readonly bytes?: Uint8Array }
/** An answer of POST /sync, as the desk takes it. */
export type Answered = Omit<SyncResponse, 'changes'> & { readonly changes: readonly Received[] }

const namedSchema = z.object({ seq: z.number(), kind: z.string() }).catch({ seq: 0, kind: '' })

/** Looks at the changes one by one: a strange one must not keep the rest from the desk for ever. */
export function readChanges(
  changes: readonly unknown[],
  log: Log,
  bytesOf: (change: unknown) => Uint8Array | undefined = () => undefined,
): Received[] {
  return changes.flatMap((change) => {
    const parsed = changeSchema.safeParse(change)
    if (parsed.success) {
      const bytes = bytesOf(change)
      return bytes === undefined ? [parsed.data] : [{ ...parsed.data, bytes }]
    }
    const { seq, kind } = namedSchema.parse(change)
    log('changeSkipped', { seq, kind: kind.slice(0, 40) })
    return []
  })
}
