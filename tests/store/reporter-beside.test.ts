/** Whoever sits at the desk where a report was taken, and did not take it, reads nowhere who reports (S14.6). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CaseForm } from '../../shared/case/case-form.ts'
import { hear, recordOf, saveForm, tellCentral } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const REPORTER = { callerName: '真举报人', callerPhone: '13811112222' }
const asReport: CaseForm = { ...fullForm, ...REPORTER, kind: 'report' }
const hides = (told: unknown) => expect(JSON.stringify(told)).not.toMatch(/真举报人|13811112222/)

/** A case of 1003's, on whose caller the edit of 1004 came late, and which is a report by now. */
async function metInCaller(): Promise<{ store: StoreFixture; caseId: string }> {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  await saveForm(store, caseId, asReport)
  const caller = { callerId: uuidv7(), name: '程女士', phone: '13800001111' }
  const edits = [{ group: 'caller' as const, value: { callerId: caller.callerId } }]
  await tellCentral(store, { type: 'case.edit', caseId, base: { revision: 1 }, edits }, { caller })
  await hear(store)
  return { store, caseId }
}

test('S14.6 what stands beside her late edit names the reporter to who took it alone', async () => {
  const { store, caseId } = await metInCaller()
  expect(await store.ask('sync.late', null)).toMatchObject([{ standing: { parts: REPORTER } }])
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  const [entry] = await store.ask('sync.late', null)
  hides(entry)
  expect(entry).toMatchObject({ offered: { parts: { callerName: '程女士' } }, standing: { by: '1003' } })
})

test.each([true, false])('S14.6 settling it, taken %s, tells her nothing of the reporter either', async (take) => {
  const { store, caseId } = await metInCaller()
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  const [entry] = await store.ask('sync.late', null)
  if (entry === undefined) throw new Error('nothing late')
  const { late, standing } = entry
  const settled = await store.ask('case.settle', { caseId, late, take, standing: standing.parts })
  hides(settled)
  expect(settled.parts.callerName).toBe(take ? '程女士' : '')
  expect(recordOf(store, caseId).late).toEqual([])
})

test('S14.6 her draft of a case that became a report goes along with all but who reports', async () => {
  const { store, caseId } = await metInCaller()
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  await store.ask('draft.save', { caseId, callId: null, form: fullForm, startedAt: 1, author: '1004' })
  const standing = await store.ask('case.standing', { caseId })
  hides(standing)
  expect(standing?.map(({ group }) => group)).toEqual(['classification', 'place', 'content', 'reply', 'particulars'])
})

/** 1004's edit of a case of 1003's was refused, and that case is a report by now. */
async function refusedBeside(): Promise<{ store: StoreFixture; caseId: string }> {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  await store.ask('draft.reopen', { caseId })
  store.central.judge = ({ author }) => (author === '1004' ? { status: 'refused', code: 'illegalTransition' } : null)
  await store.ask('case.save', { caseId, callId: null, form: { ...fullForm, content: '改' } })
  await store.settle()
  await store.ask('draft.discard', { caseId })
  await signedIn(store)
  await saveForm(store, caseId, asReport)
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  return { store, caseId }
}

test('S14.6 her refused edit shows her words without who reports, and comes back as a case of its own', async () => {
  const { store, caseId } = await refusedBeside()
  const [entry] = await store.ask('sync.refused', null)
  hides(entry)
  expect(entry).toMatchObject({ what: 'case.edit', form: { content: '改', callerName: '', callerPhone: '' } })
  const taken = await store.ask('sync.takeBack', { id: entry?.id ?? '' })
  expect(taken.caseId).not.toBe(caseId)
  const drafts = await store.ask('draft.list', null)
  hides(drafts)
  expect(drafts).toMatchObject([{ caseNo: null, form: { content: '改' } }])
})
