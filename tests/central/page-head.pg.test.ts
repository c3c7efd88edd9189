/** A page of the feed goes out in two parts: where it ends, and what is in it (R5.23). */
import { expect, onTestFinished, test } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { publishArticles } from '../../central/kb/service.ts'
import { FIRST_PAGE } from '../../central/sync/pull.ts'
import { readAnswer } from '../../electron/store/sync/read-answer.ts'
import { must } from '../../shared/errors.ts'
import { PAGE, PROTOCOL_VERSION, type SyncResponse } from '../../shared/sync/protocol.ts'
import * as given from '../contract/db-fixture.ts'
import { someArticle } from '../bench/support/texts.ts'
import { gated } from './support/gated-db.ts'
import { newDatabase, startNode } from './support/race-ground.ts'

const ARTICLES = 'from articles where articles.id = wanted.id'

type Ask = (from: Pick<SyncResponse, 'epoch' | 'cursor'> | null) => Promise<Response>

/** A node over this database with more articles than two pages hold; answers how a desk asks it over the network. */
async function openNode(db: Db): Promise<{ readonly ask: Ask; readonly logged: given.Logged[] }> {
  const { app, logged } = await startNode(db)
  await publishArticles(
    db,
    Array.from({ length: 2 * PAGE + 1 }, (_, index) => someArticle(index)),
  )
  const { storeId, device } = await given.signIn(app)
  const url = new URL('/sync', await app.listen({ host: '127.0.0.1', port: 0 }))
  const headers = { 'content-type': 'application/json', authorization: `Device ${device}` }
  const ask: Ask = (from) => {
    const request = { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last: null, mutations: [], ...from }
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(request) })
  }
  return { ask, logged }
}

/** Reads its first part; `rest` reads all of it. */
async function headOf(response: Response) {
  const reader = must(response.body, 'a body').getReader()
  const parts = [must((await reader.read()).value ?? null, 'a first part')]
  const [said] = Buffer.from(must(parts[0] ?? null, 'it'))
    .toString()
    .split(',"changes":[')
  const rest = async () => {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) parts.push(part.value)
    return JSON.parse(Buffer.concat(parts).toString()) as SyncResponse
  }
  return { head: JSON.parse(`${said}}`) as Omit<SyncResponse, 'changes'>, rest }
}

test('R5.23 a page upon which more follow says where it ends before it is read, and the one behind is read beside it', async () => {
  const gate = gated(openPostgres(await newDatabase()), ARTICLES)
  const { ask } = await openNode(gate.db)
  const reached = gate.shut()
  const first = await headOf(await ask(null))
  await reached
  const second = await headOf(await ask(first.head))
  expect([first.head.more, second.head.more]).toEqual([true, true])
  expect(second.head.cursor).toBe(first.head.cursor + PAGE)
  gate.open()
  const pages = await Promise.all([first.rest(), second.rest()])
  expect(pages.map(({ changes }) => changes.length)).toEqual([FIRST_PAGE, PAGE])
  expect(pages.flatMap(({ changes }) => changes.map(({ seq }) => seq))).toEqual(
    Array.from({ length: FIRST_PAGE + PAGE }, (_, index) => first.head.cursor - FIRST_PAGE + index + 1),
  )
})

test('R5.23 what breaks behind the head breaks the answer off, is noted, and the same is given when it is asked again', async () => {
  const db = openPostgres(await newDatabase())
  let broken = true
  const failing: Db = {
    ...db,
    tx: (role, fn, actor) =>
      db.tx(
        role,
        (sql) =>
          fn({
            ...sql,
            bytes: async (text, params) => {
              if (broken && text.includes(ARTICLES)) throw new Error('in the middle')
              return sql.bytes(text, params)
            },
          }),
        actor,
      ),
  }
  const { ask, logged } = await openNode(failing)
  const { head, rest } = await headOf(await ask(null))
  expect(head.more).toBe(true)
  await expect(rest()).rejects.toThrow('terminated')
  expect(logged).toContainEqual({ event: 'pullFailed', data: expect.objectContaining({ name: 'Error' }) })
  broken = false
  const again = await headOf(await ask(null))
  expect(again.head).toMatchObject({ epoch: head.epoch, cursor: head.cursor })
  expect((await again.rest()).changes).toHaveLength(FIRST_PAGE)
})

test('R5.24 an article has a line of the answer to itself, in the words in which it is stored', async () => {
  const db = openPostgres(await newDatabase())
  onTestFinished(() => db.close())
  const { ask } = await openNode(db)
  const { value, kept } = await readAnswer(await ask(null), async () => {})
  const { changes } = value as SyncResponse
  const stored = await db.tx('owner', (sql) =>
    sql.query<{ text: string }>('select content::text as text from articles order by id limit $1::int', [FIRST_PAGE]),
  )
  expect(changes.map((change) => Buffer.from(kept.get(change) ?? []).toString())).toEqual(
    stored.map(({ text }) => text),
  )
})
