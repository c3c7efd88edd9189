/** A row that a damaged file gives otherwise than it was written takes nothing else along, and is told of. */
import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { createOutbox } from '../../electron/store/db/outbox.ts'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { KEEP_MS } from '../../shared/sync/keep.ts'
import { hear } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const save = (store: StoreFixture, caseId = uuidv7()) =>
  store.ask('case.save', { caseId, callId: null, form: fullForm })

async function later(store: StoreFixture, ms: number): Promise<void> {
  store.clock.time += ms
  store.central.now += ms
  await store.settle()
}

const harms: [string, string][] = [
  ['is cut off', 'substr(mutation, 1, length(mutation) - 9)'],
  ['names another', `replace(mutation, id, '0198c0de-0000-7000-8000-000000000000')`],
  ['says nothing', `'null'`],
]

/** A desk that central does not hear, with a case of its own. */
async function alone() {
  const store = await signedIn(await openFixture())
  store.central.reachable = false
  const caseId = uuidv7()
  await save(store, caseId)
  const [opened] = store.db.prepare('SELECT id FROM outbox ORDER BY seq').pluck().all() as string[]
  const id = opened ?? ''
  return {
    ...{ store, caseId, id },
    harm: (how: string) => store.db.exec(`UPDATE outbox SET mutation = ${how} WHERE id = '${id}'`),
    text: () => store.db.prepare('SELECT mutation FROM outbox WHERE id = ?').pluck().get(id),
    hears: async () => {
      store.central.reachable = true
      await store.settle()
    },
  }
}

describe('a mutation', () => {
  test.each(harms)(
    'S4.4 that %s keeps no other back, and stands on the list until it is dealt with',
    async (_what, how) => {
      const { store, id, harm, text, hears } = await alone()
      await save(store)
      harm(how)
      const harmed = text()
      await hears()
      expect(store.central.applied).toHaveLength(3)
      expect(await store.ask('sync.status', null)).toMatchObject({ waiting: 0, refused: 2 })
      // The reply that was built upon it central did not take: its words come back.
      const built = { what: 'case.reply', form: { reply: fullForm.reply } }
      expect(await store.ask('sync.refused', null)).toMatchObject([{ id, what: 'unreadable', form: null }, built])
      store.central.horizon = Number.MAX_SAFE_INTEGER
      await later(store, 3 * 3_600_000)
      expect(text()).toBe(harmed)
      await store.ask('sync.dismiss', { id })
      expect(await store.ask('sync.refused', null)).toMatchObject([built])
    },
  )

  test('S4.4 that breaks when central has refused it is told of too', async () => {
    const { store, id, harm, hears } = await alone()
    store.central.judge = () => ({ status: 'refused', code: 'x' })
    await hears()
    harm(`'{'`)
    expect(await store.ask('sync.refused', null)).toMatchObject([{ id, what: 'unreadable' }, { what: 'case.reply' }])
    await store.ask('sync.dismiss', { id })
    expect(await store.ask('sync.refused', null)).toMatchObject([{ what: 'case.reply' }])
  })

  test('S4.4 with which a case was opened leaves the case as it was shown, whatever central says of the rest', async () => {
    const { store, caseId, harm, hears } = await alone()
    harm(`'{'`)
    await hears()
    const { list } = await store.ask('case.find', caseQuerySchema.parse({}))
    expect(list.cases).toMatchObject([{ caseId }])
    // Her words can be read there, and written down anew.
    expect(JSON.stringify(await store.ask('case.page', { caseId }))).toContain(fullForm.content)
  })

  test('S4.4 that cannot even be set aside keeps no other back', async () => {
    const { store, harm } = await alone()
    harm(`'{'`)
    store.db.pragma('query_only = ON')
    expect(createOutbox(store.db).pending(9)).toHaveLength(1)
    store.db.pragma('query_only = OFF')
  })
})

describe('a case', () => {
  async function threeCases() {
    const store = await signedIn(await openFixture())
    const cases = [uuidv7(), uuidv7(), uuidv7()]
    for (const caseId of cases) {
      await save(store, caseId)
      await store.settle()
    }
    const found = async () => {
      const { list } = await store.ask('case.find', caseQuerySchema.parse({}))
      return list.cases.map(({ caseId }) => caseId).toSorted()
    }
    return { store, cases: cases.toSorted(), found }
  }

  test.each(['[{', '[]'])(
    'S6.10 whose events are %s takes no other out of search, and central brings it again',
    async (events) => {
      const { store, cases, found } = await threeCases()
      const [bad = ''] = cases
      store.db.prepare('UPDATE cases SET events = ? WHERE case_id = ?').run(events, bad)
      expect(await found()).toEqual(cases.slice(1))
      store.central.push({ kind: 'case', seq: 90, caseId: bad, events: [...store.central.eventsOf(bad)], callers: [] })
      await hear(store)
      expect(await found()).toEqual(cases)
    },
  )

  test('S6.10 that cannot be read goes when it is old, as others do', async () => {
    const { store, cases } = await threeCases()
    store.db.prepare(`UPDATE cases SET events = '[{' WHERE case_id = ?`).run(cases[0])
    store.central.horizon = Number.MAX_SAFE_INTEGER
    for (let month = 0; month < 3; month++) await later(store, KEEP_MS)
    expect(store.db.prepare('SELECT case_id FROM cases UNION SELECT caller_id FROM callers').all()).toEqual([])
  })
})
