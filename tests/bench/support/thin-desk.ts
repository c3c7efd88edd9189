/** A desk without a store: its credential, its place in the feed, and the wire. */
import { randomUUID } from 'node:crypto'
import WebSocket from 'ws'
import type { LivePage } from '../../../electron/store/sync/live-page.ts'
import { DEMO_ENROLMENT } from '../../../central/people/demo.ts'
import {
  PROTOCOL_VERSION,
  type EnrolResponse,
  type Mutation,
  type SyncRequest,
  type SyncResponse,
} from '../../../shared/sync/protocol.ts'
import { requestText } from '../../../shared/sync/request-text.ts'
import { postReady, type ReadyAnswer, type ReadyBatch } from './ready-batch.ts'

export type ThinDesk = {
  readonly storeId: string
  /** Its credential, `id.secret`. */
  readonly device: string
  readonly deskCode: string
  /** The node that it speaks to. */
  readonly url: string
  /** The same desk, speaking to another node. */
  at(url: string): ThinDesk
  /** What it would send now. */
  request(mutations?: readonly Mutation[]): SyncRequest
  /** One POST /sync; throws unless it is answered 200. */
  sync(mutations?: readonly Mutation[]): Promise<SyncResponse>
  /** One POST /sync with what lies ready. */
  push(batch: ReadyBatch): Promise<ReadyAnswer>
  /** Pulls until there is no more. */
  pullAll(): Promise<void>
  /** Takes what came along with the sign, where it stands just before it, as the store does. */
  take(page: LivePage): boolean
}

type Place = Pick<SyncResponse, 'epoch' | 'cursor' | 'last'>

/** POSTs a body as this device; answers the status and the JSON. */
export async function postJson(url: string, path: string, body: object | string, device = ''): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    ...(device === '' ? {} : { authorization: `Device ${device}` }),
  }
  return fetch(new URL(path, url), {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function take<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** Enrols a new desk by the demo's code. */
export async function enrolDesk(url: string): Promise<ThinDesk> {
  const storeId = randomUUID()
  const { deviceId, secret, deskCode } = await take<EnrolResponse>(
    await postJson(url, '/enrol', { code: DEMO_ENROLMENT, storeId }),
  )
  const device = `${deviceId}.${secret}`
  let epoch: string | null = null
  let cursor = 0
  let last: string | null = null
  /** Of one desk there is one request on the way. */
  let before: Promise<unknown> = Promise.resolve()
  const request = (mutations: readonly Mutation[] = []): SyncRequest => ({
    protocol: PROTOCOL_VERSION,
    storeId,
    epoch,
    cursor,
    last,
    mutations: [...mutations],
  })
  const speakTo = (node: string): ThinDesk => {
    const inTurn = <A extends Place>(exchange: () => Promise<A>) => {
      const turn = before.then(async () => {
        const answer = await exchange()
        epoch = answer.epoch
        cursor = Math.max(cursor, answer.cursor)
        last = answer.last
        return answer
      })
      before = turn.catch(() => undefined)
      return turn
    }
    const sync = (mutations: readonly Mutation[] = []) =>
      inTurn(async () => take<SyncResponse>(await postJson(node, '/sync', requestText(request(mutations)), device)))
    const push = (batch: ReadyBatch) =>
      inTurn(() => {
        const { mutations: _none, ...head } = request()
        return postReady({ url: node, device }, head, batch)
      })
    const pullAll = async () => {
      while ((await sync()).more);
    }
    const takePage = (page: LivePage) => {
      if (page.epoch !== epoch || page.from !== cursor) return false
      cursor = page.head
      return true
    }
    return { storeId, device, deskCode, url: node, at: speakTo, request, sync, push, pullAll, take: takePage }
  }
  return speakTo(url)
}

/** Opens /live for a desk; `onNews` hears of what is new to it. Resolves when it was welcomed. */
async function openLive(
  { url, device, storeId }: ThinDesk,
  onNews: (page: LivePage | null) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + '/live')
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', device, token: null, storeId })))
    socket.on('message', (data: Buffer) => {
      const said = JSON.parse(data.toString()) as { type: string; head: number; page?: Omit<LivePage, 'head'> }
      if (said.type === 'welcome') resolve()
      else onNews(said.page === undefined ? null : { ...said.page, head: said.head })
    })
    socket.on('error', reject).on('close', (code) => reject(new Error(`/live closed: ${code}`)))
  })
  return socket
}

/**
 * Listens on /live and pulls by /sync when told, one request at a time, as the store's engine does; `onPage` gets
 * each answer. `poke` pulls without having been told, `close` ends it.
 */
export async function followFeed(
  desk: ThinDesk,
  onPage: (answer: Pick<SyncResponse, 'changes'>, ms: number) => void,
): Promise<{ poke(): void; close(): void }> {
  let busy = false
  let again = false
  const pull = async (): Promise<void> => {
    again = true
    if (busy) return
    busy = true
    while (again) {
      again = false
      const before = performance.now()
      const answer = await desk.sync()
      onPage(answer, performance.now() - before)
      again ||= answer.more
    }
    busy = false
  }
  const hear = (page: LivePage | null) => {
    if (page !== null && !busy && desk.take(page)) onPage(page, 0)
    else void pull()
  }
  const socket = await openLive(desk, hear)
  return { poke: () => void pull(), close: () => socket.removeAllListeners('close').terminate() }
}
