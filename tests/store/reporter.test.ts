/** Who reports something is known at the desk where it was written down, and shown to who wrote it (S14). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { formToGroups } from '../../shared/case/case-form.ts'
import { decideCase } from '../../shared/case/decide.ts'
import { editElsewhere, hear, recordOf, saveForm } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const PHONE = fullForm.callerPhone
const named = ({ db }: StoreFixture) =>
  (db.prepare('SELECT name FROM callers ORDER BY name').all() as { name: string }[]).map(({ name }) => name)
const ofCaller = async (store: StoreFixture) => (await store.ask('case.ofCaller', { phone: PHONE })).cases

/** A colleague's case as central brings it. */
function brought(caseId: string, kind: 'help' | 'report', seq: number) {
  const { groups, caller } = formToGroups({ ...fullForm, kind, callerName: '别人记的' }, caseId)
  const command = { type: 'case.open' as const, caseId, caseNo: 'JM20261123-B2-0001', callId: null, groups }
  const decided = decideCase(null, command, { at: 1, by: '1004', mutation: uuidv7(), baseRevision: 0 })
  if (!decided.ok) throw new Error(decided.error.code)
  return { kind: 'case' as const, seq, caseId, events: decided.value, callers: kind === 'report' ? [] : [caller] }
}

test('S14.1 what central brought goes once the case is a report; what was written here stays', async () => {
  const store = await signedIn(await openFixture())
  const theirs = uuidv7()
  store.central.push(brought(theirs, 'help', 1))
  await hear(store)
  expect(named(store)).toEqual(['别人记的'])
  store.central.push(brought(theirs, 'report', 2))
  const own = uuidv7()
  await saveForm(store, own, { ...fullForm, kind: 'report' })
  await hear(store)
  expect(named(store)).toEqual([fullForm.callerName])
})

test('S14.2 it is opened again by who took it, and by nobody else at the same desk', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, { ...fullForm, kind: 'report' })
  await store.ask('draft.discard', { caseId })
  await store.ask('draft.reopen', { caseId })
  const drafts = await store.ask('draft.list', null)
  expect(drafts.find((draft) => draft.caseId === caseId)?.form.callerPhone).toBe(PHONE)
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  expect(await store.askRaw('draft.reopen', { caseId })).toMatchObject({
    error: { code: 'forbidden', detail: 'report' },
  })
})

test('S14.3 among the cases of a number it shows to who took it alone', async () => {
  const store = await signedIn(await openFixture())
  const [secret, plain] = [uuidv7(), uuidv7()]
  await saveForm(store, secret, { ...fullForm, kind: 'report' })
  await saveForm(store, plain, fullForm)
  expect((await ofCaller(store)).map(({ caseId }) => caseId).toSorted()).toEqual([secret, plain].toSorted())
  await signedIn(store, '1004')
  expect((await ofCaller(store)).map(({ caseId }) => caseId)).toEqual([plain])
})

test('S14.5 whoever makes another kind of it learns no name by it; who took it lifts that', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, { ...fullForm, kind: 'report' })
  await store.settle()
  const asHelp = { kind: 'help' as const, code: fullForm.classification }
  await editElsewhere(store, caseId, 2, { group: 'classification', value: asHelp })
  await hear(store)
  expect(recordOf(store, caseId).groups.classification.kind).toBe('help')
  store.central.reachable = false
  await signedIn(store, '1004')
  const page = async () => (await store.ask('case.page', { caseId })).page
  expect(await page()).toMatchObject({ caller: null, reporterHidden: true })
  expect(await store.askRaw('draft.reopen', { caseId })).toMatchObject({ error: { code: 'forbidden' } })
  expect(await ofCaller(store)).toEqual([])
  await signedIn(store)
  await saveForm(store, caseId, { ...fullForm, kind: 'complaint' })
  await signedIn(store, '1004')
  expect(await page()).toMatchObject({ caller: { phone: PHONE }, reporterHidden: false })
})
