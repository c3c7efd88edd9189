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
  const [caseId, callerId] = [uuidv7(), uuidv7()]
  const { groups } = formToGroups(fullForm, callerId)
  await tellCentral(store, { type: 'case.open', caseId, caseNo: 'JM20261123-B1-0001', callId: 'call-theirs', groups })
  await hear(store)
  expect(recordOf(store, caseId)).toMatchObject({ callId: 'call-theirs' })
  await editElsewhere(store, caseId, 1, { group: 'classification', value: { kind: 'report', code: null } })
  await hear(store)
  expect(recordOf(store, caseId)).toMatchObject({ callId: null, secret: true })
  expect(columnOf(store, caseId)).toBe(null)
  expect(fileOf(store, caseId)).not.toContain('call-theirs')
})

test('S14.9 nor does it keep one of a call that it has let go of', async () => {
  const { store, caseId } = await takenHere('call-gone')
  store.db.prepare(`DELETE FROM calls WHERE call_id = 'call-gone'`).run()
  await editElsewhere(store, caseId, 1, content('还在排'))
  await hear(store)
  expect(columnOf(store, caseId)).toBe(null)
})
