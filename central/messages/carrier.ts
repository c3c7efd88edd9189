/** Messages to citizens as the outbox carries them: who is written to, with which words, and who never is (rules M). */
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { messageKinds, type MessageKind } from '../../shared/case/message-kind.ts'
import type { Tx } from '../db/db.ts'
import type { Carried, Carrier, Owed } from '../outbox/carrier.ts'
import type { MessageGateway } from './gateway.ts'
import * as messages from './sql.ts'
import { messageText, type MessageValues, type Templates } from './templates.ts'

/** So long a citizen may rate by a message, in ms. */
export const RATE_MS = 15 * 24 * 3_600_000
const TOKEN_BYTES = 16
const MOST_TRIES = 8

export type Messaging = {
  readonly gateway: MessageGateway
  readonly templates: Templates
  /** Where citizens reach central's pages; null: no message has a link. */
  readonly publicUrl: URL | null
}

const dataSchema = z.object({
  due: z.number().optional(),
  words: z.string().optional(),
  channel: z.string().optional(),
  /** Of owed-by.ts: somebody who called besides. */
  to: z.object({ callerId: z.string(), from: z.string().nullable(), report: z.boolean() }).optional(),
})
const kindSchema = z.enum(messageKinds)

/** She was not told these in the call: where no message can go, somebody must say them. */
const owedByVoice: ReadonlySet<MessageKind> = new Set(['extended', 'answered', 'declined'])
const asking: ReadonlySet<MessageKind> = new Set(['answered', 'settled'])

/** Mobiles of the mainland by their key: all else gets no messages. */
const isMobile = (phoneKey: string) => /^861[3-9]\d{9}$/.test(phoneKey)

function whyNot({ phoneKey, unwanted }: messages.Addressee, kind: MessageKind): Carried | null {
  if (phoneKey === '') return { became: 'skipped', reason: 'noNumber' }
  const reason = unwanted ? 'wish' : isMobile(phoneKey) ? null : 'notMobile'
  if (reason === null) return null
  return { became: owedByVoice.has(kind) ? 'byVoice' : 'skipped', reason }
}

const inChina = (format: Intl.DateTimeFormatOptions, at: number) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...format }).format(at)

/** A deadline as it is told: one in days ends with its day, which counts; one in hours has its minute. */
function tellDue(due: number): string {
  const time = inChina({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, due)
  const day = inChina({ month: 'long', day: 'numeric' }, due - 1)
  return time === '00:00' ? `${day}（含当日）` : `${day}${time}`
}

export const hashRateToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A way to rate that this message may offer; the token itself is in the message alone. */
async function askToRate(
  sql: Tx,
  { gateway, publicUrl }: Messaging,
  { id, caseId }: Owed,
  whom: Pick<messages.Ask, 'callerId' | 'phoneKey'>,
  now: number,
): Promise<MessageValues> {
  const scale = gateway.inboundSecret === null ? {} : { scale: '1至5' }
  if (publicUrl === null && gateway.inboundSecret === null) return {}
  await messages.insertAsk(sql, { askId: id, caseId, ...whom, at: now, expiresAt: now + RATE_MS })
  if (publicUrl === null) return scale
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await messages.insertRateToken(sql, hashRateToken(token), id)
  return { ...scale, rate: new URL(`/rate/${token}`, publicUrl).href }
}

export function messageCarrier(messaging: Messaging): Carrier {
  const { gateway, templates, publicUrl } = messaging

  async function prepare(sql: Tx, owed: Owed, now: number): Promise<(() => Promise<Carried>) | Carried> {
    const kind = kindSchema.parse(owed.kind)
    const { due, words, channel, to } = dataSchema.parse(owed.data ?? {})
    const addressee = await messages.selectAddressee(sql, owed.caseId, to ?? null)
    if (addressee === null) return { became: 'skipped', reason: 'noNumber' }
    const refusal = whyNot(addressee, kind)
    if (refusal !== null) return refusal
    const whom = { callerId: to?.callerId ?? null, phoneKey: addressee.phoneKey }
    const asked = asking.has(kind) ? await askToRate(sql, messaging, owed, whom, now) : {}
    // It would say nothing but that she may rate.
    if (kind === 'settled' && Object.keys(asked).length === 0) return { became: 'skipped', reason: 'noWayToRate' }
    const isReport = addressee.secret || to?.report === true
    const text = messageText(
      templates,
      kind,
      {
        caseNo: addressee.caseNo,
        ...(due === undefined ? {} : { due: tellDue(due) }),
        ...(words === undefined ? {} : { words }),
        ...(channel === undefined ? {} : { channel }),
        // The page says nothing of a report (G5).
        ...(publicUrl === null || isReport ? {} : { progress: new URL('/progress', publicUrl).href }),
        ...asked,
      },
      isReport,
    )
    return () => gateway.send({ id: owed.id, to: `+${addressee.phoneKey}`, kind, text })
  }
  return { channel: 'message', mostTries: MOST_TRIES, prepare }
}
