/** In which call a report was is known where it was taken alone (S14.9): central tells it no desk (K10.4). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { formToGroups, type CaseForm } from '../../shared/case/case-form.ts'
import { content, editElsewhere, hear, recordOf, tellCentral } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const asReport: CaseForm = { ...fullForm, kind: 'report' }
const columnOf = ({ db }: StoreFixture, caseId: string) =>
  db.prepare('SELECT call_id FROM cases WHERE case_id = ?').pluck().get(caseId)
const fileOf = ({ db }: StoreFixture, caseId: string) =>
  JSON.stringify(db.prepare('SELECT * FROM cases WHERE case_id = ?').get(caseId))

/** A report that was taken here in this call, as central has told it back. */
async function takenHere(callId: string): Promise<{ store: StoreFixture; caseId: string }> {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await store.ask('call.record', { fact: { callId, kind: 'answered', at: 999_000 }, author: '1003' })
  await store.ask('case.save', { caseId, callId, form: asReport })
  await store.settle()
  return { store, caseId }
}

/** A case of another desk's, of which this one hears. */
async function takeElsewhere(store: StoreFixture, caseId: string, callId: string): Promise<void> {
  const { groups } = formToGroups(fullForm, uuidv7())
  await tellCentral(store, { type: 'case.open', caseId, caseNo: 'JM20261123-B1-0001', callId, groups })
  await hear(store)
}

test('S14.9 the desk that took a report keeps in which call, whatever central tells of it later', async () => {
  const { store, caseId } = await takenHere('call-hers')
  expect(store.central.eventsOf(caseId)[0]).toMatchObject({ callId: 'call-hers' })
  expect(recordOf(store, caseId)).toMatchObject({ callId: 'call-hers', secret: true })
  await editElsewhere(store, caseId, 1, content('还在排'))
  await hear(store)
  expect(recordOf(store, caseId)).toMatchObject({ callId: 'call-hers', groups: { content: { text: '还在排' } } })
  await store.ask('draft.discard', { caseId })
  await store.ask('draft.reopen', { caseId })
  expect((await store.ask('draft.list', null))[0]).toMatchObject({ caseId, callId: 'call-hers' })
})

test('S14.9 of another desk’s case it keeps none once that is a report', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await takeElsewhere(store, caseId, 'call-theirs')
  expect(recordOf(store, caseId)).toMatchObject({ callId: 'call-theirs' })
  await editElsewhere(store, caseId, 1, { group: 'classification', value: { kind: 'report', code: null } })
  await hear(store)
  expect(recordOf(store, caseId)).toMatchObject({ callId: null, secret: true })
  expect(columnOf(store, caseId)).toBe(null)
  expect(fileOf(store, caseId)).not.toContain('call-theirs')
})

test('S14.9 nor where the call had rung here before it was answered there, and its number is known', async () => {
  const store = await signedIn(await openFixture())
  const [caseId, callId] = [uuidv7(), 'call-that-rang-here']
  const fact = { callId, kind: 'offered', at: 999_000, number: '13811112222', queue: '12345' } as const
  await store.ask('call.record', { fact, author: '1003' })
  await takeElsewhere(store, caseId, callId)
  expect(recordOf(store, caseId)).toMatchObject({ callId })
  await editElsewhere(store, caseId, 1, { group: 'classification', value: { kind: 'report', code: null } })
  await hear(store)
  expect(columnOf(store, caseId)).toBe(null)
  expect(fileOf(store, caseId)).not.toContain(callId)
})

test('S14.9 nor where this desk had edited it', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await takeElsewhere(store, caseId, 'call-theirs')
  await store.ask('draft.reopen', { caseId })
  await store.ask('case.save', { caseId, callId: 'call-theirs', form: { ...fullForm, content: '又来电' } })
  await store.settle()
  await editElsewhere(store, caseId, 2, { group: 'classification', value: { kind: 'report', code: null } })
  await hear(store)
  expect(recordOf(store, caseId)).toMatchObject({ callId: null, groups: { content: { text: '又来电' } } })
})
