/** /live over a real socket (L). Waits for messages and closings, never for time. */
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { closing } from '../../central/live/connection.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { createPeople, SESSION_MS } from '../../central/people/service.ts'
import { selectStatuses } from '../../central/live/sql.ts'
import { publishArticles } from '../../central/kb/service.ts'
import type { OpenDb } from './open-db.ts'
import {
  baseAfter,
  editContent,
  enrol,
  nextId,
  openCase,
  post,
  postAs,
  signIn,
  signInWithTeam,
  startCentral,
  type Central,
} from './db-fixture.ts'

type Live = { send(message: unknown): void; next(): Promise<unknown>; closed: Promise<number>; socket: WebSocket }

/** Opens /live; `next` gives the messages one by one. */
export async function openLive(url: string): Promise<Live> {
  const socket = new WebSocket(`${url}/live`)
  const arrived: unknown[] = []
  const waiting: ((message: unknown) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString())
    const waiter = waiting.shift()
    if (waiter === undefined) arrived.push(message)
    else waiter(message)
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () =>
      arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve)),
  }
}

export async function listen({ app }: Central): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** What is no test of lateness must not be late, where others have the processor. */
const helloMs = 3_000

export function liveContract(openDb: OpenDb): void {
  describe('/live', () => {
    let central: Central
    let url: string
    beforeAll(async () => {
      central = await startCentral(await openDb(), { live: { coalesceMs: 20, pollMs: 60_000, helloMs } })
      url = await listen(central)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const welcomed = async (desk: { device: string; token: string | null; storeId: string }) => {
      const live = await openLive(url)
      live.send({ type: 'hello', device: desk.device, token: desk.token, storeId: desk.storeId })
      expect(await live.next()).toMatchObject({ type: 'welcome' })
      return live
    }
    const statusOf = async (staffNo: string) =>
      (await central.db.tx('sanxin_live', selectStatuses)).find((one) => one.staffNo === staffNo)

    it('L1 welcomes a desk with the head, tells it of its cases, and not of others’', async () => {
      const [a, b] = [await signIn(central.app, '1001'), await signIn(central.app, '1002')]
      const { caseId, mutation } = openCase()
      await a.sync([mutation])
      const [liveA, liveB] = [await welcomed(a), await welcomed(b)]
      await b.sync([openCase().mutation])
      expect(await liveB.next()).toMatchObject({ type: 'changed', head: b.cursor })
      await b.sync([editContent(caseId, baseAfter(mutation), '乙的', '1002')])
      // The first thing that A hears is the edit of its own case: B's new case was none of its business.
      const heard = await liveA.next()
      await a.pullAll()
      expect(heard).toMatchObject({ type: 'changed', head: a.cursor })
      expect(a.cases.get(caseId)).toHaveLength(2)
      liveA.socket.terminate()
      liveB.socket.terminate()
    })

    it('L10 whoever an earlier connection left behind at a desk is there no more when it comes back', async () => {
      const desk = await signIn(central.app, '1007')
      const before = await welcomed(desk)
      before.send({ type: 'status', status: 'ready', since: 1 })
      await expect.poll(async () => await statusOf('1007')).toMatchObject({ status: 'ready', connected: true })
      // As a node that died leaves it: nobody was there to mark the desk gone.
      await central.db.tx('sanxin_live', (sql) =>
        sql.query('update operator_status set connection_id = gen_random_uuid() where store_id = $1::uuid', [
          desk.storeId,
        ]),
      )
      before.socket.terminate()
      const after = await welcomed({ ...desk, token: null })
      expect(await statusOf('1007')).toMatchObject({ status: 'ready', connected: false })
      after.socket.terminate()
    })

    it('L2 says many commits in few messages, the last of which has the head', async () => {
      const desk = await signIn(central.app, '1003')
      const live = await welcomed(desk)
      const answer = await desk.sync(Array.from({ length: 30 }, () => openCase().mutation))
      let messages = 0
      for (let head = 0; head < answer.cursor; messages += 1) head = ((await live.next()) as { head: number }).head
      expect(messages).toBeLessThan(10)
      live.socket.terminate()
    })

    it('L9 brings along what is small: to each desk its own, whole, from where it stood; what is large each pulls', async () => {
      const [author, colleague, stranger] = [
        await signInWithTeam(central, 'L9', '1001'),
        await signInWithTeam(central, 'L9', '1002'),
        await signIn(central.app, '1003'),
      ]
      for (const desk of [author, colleague, stranger]) await desk.pullAll()
      const [hers, strangers] = [await welcomed(colleague), await welcomed(stranger)]
      const { caseId, mutation } = openCase()
      const now = { ...mutation, at: central.clock.time }
      await author.sync([now])
      const heard = await hers.next()
      const { epoch, cursor: from } = colleague
      await colleague.pullAll()
      const events = colleague.cases.get(caseId)
      expect(heard).toMatchObject({
        type: 'changed',
        head: colleague.cursor,
        page: { epoch, from, changes: [{ kind: 'case', caseId, events, callers: [{ name: '来电人' }] }] },
      })
      // The first thing that the stranger hears is what is for all.
      const rest = { family: 'f', body: 'b', source: 's', unit: 'u', district: null, questions: [] }
      await publishArticles(central.db, [{ id: 'KB-L9', version: 1, title: 't', validUntil: '2027-01-01', ...rest }])
      const long = ['甲', '乙'].map((word) => editContent(caseId, { mutation: mutation.id }, word.repeat(10_000)))
      await author.sync(long)
      expect(await hers.next()).toEqual({ type: 'changed', head: author.cursor })
      const first = await strangers.next()
      expect(first).toMatchObject({ page: { changes: [{ kind: 'article', article: { id: 'KB-L9' } }] } })
      expect(JSON.stringify(first)).not.toContain(caseId)
      hers.socket.terminate()
      strangers.socket.terminate()
    })

    it('L3 writes what the operator does, the newest last, and that the desk went away', async () => {
      const desk = await signIn(central.app, '1004')
      const live = await welcomed(desk)
      for (let since = 1; since <= 50; since += 1)
        live.send({ type: 'status', status: since === 50 ? 'onCall' : 'ready', since })
      live.socket.close()
      await live.closed
      await expect
        .poll(() => statusOf('1004'))
        .toEqual({ staffNo: '1004', status: 'onCall', since: 50, connected: false })
    })

    it('L4 closes whoever does not say hello in time, says it wrongly, twice, or strangely', async () => {
      const desk = await signIn(central.app)
      const silent = await openLive(url)
      expect(await silent.closed).toBe(4408)
      const hello = { type: 'hello', device: desk.device, token: desk.token, storeId: desk.storeId }
      const strange: [number, unknown[]][] = [
        [4401, [{ ...hello, device: `${nextId()}.${'x'.repeat(43)}` }]],
        [4401, [{ ...hello, device: desk.token }]],
        [1008, [{ ...hello, device: null }]],
        [4401, [{ ...hello, storeId: nextId() }]],
        [1008, [hello, hello]],
        [1008, ['no json']],
        [1008, [{ type: 'status', status: 'ready', since: 1 }]],
        [1009, ['x'.repeat(4097)]],
      ]
      for (const [code, messages] of strange) {
        const live = await openLive(url)
        for (const message of messages) live.send(message)
        expect(await live.closed).toBe(code)
      }
    })

    it('L5 marks who signs out as gone, and goes on telling the desk; without a token a status is nobody’s', async () => {
      const desk = await signIn(central.app, '1005')
      const live = await welcomed(desk)
      live.send({ type: 'status', status: 'ready', since: 7 })
      const ready = { staffNo: '1005', status: 'ready', since: 7, connected: true }
      await expect.poll(() => statusOf('1005')).toEqual(ready)
      await post(central.app, '/sign-out', {}, desk.token)
      await expect.poll(() => statusOf('1005')).toEqual({ ...ready, connected: false })
      live.send({ type: 'status', status: 'onCall', since: 8 })
      await desk.sync([openCase().mutation])
      expect(await live.next()).toMatchObject({ type: 'changed' })
      const nobody = await welcomed({ ...desk, token: null })
      nobody.send({ type: 'status', status: 'onCall', since: 9 })
      await desk.sync([openCase().mutation])
      expect(await nobody.next()).toMatchObject({ type: 'changed' })
      expect(await statusOf('1005')).toEqual({ ...ready, connected: false })
      live.socket.terminate()
      nobody.socket.terminate()
    })

    it('L8 lets go of what listened for a store that was put aside', async () => {
      const desk = await signIn(central.app, '1008')
      const live = await welcomed(desk)
      await postAs(central.app, '/desk', { storeId: desk.storeId }, desk.device)
      await desk.sync([openCase().mutation])
      expect(await Promise.race([live.next(), live.closed])).toMatchObject({ type: 'changed' })
      const storeId = nextId()
      await postAs(central.app, '/desk', { storeId }, desk.device)
      expect(await live.closed).toBe(4401)
      const again = await welcomed({ ...desk, storeId })
      again.socket.terminate()
    })

    it('L8 lets go of a device whose store another one speaks for now, at whichever node that was bound', async () => {
      const node = await startCentral(central.db, { live: { coalesceMs: 20, pollMs: 60_000, helloMs, pingMs: 1_000 } })
      const desk = await signIn(node.app, '1001')
      const live = await openLive(await listen(node))
      live.send({ type: 'hello', device: desk.device, token: null, storeId: desk.storeId })
      expect(await live.next()).toMatchObject({ type: 'welcome' })
      const other = await enrol(central.app, desk.storeId)
      expect(await live.closed).toBe(closing.deviceUnknown)
      const late = await openLive(url)
      late.send({ type: 'hello', device: desk.device, token: null, storeId: desk.storeId })
      expect(await late.closed).toBe(closing.deviceUnknown)
      const successor = await welcomed({ device: other, token: null, storeId: desk.storeId })
      successor.socket.terminate()
      await node.app.close()
    })

    it('L6 writes no status of a session that has expired, and the feed goes on', async () => {
      const desk = await signIn(central.app, '1006')
      const live = await welcomed(desk)
      live.send({ type: 'status', status: 'ready', since: 1 })
      await expect.poll(() => statusOf('1006')).toMatchObject({ status: 'ready', connected: true })
      central.clock.time += SESSION_MS
      live.send({ type: 'status', status: 'onCall', since: 2 })
      await expect.poll(() => statusOf('1006')).toMatchObject({ status: 'ready', connected: false })
      await desk.sync([openCase().mutation])
      expect(await live.next()).toMatchObject({ type: 'changed' })
      expect(await createPeople(central.db, central.clock, demoSeal).findSession(desk.token)).toBeNull()
      live.socket.terminate()
    })

    it('L13 a node takes so many desks and tells the next one; once one of them leaves there is room', async () => {
      const node = await startCentral(central.db, { live: { coalesceMs: 20, pollMs: 60_000, helloMs, most: 2 } })
      const nodeUrl = await listen(node)
      const desk = await signIn(node.app, '1007')
      const come = async () => {
        const live = await openLive(nodeUrl)
        live.send({ type: 'hello', device: desk.device, token: null, storeId: desk.storeId })
        return live
      }
      const sitting = [await come(), await come()]
      for (const live of sitting) expect(await live.next()).toMatchObject({ type: 'welcome' })
      expect(await (await come()).closed).toBe(closing.tooMany)
      sitting[0]?.socket.close()
      await sitting[0]?.closed
      const isIn = async () => {
        const late = await come()
        return Promise.race([late.next(), late.closed])
      }
      // The node hears of the closing by itself, a moment after the desk does.
      await expect.poll(isIn).toMatchObject({ type: 'welcome' })
      await node.app.close()
    })

    it('L7 hears of another node’s commits by asking, and closes with its server', async () => {
      const node = await startCentral(central.db, { live: { coalesceMs: 20, pollMs: 20, helloMs } })
      const nodeUrl = await listen(node)
      const desk = await signIn(node.app, '1007')
      const live = await openLive(nodeUrl)
      live.send({ type: 'hello', device: desk.device, token: desk.token, storeId: desk.storeId })
      expect(await live.next()).toMatchObject({ type: 'welcome' })
      const rest = { family: 'f', body: 'b', source: 's', unit: 'u', district: null, questions: [] }
      await publishArticles(central.db, [{ id: 'KB-L7', version: 1, title: 't', validUntil: '2027-01-01', ...rest }])
      expect(await live.next()).toMatchObject({ type: 'changed' })
      await node.app.close()
      expect(await live.closed).toBe(1001)
    })
  })
}
