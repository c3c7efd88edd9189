import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAsker, type AnswerHead } from '../../electron/store/sync/ask-ahead.ts'
import { createCentralClient } from '../../electron/store/sync/central-client.ts'
import { ok } from '../../shared/errors.ts'
import { PROTOCOL_VERSION, type Article, type SyncRequest } from '../../shared/sync/protocol.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'
import { uuidv7 } from 'uuidv7'

const article = (id: string) =>
  ({
    id,
    version: 1,
    family: 'bus',
    title: `${id} 公交`,
    body: '首末班',
    source: '公交集团',
    unit: '公交集团',
    validUntil: '2027-03-31',
    district: null,
    questions: [],
  }) as Article

type Asked = { readonly cursor: number; readonly fileAt: number; readonly sends: number; readonly given: number }

const cursorOf = ({ db }: StoreFixture) =>
  Number(db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE key = 'cursor'`).get()?.value ?? 0)

/**
 * A central that gives one change a page; answers where each request stood, and where the file stood and how many answers
 * had been given then.
 */
async function pagedStore(): Promise<{
  store: StoreFixture
  asked: Asked[]
  onAsk: { run(request: SyncRequest): void }
}> {
  const store = await signedIn(await openFixture())
  const asked: Asked[] = []
  const onAsk = { run: (_request: SyncRequest) => {} }
  const whole = store.central.sync
  let given = 0
  store.central.sync = async (device, request, onHead) => {
    asked.push({ cursor: request.cursor, fileAt: cursorOf(store), sends: request.mutations.length, given })
    onAsk.run(request)
    const answer = await whole(device, request)
    if (!answer.ok) return answer
    const { changes, ...rest } = answer.value
    const page = changes.slice(0, 1)
    const more = changes.length > 1
    const said = { ...rest, more, cursor: more ? request.cursor + 1 : rest.cursor }
    await onHead?.(said)
    given += 1
    return ok({ ...said, changes: page })
  }
  return { store, asked, onAsk }
}

const articles = async (store: StoreFixture) => (await store.ask('sync.status', null)).articles

describe('S5.7 the page after this one', () => {
  test('is asked for while this one is not yet taken, and each is taken once', async () => {
    const { store, asked } = await pagedStore()
    for (const id of ['KB-1', 'KB-2', 'KB-3']) store.central.publish(article(id))
    store.hear(null)
    for (let turn = 0; turn < 4; turn++) await store.settle()
    expect(asked.slice(0, 3)).toEqual([
      { cursor: 0, fileAt: 0, sends: 0, given: 0 },
      { cursor: 1, fileAt: 0, sends: 0, given: 0 },
      { cursor: 2, fileAt: 1, sends: 0, given: 2 },
    ])
    expect(await articles(store)).toBe(3)
  })

  test('is left where something was typed meanwhile: that goes first, and no page is lost', async () => {
    const { store, asked, onAsk } = await pagedStore()
    for (const id of ['KB-1', 'KB-2', 'KB-3']) store.central.publish(article(id))
    let saved: Promise<unknown> = Promise.resolve()
    onAsk.run = ({ cursor }) => {
      if (cursor !== 1) return
      onAsk.run = () => {}
      saved = store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    }
    store.hear(null)
    for (let turn = 0; turn < 5; turn++) await store.settle()
    await saved
    expect(asked.slice(0, 3).map(({ sends }) => sends)).toEqual([0, 0, 2])
    expect(await articles(store)).toBe(3)
    expect((await store.ask('sync.status', null)).waiting).toBe(0)
  })

  test('is not taken where this one could not be: the desk asks for this one again', async () => {
    const { store, asked } = await pagedStore()
    for (const id of ['KB-1', 'KB-2']) store.central.publish(article(id))
    store.db.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON articles BEGIN SELECT raise(ABORT, 'the disk is full'); END;
       CREATE TEMP TRIGGER stuck BEFORE UPDATE ON meta WHEN new.key = 'cursor' BEGIN SELECT raise(ABORT, 'full'); END`,
    )
    store.hear(null)
    await store.settle()
    expect(cursorOf(store)).toBe(0)
    store.db.exec('DROP TRIGGER full; DROP TRIGGER stuck')
    for (let turn = 0; turn < 4; turn++) await store.settle()
    expect(asked.map(({ cursor }) => cursor)).toContain(0)
    expect(await articles(store)).toBe(2)
    expect(cursorOf(store)).toBe(2)
  })
})

const head = (cursor: number, last: string | null = null) => ({
  ...{ protocol: PROTOCOL_VERSION, epoch: 'e', sendAgain: false, cursor: cursor + 1, more: cursor < 2, now: 1 },
  ...{ last, horizon: null, answers: [] },
})
const asks = (cursor: number): SyncRequest => ({
  ...{ protocol: PROTOCOL_VERSION, storeId: uuidv7(), epoch: 'e', cursor, last: null },
  mutations: [],
})

/** An asker on a wire of which each answer comes when its test says so. */
function heldAsker() {
  const sent: { readonly request: SyncRequest; head(head: AnswerHead): Promise<void>; end(): void }[] = []
  const asker = createAsker(
    (_device, request, onHead) =>
      new Promise((resolve) => {
        const said = head(request.cursor)
        sent.push({ request, head: onHead, end: () => resolve(ok({ ...said, changes: [] })) })
      }),
  )
  return { asker, sent, cursors: () => sent.map(({ request }) => request.cursor) }
}

describe('S5.7 where an answer ends is known before all of it is there', () => {
  test('the next page is asked for then, and the one behind that when this one is wanted', async () => {
    const { asker, sent, cursors } = heldAsker()
    const first = asker.ask('device', asks(0))
    await Promise.resolve()
    await sent[0]?.head(head(0))
    // Heard once more where the connection broke and the desk asked again.
    await sent[0]?.head(head(0))
    expect(cursors()).toEqual([0, 1])
    await sent[1]?.head(head(1))
    expect(cursors()).toEqual([0, 1])
    sent[0]?.end()
    await first.answer
    expect(cursors()).toEqual([0, 1])
    const second = asker.ask('device', { ...asks(1), storeId: sent[0]?.request.storeId ?? '' })
    expect(second.early).toBe(true)
    sent[1]?.end()
    expect(await second.answer).toMatchObject({ ok: true, value: { cursor: 2 } })
    expect(cursors()).toEqual([0, 1, 2])
  })

  test('the one behind it is asked for as soon as this one is expected, though it is wanted later', async () => {
    const { asker, sent, cursors } = heldAsker()
    const request = asks(0)
    const first = asker.ask('device', request)
    await Promise.resolve()
    await sent[0]?.head(head(0))
    sent[0]?.end()
    await first.answer
    asker.expect('another', { ...request, cursor: 1 })
    asker.expect('device', { ...request, cursor: 1 })
    await sent[1]?.head(head(1))
    expect(cursors()).toEqual([0, 1, 2])
    const second = asker.ask('device', { ...request, cursor: 1 })
    expect(second.early).toBe(true)
    sent[1]?.end()
    expect(await second.answer).toMatchObject({ ok: true, value: { cursor: 2 } })
    expect(cursors()).toEqual([0, 1, 2])
  })

  test('what was expected is left where something else is asked for', async () => {
    const { asker, sent, cursors } = heldAsker()
    const request = asks(0)
    asker.ask('device', request)
    await Promise.resolve()
    await sent[0]?.head(head(0))
    asker.expect('device', { ...request, cursor: 1 })
    const other = asker.ask('device', { ...request, cursor: 1, mutations: [], last: uuidv7() })
    expect(other.early).toBe(false)
    await Promise.resolve()
    expect(cursors()).toEqual([0, 1, 1])
  })

  test('nothing is asked for behind what nobody wants any more', async () => {
    const { asker, sent, cursors } = heldAsker()
    asker.ask('device', asks(0))
    await Promise.resolve()
    await sent[0]?.head(head(0))
    asker.ask('device', asks(0))
    await Promise.resolve()
    await sent[1]?.head(head(1))
    expect(cursors()).toEqual([0, 1, 0])
  })

  test('nothing is asked for where the answer names another mutation than the desk did, sends it back, or is the last', async () => {
    for (const said of [head(0, uuidv7()), { ...head(0), sendAgain: true }, head(2)]) {
      const { asker, sent } = heldAsker()
      asker.ask('device', asks(0))
      await Promise.resolve()
      await sent[0]?.head(said)
      expect(sent.length).toBe(1)
    }
  })

  test('over HTTP: the rest of an answer comes when the next page is asked for', async () => {
    let finish = () => {}
    const server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        const { cursor } = JSON.parse(text) as SyncRequest
        const change = { kind: 'articleWithdrawn', seq: cursor, id: ',"changes":[' }
        const all = JSON.stringify({ ...head(cursor), changes: [change] })
        if (cursor > 0) {
          response.end(all)
          return finish()
        }
        response.write(all.slice(0, -20))
        finish = () => void response.end(all.slice(-20))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const client = createCentralClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const asker = createAsker((device, request, onHead) => client.sync(device, request, onHead))
    const request = asks(0)
    expect(await asker.ask('device', request).answer).toMatchObject({ ok: true, value: { cursor: 1 } })
    const second = await asker.ask('device', { ...request, cursor: 1 }).answer
    expect(second).toMatchObject({ ok: true, value: { cursor: 2, changes: [{ id: ',"changes":[' }] } })
  })
})

/** A central in a thread of its own: it goes on while this one stands still, and says when it was asked from 1 on. */
const server = `
  const { createServer } = require('node:http')
  const { parentPort, workerData } = require('node:worker_threads')
  const flag = new Int32Array(workerData)
  createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk)).on('end', () => {
      const { cursor, protocol } = JSON.parse(text)
      if (cursor === 1) {
        Atomics.store(flag, 0, 1)
        Atomics.notify(flag, 0)
      }
      const answer = { protocol, epoch: 'e', sendAgain: false, cursor: cursor + 1, more: cursor === 0, now: 1 }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ...answer, last: null, horizon: null, answers: [], changes: [] }))
    })
  }).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port) })`

test('S5.7 what is asked for ahead is on the wire before the page before it is taken, which nothing interrupts', async () => {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(server, { eval: true, workerData: flag.buffer })
  onTestFinished(async () => void (await worker.terminate()))
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const client = createCentralClient(`http://127.0.0.1:${port}`)
  const asker = createAsker((device, request, onHead) => client.sync(device, request, onHead))
  const request = asks(0)
  await asker.ask('device', request).answer
  // As long as this waits, this thread writes nothing.
  expect(Atomics.wait(flag, 0, 0, 5000)).not.toBe('timed-out')
  const next = asker.ask('device', { ...request, cursor: 1 })
  expect(next.early).toBe(true)
  expect(await next.answer).toMatchObject({ ok: true, value: { cursor: 2, more: false } })
})
