/** A broken file is put aside, and what stands nowhere else is taken over as far as it can be read. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { salvage } from '../../electron/store/db/salvage.ts'
import { openStore, suspect } from '../../electron/store/open.ts'
import { mutationKind } from '../../shared/sync/mutation-kind.ts'
import { breakTable } from './broken-file.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

/** A closed file with a saved case, a draft and a fact that central does not have, and one case that it has. */
async function owing(): Promise<StoreFixture> {
  const store = await signedIn(await openFixture())
  await store.ask('case.save', { caseId: uuidv7(), callId: null, form: { ...fullForm, content: '中心已有' } })
  await store.settle()
  store.central.reachable = false
  await store.ask('case.save', { caseId: uuidv7(), callId: 'c', form: { ...fullForm, content: '还没传出' } })
  await store.ask('draft.save', {
    caseId: uuidv7(),
    callId: null,
    form: { ...fullForm, content: '写到一半' },
    startedAt: 1,
    author: '1003',
  })
  await store.ask('call.record', { fact: { callId: 'c', kind: 'answered', at: 5 }, author: '1003' })
  store.db.close()
  return store
}

const waiting = (store: StoreFixture) => store.central.applied.length

test.each(['sqlite_autoindex_articles_1', 'article_titles_data', 'meta'])(
  'with %s broken, what central does not have comes over with its author, and is sent',
  async (table) => {
    const old = await owing()
    const had = waiting(old)
    breakTable(join(old.dir, 'store.sqlite'), table)
    const store = await openFixture(old.dir, old.central)
    expect(readdirSync(old.dir)).toContain('store.sqlite.broken-1')
    store.central.reachable = true
    await signedIn(store)
    expect(await store.ask('draft.list', null)).toMatchObject([{ form: { content: '写到一半' } }])
    const sent = store.central.applied.slice(had)
    expect(sent.map(mutationKind)).toEqual(['case.open', 'case.reply', 'settled', 'answered'])
    expect(new Set(sent.map(({ author }) => author))).toEqual(new Set(['1003']))
  },
)

test('S6.3 with a table of its own broken, the others come over', async () => {
  const old = await owing()
  breakTable(join(old.dir, 'store.sqlite'), 'drafts')
  const { db, salvaged } = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  expect(salvaged).toMatchObject({ outbox: 4, drafts: 0, calls: 1 })
  db.close()
})

test('S11.6 who called is known of a case that came over: she goes with it', async () => {
  const old = await owing()
  suspect(old.dir)
  const { db } = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  const names = `SELECT name, told FROM cases JOIN case_callers USING (case_id) JOIN callers USING (caller_id)`
  expect(db.prepare(names).all()).toEqual([{ name: fullForm.callerName, told: 1 }])
  db.close()
})

const shown = 'SELECT case_no, call_id, caller_id, state, code, late FROM cases'

test('S6.3 S6.8 of an older file a case comes over with what it is found by', async () => {
  const old = await owing()
  const file = new Database(join(old.dir, 'store.sqlite'))
  const before = file.prepare(`${shown} WHERE record IS NOT NULL`).all()
  expect(before).toMatchObject([{ call_id: 'c', state: 'repliedAtOnce' }])
  file.exec('DROP INDEX cases_call; DROP INDEX cases_late; DROP TRIGGER caller_gone')
  for (const { name } of file.prepare(shown).columns()) file.exec(`ALTER TABLE cases DROP COLUMN ${name}`)
  file.close()
  suspect(old.dir)
  const { db } = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  expect(db.prepare(shown).all()).toEqual(before)
  db.close()
})

test.each([
  ['a record that is cut off', `UPDATE cases SET record = substr(record, 1, length(record) - 9)`],
  ['a byte in a record', `UPDATE cases SET record = substr(record, 1, 40) || char(1) || substr(record, 42)`],
  ['events that are cut off', `UPDATE cases SET events = '[{'`],
  ['a record of an older program', `UPDATE cases SET record = json_remove(record, '$.late', '$.state', '$.life')`],
  ['a case that is gone', 'DELETE FROM cases'],
  [
    'an opening that is cut off',
    `UPDATE outbox SET mutation = substr(mutation, 1, 60)
     WHERE seq = (SELECT min(seq) FROM outbox WHERE state = 'pending')`,
  ],
])('S6.8 %s takes nothing else along, and what waits of the case shows it', async (_what, harm) => {
  const old = await owing()
  const file = new Database(join(old.dir, 'store.sqlite'))
  const before = file.prepare(`${shown} WHERE record IS NOT NULL`).all()
  file.exec(harm)
  file.close()
  suspect(old.dir)
  const { db, salvaged } = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  expect(salvaged).toMatchObject({ outbox: 4, drafts: 1, calls: 1 })
  const standing = ['outbox', 'drafts', 'calls', 'callers'].map(
    (table) => db.prepare(`SELECT 1 FROM ${table}`).all().length,
  )
  expect(standing).toEqual([4, 1, 1, 2])
  expect(db.prepare(`SELECT value FROM meta WHERE key = 'device'`).all()).toHaveLength(1)
  expect(db.prepare(shown).all()).toEqual(before)
  db.close()
})

test('S6.9 of a new file that has no room nothing stands, and nothing is told as taken over', async () => {
  const old = await owing()
  const { db } = await openStore({ dir: join(old.dir, 'new'), nativeBinding: null, now: 2 })
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 1}`)
  const wide = new Database(join(old.dir, 'store.sqlite'))
  wide.exec(`UPDATE drafts SET form = json_set(form, '$.content', printf('%9999s', 'x'))`)
  wide.close()
  expect(() => salvage(join(old.dir, 'store.sqlite'), null, db)).toThrow(
    expect.objectContaining({ code: 'SQLITE_FULL' }),
  )
  expect(db.prepare('SELECT 1 FROM outbox').all()).toEqual([])
  db.close()
})

test('S6.3 words of a step that are not sent, and filters, come over', async () => {
  const old = await owing()
  const file = new Database(join(old.dir, 'store.sqlite'))
  file.exec(`INSERT INTO step_words VALUES ('${uuidv7()}', '1003', '${uuidv7()}', '写到一半的意见', NULL, 5);
             INSERT INTO saved_filters VALUES ('1003', '我的', '{}')`)
  file.close()
  suspect(old.dir)
  const { db } = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  expect(db.prepare('SELECT words FROM step_words').all()).toEqual([{ words: '写到一半的意见' }])
  expect(db.prepare('SELECT name FROM saved_filters').all()).toEqual([{ name: '我的' }])
  db.close()
})

test('S6.3 a file that broke while it was open is not trusted again, whatever a check says', async () => {
  const old = await owing()
  suspect(old.dir)
  const first = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  expect(first).toMatchObject({ putAside: join(old.dir, 'store.sqlite.broken-2'), salvaged: { outbox: 4, drafts: 1 } })
  first.db.close()
  const second = await openStore({ dir: old.dir, nativeBinding: null, now: 3 })
  expect(second.putAside).toBeNull()
  second.db.close()
})

test('S6.6 nobody else on this machine may read the file, nor the one that was put aside', async () => {
  const old = await owing()
  suspect(old.dir)
  const { db } = await openStore({ dir: old.dir, nativeBinding: null, now: 2 })
  for (const name of readdirSync(old.dir).filter((each) => each.startsWith('store.sqlite')))
    expect(statSync(join(old.dir, name)).mode & 0o077, name).toBe(0)
  // 2: memory (sqlite.org/pragma.html#pragma_temp_store).
  expect(db.pragma('temp_store', { simple: true })).toBe(2)
  db.close()
})

test('S9.7 the desk stays the device that it is, with a new id for its file, and sends before anybody signs in', async () => {
  const old = await owing()
  const had = waiting(old)
  suspect(old.dir)
  const store = await openFixture(old.dir, old.central)
  store.central.reachable = true
  await store.settle()
  expect(await store.ask('device.state', null)).toEqual({ state: 'enrolled' })
  expect(store.central.enrolled).toHaveLength(1)
  expect(store.central.asDevice).toHaveLength(1)
  expect(waiting(store)).toBeGreaterThan(had)
})
