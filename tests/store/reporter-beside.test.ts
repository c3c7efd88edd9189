/** Whoever sits at the desk where a report was taken, and did not take it, reads nowhere who reports (S14.6 to S14.8). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { formToGroups, type CaseForm } from '../../shared/case/case-form.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import { fail } from '../../shared/errors.ts'
import { editElsewhere, hear, recordOf, saveForm, tellCentral } from './colleague.ts'
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

test('S14.6 K10.5 settling it tells her nothing of the reporter either, and puts nobody in her place', async () => {
  const { store, caseId } = await metInCaller()
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  const [entry] = await store.ask('sync.late', null)
  if (entry === undefined) throw new Error('nothing late')
  const choice = { caseId, late: entry.late, standing: entry.standing.parts }
  const refused = await store.askRaw('case.settle', { ...choice, take: true })
  expect(refused).toEqual(fail('illegalTransition', 'late.hidden'))
  expect(recordOf(store, caseId).late).toHaveLength(1)
  const settled = await store.ask('case.settle', { ...choice, take: false })
  hides(settled)
  expect(settled.parts.callerName).toBe('')
  expect(recordOf(store, caseId).late).toEqual([])
})

test('K10.5 what she goes on writing of the caller is kept beside who reports, and offered to who took it', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, fullForm)
  await store.ask('draft.discard', { caseId })
  await signedIn(store, '1004')
  await store.ask('draft.reopen', { caseId })
  await editElsewhere(store, caseId, 2, { group: 'classification', value: { kind: 'report', code: null } })
  await hear(store)
  await store.ask('case.save', { caseId, callId: null, form: { ...fullForm, callerName: '程女士' } })
  const { callerId } = recordOf(store, caseId).groups.caller
  await store.settle()
  expect(recordOf(store, caseId)).toMatchObject({
    secret: true,
    groups: { caller: { callerId } },
    late: [{ by: '1004' }],
  })
  await store.ask('draft.discard', { caseId })
  await signedIn(store)
  const [entry] = await store.ask('sync.late', null)
  expect(entry).toMatchObject({
    standing: { parts: { callerName: '陈先生' } },
    offered: { parts: { callerName: '程女士' } },
  })
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

/** A case of another desk that one of 1003's was joined into, which has become a report here since; central is away. */
async function joinedReport() {
  const store = await signedIn(await openFixture())
  const [joined, into] = [uuidv7(), uuidv7()]
  await saveForm(store, joined, { ...asReport, kind: 'help' })
  const { callerId } = recordOf(store, joined).groups.caller
  const { groups, caller } = formToGroups({ ...fullForm, callerName: '别人', callerPhone: '13800000009' }, uuidv7())
  const stamp = { at: 1, by: '1005' }
  const call = { callerId, callId: null, takenBy: '1003', at: 1, kind: 'help', wantsReply: true, from: joined } as const
  const events: CaseEvent[] = [
    { type: 'caseOpened', caseNo: 'JM20261123-B2-0009', callId: null, groups, ...stamp },
    { type: 'callJoined', call, groups: formToGroups(fullForm, callerId).groups, ...stamp },
  ]
  store.central.push({ kind: 'case', seq: 50, caseId: into, callers: [caller], events })
  await saveForm(store, joined, asReport)
  await hear(store)
  store.central.reachable = false
  return { store, into }
}

test('S14.7 the case that goes on shows nobody else who reports, where the joined one became a report here', async () => {
  const { store, into } = await joinedReport()
  const calls = async () => (await store.ask('case.page', { caseId: into })).page.calls
  expect(await calls()).toMatchObject([{ hidden: false }, { hidden: false, caller: { phone: '13811112222' } }])
  await signedIn(store, '1004')
  hides(await calls())
  expect(await calls()).toMatchObject([{ hidden: false }, { hidden: true, caller: null }])
})

test('K10.3 nor is it said here that who calls about that case has the number of the one who reports', async () => {
  const { store, into } = await joinedReport()
  await signedIn(store, '1004')
  const form = { ...fullForm, callerPhone: REPORTER.callerPhone, replyMode: 'later' as const }
  await store.ask('case.joinCall', { caseId: uuidv7(), callId: 'call-guess', form, into })
  const { calls } = (await store.ask('case.page', { caseId: into })).page
  expect(calls.at(-1)).toMatchObject({ hidden: false, again: false, wantsReply: true })
})

/** A call of 1003's that was lost after she had saved a report in it; 1004 sits there now. */
async function lostInReport(): Promise<{ store: StoreFixture; caseId: string; callId: string }> {
  const store = await signedIn(await openFixture())
  const [caseId, callId] = [uuidv7(), uuidv7()]
  const tell = (fact: CallFact) => store.ask('call.record', { fact, author: '1003' })
  await tell({ callId, kind: 'offered', at: 999_000, number: REPORTER.callerPhone, queue: '12345' })
  await tell({ callId, kind: 'answered', at: 999_100 })
  await store.ask('case.save', { caseId, callId, form: asReport })
  await tell({ callId, kind: 'ended', at: 999_500, outcome: 'lost' })
  await store.settle()
  await signedIn(store, '1004')
  return { store, caseId, callId }
}

test('S14.8 a call that the desk owes does not say to which report of another’s it belongs', async () => {
  const { store, caseId, callId } = await lostInReport()
  const unlinked = { callId, owed: true, caseId: null, caseNo: null }
  expect(await store.ask('call.shift', null)).toMatchObject([unlinked])
  expect(await store.ask('call.nextOwed', null)).toMatchObject(unlinked)
  await signedIn(store)
  expect(await store.ask('call.shift', null)).toMatchObject([{ callId, caseId }])
  expect(await store.ask('call.nextOwed', null)).toMatchObject({ callId, caseId })
})

test('S14.8 words to the editors find out no number of who reports: what is hers alone is compared', async () => {
  const { store, caseId, callId } = await lostInReport()
  const note = { articleId: 'KB-1621', version: 4, words: `致电 ${REPORTER.callerPhone}`, callId: null, caseId: null }
  const drafted = uuidv7()
  await store.ask('draft.save', { caseId: drafted, callId: null, form: asReport, startedAt: 1, author: '1003' })
  const named = [{ callId }, { caseId }, { caseId: drafted }]
  for (const one of named) expect(await store.askRaw('kb.wrong', { ...note, ...one })).toMatchObject({ ok: true })
  await signedIn(store)
  for (const one of named)
    expect(await store.askRaw('kb.wrong', { ...note, ...one })).toMatchObject({ error: { detail: 'citizen' } })
})
