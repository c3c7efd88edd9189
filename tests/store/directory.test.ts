import { expect, test } from 'vitest'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const unit = (id: string, name: string, number = '3500211'): DirectoryEntry => ({
  ...{ id, kind: 'unit', name, numbers: [{ number, words: '值班' }], hours: '全天', district: null },
})

async function desk(...entries: DirectoryEntry[]): Promise<StoreFixture> {
  const store = await openFixture()
  for (const entry of entries) store.central.list(entry)
  return signedIn(store)
}

const ids = async (store: StoreFixture, query: string) =>
  (await store.ask('directory.search', { query })).hits.map(({ entry }) => entry.id)

test('S13.1 what central published is found by words, letters and digits; a change takes its place, what is withdrawn goes', async () => {
  const store = await desk(unit('jj', '市交警支队'), unit('sw', '市水务局', '3500241'))
  expect(await ids(store, 'sjj')).toEqual(['jj'])
  expect(await ids(store, '3500241')).toEqual(['sw'])
  store.central.list(unit('jj', '市公共交通集团'))
  store.central.unlist('sw')
  await store.settle()
  expect(await ids(store, 'sggjt')).toEqual(['jj'])
  expect(await ids(store, '支队')).toEqual([])
  expect(await ids(store, '水务')).toEqual([])
})

test('S13.2 what an operator starred is starred for her, stands first with nothing asked and among equals, and stays', async () => {
  const store = await desk(unit('a', '市甲局'), unit('b', '市乙局'), unit('c', '市丙局'))
  await store.ask('directory.star', { id: 'c', starred: true })
  expect(await ids(store, '')).toEqual(['c', 'a', 'b'])
  expect(await ids(store, '市')).toEqual(['c', 'a', 'b'])
  await signedIn(store, '1004')
  expect(await ids(store, '')).toEqual(['a', 'b', 'c'])
  const again = await signedIn(await openFixture(store.dir, store.central), '1003')
  expect(await ids(again, '')).toEqual(['c', 'a', 'b'])
  await again.ask('directory.star', { id: 'c', starred: false })
  expect(await ids(again, '')).toEqual(['a', 'b', 'c'])
})

test('S13.3 nobody looks without being signed in, and what is asked is only text', async () => {
  const store = await openFixture()
  expect(await store.askRaw('directory.search', { query: '' })).toMatchObject({ error: { code: 'notSignedIn' } })
  const asked = await desk(unit('a', '市甲局'))
  for (const query of ["'", '%', '"', '*', '\\', '((', ' '])
    expect(await ids(asked, query)).toEqual(query === ' ' ? ['a'] : [])
})

test('S13.4 all that an operator starred is told, however much stands before it, and nothing of another’s', async () => {
  const many = Array.from({ length: 30 }, (_, index) => unit(`u${String(index).padStart(2, '0')}`, `市${index}局`))
  const store = await desk(...many)
  for (const { id } of many) await store.ask('directory.star', { id, starred: true })
  expect((await store.ask('directory.starred', null)).map(({ id }) => id)).toEqual(many.map(({ id }) => id))
  expect((await store.ask('directory.search', { query: '' })).hits).toHaveLength(8)
  await signedIn(store, '1004')
  expect(await store.ask('directory.starred', null)).toEqual([])
})
