import { z } from 'zod'
import type { Log } from '../../../shared/ports.ts'
import { changeSchema, type Change } from '../../../shared/sync/protocol.ts'

const namedSchema = z.object({ seq: z.number(), kind: z.string() }).catch({ seq: 0, kind: '' })

/** Looks at the changes one by one: a strange one must not keep the rest from the desk for ever. */
export function readChanges(changes: readonly unknown[], log: Log): Change[] {
  return changes.flatMap((change) => {
    const parsed = changeSchema.safeParse(change)
    if (parsed.success) return [parsed.data]
    const { seq, kind } = namedSchema.parse(change)
    log('changeSkipped', { seq, kind: kind.slice(0, 40) })
    return []
  })
}
