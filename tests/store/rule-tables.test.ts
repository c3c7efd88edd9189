import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { must } from '../../shared/errors.ts'
import { shippedBodies, type TableBodies, type TableName } from '../../shared/tables/tables.ts'
import { saveForm } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

/** Central publishes a table. */
function publish<N extends TableName>(store: StoreFixture, name: N, body: TableBodies[N], version = 1): void {
  store.central.push({ kind: 'table', seq: 1, table: { name, version, body } })
}

const allIn = (minutes: number) => shippedBodies.deadlines.map((row) => ({ ...row, span: { minutes } }))
const held = async (store: StoreFixture) =>
  (await store.ask('tables.current', null)).map(({ name, version }) => `${name} ${version}`)
const told = ({ published }: StoreFixture) => published.filter(({ name }) => name === 'tables.changed').length

/** A case that is turned over, and how long a unit has for it in minutes, by this desk alone. */
async function turnedOver(store: StoreFixture): Promise<() => Promise<number>> {
  await saveForm(store, uuidv7(), { ...fullForm, kind: 'help', replyMode: 'later', reply: '' })
  await store.settle()
  return async () => {
    const { list } = await store.ask('case.find', caseQuerySchema.parse({}))
    const [line] = list.cases
    return (must(line?.deadline?.due, 'a deadline') - must(line, 'the case').openedAt) / 60_000
  }
}

test('S15.1 what central publishes holds at once, with central away and after a start', async () => {
  const store = await signedIn(await openFixture())
  const minutes = await turnedOver(store)
  expect(await minutes()).toBeGreaterThan(60)
  publish(store, 'deadlines', allIn(45))
  await store.settle()
  expect([await minutes(), await held(store)]).toEqual([45, ['deadlines 1']])
  publish(store, 'deadlines', allIn(20), 2)
  await store.settle()
  store.central.reachable = false
  await store.settle()
  expect([await minutes(), await held(store)]).toEqual([20, ['deadlines 2']])
  const again = await openFixture(store.dir, store.central)
  expect(await held(again)).toEqual(['deadlines 2'])
})

test('S15.1 what a class requires, a form cannot be saved without from the moment it is here', async () => {
  const store = await signedIn(await openFixture())
  const form = { ...fullForm, kind: 'help' as const, classification: '0101' }
  const tree = structuredClone(shippedBodies.classes)
  must(tree[0]?.children[0], '0101').required = ['address']
  const save = () => store.askRaw('case.save', { caseId: uuidv7(), callId: null, form })
  expect(await save()).toMatchObject({ ok: true })
  publish(store, 'classes', tree)
  await store.settle()
  expect(await save()).toMatchObject({ ok: false, error: { code: 'invalidInput', detail: 'address' } })
})

test('S15.1 a table that this program does not understand leaves what comes with it; one of an unknown name is kept', async () => {
  const store = await signedIn(await openFixture())
  const minutes = await turnedOver(store)
  const before = await minutes()
  store.central.push({ kind: 'table', seq: 1, table: { name: 'deadlines', version: 3, body: { rows: [] } } })
  store.central.push({ kind: 'table', seq: 2, table: { name: 'ofTomorrow', version: 1, body: [] } })
  await store.settle()
  expect([await minutes(), await held(store)]).toEqual([before, ['deadlines 3', 'ofTomorrow 1']])
  expect(store.logged).toContainEqual({ event: 'tableUnreadable', data: { name: 'deadlines', version: 3 } })
})

test('S15.2 after central was set back the desk has its tables: an older version, or what comes with the program', async () => {
  const store = await signedIn(await openFixture())
  const minutes = await turnedOver(store)
  const before = await minutes()
  publish(store, 'calendar', { ...shippedBodies.calendar, source: '通知' })
  await store.settle()
  const putBack = store.central.backup()
  publish(store, 'deadlines', allIn(45))
  publish(store, 'calendar', { ...shippedBodies.calendar, source: '更正' }, 2)
  await store.settle()
  expect([await minutes(), await held(store)]).toEqual([45, ['calendar 2', 'deadlines 1']])
  putBack()
  await store.settle()
  await store.settle()
  expect([await minutes(), await held(store)]).toEqual([before, ['calendar 1']])
})

test('S15.3 the windows are told once for each time that tables were taken, also of those that came with the sign', async () => {
  const store = await signedIn(await openFixture())
  expect(told(store)).toBe(0)
  publish(store, 'deadlines', allIn(45))
  publish(store, 'divisions', shippedBodies.divisions)
  await store.settle()
  expect(told(store)).toBe(1)
  await store.settle()
  expect(told(store)).toBe(1)
  // Two rows of the feed were taken; the third comes along with the sign.
  store.hear({
    ...{ epoch: store.central.epoch, from: 2, head: 3 },
    changes: [{ kind: 'table', seq: 3, table: { name: 'deadlines', version: 2, body: allIn(10) } }],
  })
  await store.settle()
  expect([told(store), await held(store)]).toEqual([2, ['deadlines 2', 'divisions 1']])
})
