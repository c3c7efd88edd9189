/** A road between a desk and its exchange that reads what goes by, and leads the sound over ways that can be cut alone. */
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { openRelays, type End, type Lost, type Relays } from './udp-relay.ts'

export type MediaRoad = {
  readonly url: string
  /** All SIP messages so far, as they were sent. */
  readonly said: readonly { readonly by: End; readonly text: string }[]
  /** The sound has no way any more; what is offered from now on opens a new one. */
  cutSound(): void
  /** What is lost from now on of the sound that goes by, in one direction; null for nothing. */
  loseSound(lost: Lost | null): void
  /** The next offer of the desk within a call is answered 491 by the road, and the exchange never hears of it. */
  meetNextOffer(): void
  /** Whoever calls from now on offers sound without a fingerprint of its keys. */
  bareCalls(): void
  /** Every offer within a call is lost from now on, whoever makes it. */
  loseOffers(): void
  /** The next offer of the desk within a call is lost; resolves when it is. */
  loseNextOffer(): Promise<void>
}

const CANDIDATE = /^a=candidate:(\S+) (\d+) udp (\d+) (\d+\.\d+\.\d+\.\d+) (\d+) typ host.*$/i

/** The same message with relays in the place of its candidates; those of other kinds are left out. */
async function rewrite(text: string, relays: Relays, by: End): Promise<string> {
  const end = text.indexOf('\r\n\r\n')
  const body = text.slice(end + 4)
  if (!body.includes('a=candidate:')) return text
  const lines: string[] = []
  let first: Awaited<ReturnType<Relays['standFor']>> | null = null
  for (const line of body.split('\r\n')) {
    const found = CANDIDATE.exec(line)
    if (found === null) {
      if (!line.startsWith('a=candidate:')) lines.push(line)
      continue
    }
    const [, foundation, component, priority, address = '', port] = found
    const stand = await relays.standFor({ address, port: Number(port) }, by)
    first ??= stand
    lines.push(`a=candidate:${foundation} ${component} udp ${priority} ${stand.address} ${stand.port} typ host`)
  }
  // Where ICE has found nothing yet the default address is used: it stands for the first candidate.
  const { port = 9 } = first ?? {}
  const changed = lines.map((line) => line.replace(/^m=audio \d+/, `m=audio ${port}`)).join('\r\n')
  const head = text.slice(0, end).replace(/^Content-Length:.*$/im, `Content-Length: ${Buffer.byteLength(changed)}`)
  return `${head}\r\n\r\n${changed}`
}

const field = (text: string, name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(text)?.[1]?.trim() ?? ''

/** Whether it is an offer, or a refresh, within a call (RFC 3261 14.1, RFC 4028 7.4). */
const offersAgain = (text: string) => /^(INVITE|UPDATE) /.test(text) && field(text, 'To').includes('tag=')

const withoutFingerprint = (text: string) => text.replaceAll(/^a=fingerprint:.*\r\n/gm, '')

function pending(invite: string): string {
  const echoed = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${field(invite, name)}`)
  return ['SIP/2.0 491 Request Pending', ...echoed, 'Content-Length: 0', '', ''].join('\r\n')
}

export async function openMediaRoad(to: string): Promise<MediaRoad> {
  const relays = openRelays()
  const said: { by: End; text: string }[] = []
  let meets = false
  let lost: (() => void) | null = null
  let met = ''
  let bare = false
  let deaf = false
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' })
  await once(server, 'listening')

  /** Whether the road deals with it itself. */
  function isMet(text: string, near: WebSocket): boolean {
    const invites = offersAgain(text)
    if (lost !== null && invites) {
      lost()
      lost = null
      return true
    }
    if (meets && invites) {
      meets = false
      met = field(text, 'CSeq').split(' ')[0] ?? ''
      near.send(pending(text))
      return true
    }
    return text.startsWith('ACK ') && met !== '' && field(text, 'CSeq').startsWith(`${met} `)
  }

  server.on('connection', (near) => {
    const far = new WebSocket(to, 'sip')
    const opened = once(far, 'open').catch(() => near.terminate())
    /** In the order in which they came. */
    const pass = (by: End, from: WebSocket, target: WebSocket) => {
      let turn: Promise<unknown> = opened
      from.on('message', (data: Buffer) => {
        const text = data.toString('utf8')
        said.push({ by, text })
        if (by === 'desk' && isMet(text, near)) return
        if (deaf && offersAgain(text)) return
        const told = bare && by === 'exchange' ? withoutFingerprint(text) : text
        turn = turn.then(() => rewrite(told, relays, by)).then((changed) => target.send(changed))
      })
      from.on('close', () => target.close())
      from.on('error', () => target.terminate())
    }
    pass('desk', near, far)
    pass('exchange', far, near)
  })
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
    relays.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `ws://127.0.0.1:${port}/ws`,
    said,
    cutSound: () => relays.cut(),
    loseSound: (what) => relays.lose(what),
    meetNextOffer: () => {
      meets = true
    },
    bareCalls: () => {
      bare = true
    },
    loseOffers: () => {
      deaf = true
    },
    loseNextOffer: () =>
      new Promise((resolve) => {
        lost = resolve
      }),
  }
}
