/** Events to systems outside as the outbox carries them: POSTed, signed (Standard Webhooks), to addresses that central may reach. */
import type { BlockList } from 'node:net'
import type { Carried, Carrier } from '../outbox/carrier.ts'
import { post, type Posted } from '../outbox/post.ts'
import { signedHeaders } from '../outbox/signature.ts'
import type { Seal } from '../people/seal.ts'
import { webhookBody } from './body.ts'
import { openSecret } from './secret.ts'
import { selectReceiver } from './sql.ts'

/** With the waits between them they last about fourteen hours. */
const MOST_TRIES = 12
/** The receiver says that it is no more (Standard Webhooks: 410). */
const GONE = 410

/** What an answer means: 2xx is taken, anything else another time. */
export function carriedOf(posted: Posted): Carried {
  if (!posted.answered) return { became: 'failed', reason: posted.reason, again: posted.reason !== 'foreignAddress' }
  const { status, afterMs } = posted
  if (status >= 200 && status < 300) return { became: 'sent' }
  return {
    ...{ became: 'failed', reason: `http${status}`, again: status !== GONE },
    ...(afterMs === undefined ? {} : { afterMs }),
  }
}

/** `allowed`: inner networks that the centre named; `seal`: what secrets are kept under. */
export function webhookCarrier(allowed: BlockList, seal: Seal): Carrier {
  return {
    channel: 'webhook',
    mostTries: MOST_TRIES,
    async prepare(sql, owed, now) {
      const receiver = await selectReceiver(sql, owed.target)
      if (receiver === null) return { became: 'skipped', reason: 'ended' }
      const { unit, url, secret } = receiver
      const body = webhookBody(owed, unit)
      const headers = signedHeaders(openSecret(seal, secret, owed.target), {
        id: owed.id,
        timestamp: Math.floor(now / 1000),
        body,
      })
      return async () => carriedOf(await post({ url: new URL(url), headers, body, allowed }))
    },
  }
}
