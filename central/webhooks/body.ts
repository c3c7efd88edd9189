import { z } from 'zod'
import { caseKinds } from '../../shared/case/case-kind.ts'
import { caseStates } from '../../shared/case/case-step.ts'
import type { Owed } from '../outbox/carrier.ts'

const time = z.number().int()
const named = { caseId: z.string(), caseNo: z.string(), revision: z.number().int() }

/**
 * What is POSTed: the shape of Standard Webhooks (`type`, `timestamp`, `data`). Who wants more asks for the case, and
 * sees what is hers. `revision` grows with each event of a case; `due` is in ms.
 */
export const webhookBodySchema = z.object({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.union([
    z.object({
      ...named,
      yours: z.literal(true),
      state: z.enum(caseStates),
      kind: z.enum(caseKinds).nullable(),
      unit: z.string().nullable(),
      due: time.nullable(),
    }),
    /** It is with another unit now: of it the receiver sees no more than that. */
    z.object({ ...named, yours: z.literal(false) }),
  ]),
})

const dataSchema = z.object({
  caseNo: z.string(),
  state: z.enum(caseStates),
  kind: z.enum(caseKinds).nullable(),
  unit: z.string().nullable(),
  others: z.array(z.string()),
  due: time.nullable(),
})

/** The body for a receiver; `unit` null: the platform above, whose all cases are. */
export function webhookBody({ kind: type, at, caseId, revision, data }: Owed, unit: string | null): string {
  const { caseNo, state, kind, unit: lead, others, due } = dataSchema.parse(data)
  const name = { caseId, caseNo, revision }
  const yours = unit === null || unit === lead || others.includes(unit)
  const told = yours ? { ...name, yours, state, kind, unit: lead, due } : { ...name, yours }
  return JSON.stringify(webhookBodySchema.parse({ type, timestamp: new Date(at).toISOString(), data: told }))
}
