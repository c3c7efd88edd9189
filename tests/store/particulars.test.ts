/** Particulars in a desk's store (K7): kept with the draft and the case, edited as a group, brought up from older files. */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { formToGroups, type CaseForm } from '../../shared/case/case-form.ts'
import type { GroupValue } from '../../shared/case/case-record.ts'
import { decideCase } from '../../shared/case/decide.ts'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { editElsewhere, hear, recordOf, saveForm, tellCentral, type } from './colleague.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'
import { baseOf } from '../../shared/case/history.ts'

const form: CaseForm = {
  ...fullForm,
  kind: 'help',
  classification: '1201',
  replyMode: 'later',
  reply: '',
  particulars: { workers: '12', project: '凤凰台三期' },
  papers: { employer: '某某建筑公司', idCard: '11010519491231002X' },
}
const workers = (value: string): GroupValue => ({
  group: 'particulars',
  value: { version: 0, values: { workers: value } },
})
const sent = ({ central }: StoreFixture) =>
  central.applied.flatMap(({ body }) => (body.kind === 'case' && body.command.type === 'case.edit' ? [body] : []))
const saved = async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, form)
  return { store, caseId }
}

test('K7.3 they are saved with the case and with its caller, and come again with both', async () => {
  const { store, caseId } = await saved()
  expect(recordOf(store, caseId).groups.particulars).toEqual({
    version: 0,
    values: { project: '凤凰台三期', workers: '12' },
  })
  expect(JSON.stringify(recordOf(store, caseId))).not.toContain('某某建筑公司')
  await store.ask('draft.discard', { caseId })
  await store.ask('draft.reopen', { caseId })
  const [draft] = await store.ask('draft.list', null)
  expect(draft).toMatchObject({ clean: true, form: { particulars: form.particulars, papers: form.papers } })
})

test('K7.7 a change of one is an edit of the group, a change of a personal one of the caller; none is no edit', async () => {
  const { store, caseId } = await saved()
  await saveForm(store, caseId, { ...form, particulars: { project: '凤凰台三期', workers: '12', line: ' ' } })
  expect(sent(store)).toEqual([])
  await saveForm(store, caseId, { ...form, particulars: { ...form.particulars, workers: '13' } })
  expect(sent(store).map(({ command }) => command)).toMatchObject([{ edits: [{ group: 'particulars' }] }])
  await saveForm(store, caseId, {
    ...form,
    particulars: { ...form.particulars, workers: '13' },
    papers: { ...form.papers, idCard: '' },
  })
  expect(sent(store).at(-1)).toMatchObject({
    command: { edits: [{ group: 'caller' }] },
    caller: { papers: { employer: '某某建筑公司' } },
  })
})

test('K7.7 a colleague’s change that was not seen stays, and hers is offered beside it', async () => {
  const { store, caseId } = await saved()
  await editElsewhere(store, caseId, 2, workers('20'))
  await type(store, caseId, { ...form, particulars: { workers: '30' } })
  await store.ask('case.save', { caseId, callId: null, form: { ...form, particulars: { workers: '30' } } })
  await store.settle()
  await hear(store)
  expect(recordOf(store, caseId).groups.particulars.values).toEqual({ workers: '20' })
  const [late] = await store.ask('sync.late', null)
  expect(late).toMatchObject({
    late: { group: 'particulars' },
    standing: { parts: { particulars: { workers: '20' } } },
    offered: { parts: { particulars: { workers: '30' } } },
  })
})

test('K7.10 a desk finds its own cases by what lies with the case, and by nothing that lies with the caller', async () => {
  const { store } = await saved()
  const find = async (words: string) =>
    (await store.ask('case.find', caseQuerySchema.parse({ words }))).list.cases.length
  expect([await find('凤凰台'), await find('建筑公司')]).toEqual([1, 0])
})

test('K7.7 a case and a draft of an older program have none, and go on', async () => {
  const { store, caseId } = await saved()
  const db = store.db
  const record = JSON.stringify(recordOf(store, caseId))
  // Whatever came after particulars goes: what cases are found by in columns, and who is named by them.
  db.exec('DROP TRIGGER case_names_nobody; DROP TRIGGER caller_gone')
  db.exec('DROP TABLE case_callers; ALTER TABLE cases RENAME TO later_cases')
  db.exec(`CREATE TABLE cases (case_id TEXT PRIMARY KEY, events TEXT NOT NULL, record TEXT NOT NULL, phone_key TEXT,
             opened_at INTEGER NOT NULL, fresh INTEGER NOT NULL, brought_at INTEGER NOT NULL) STRICT, WITHOUT ROWID`)
  db.prepare(
    `INSERT INTO cases SELECT case_id, events, json_remove(?, '$.groups.particulars', '$.groupRevisions.particulars'),
       phone_key, opened_at, fresh, brought_at FROM later_cases`,
  ).run(record)
  db.exec('DROP TABLE later_cases')
  db.exec(`UPDATE drafts SET form = json_remove(form, '$.particulars', '$.papers', '$.formVersion'),
             saved_form = json_remove(saved_form, '$.particulars', '$.papers', '$.formVersion'),
             saved_base = json_remove(saved_base, '$.particulars')`)
  db.exec('ALTER TABLE callers DROP COLUMN papers')
  db.exec('DROP TABLE rule_tables')
  db.exec('DROP TABLE article_versions; DROP TABLE article_words; DROP TABLE gaps_counted; DROP TABLE article_sounds')
  db.exec('DROP TABLE article_sheets; DROP TABLE article_sheet_changes')
  db.exec('DROP TRIGGER article_with_sheets_gone')
  db.pragma('user_version = 16')
  // What this desk holds: central would bring the case anew.
  store.central.reachable = false
  const again = await signedIn(await openFixture(store.dir, store.central))
  expect(recordOf(again, caseId).groups.particulars).toEqual({ version: 0, values: {} })
  const [draft] = await again.ask('draft.list', null)
  expect(draft).toMatchObject({ clean: true, form: { particulars: {}, papers: {}, content: form.content } })
  await saveForm(again, caseId, { ...form, papers: {}, particulars: { workers: '14' } })
  expect(recordOf(again, caseId).groups.particulars.values).toEqual({ workers: '14' })
})

test('K7.7 a case that an older program opened has none, until somebody says some', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  const callerId = uuidv7()
  await tellCentral(store, {
    ...{ type: 'case.open', caseId, caseNo: 'JM20261123-B2-0009', callId: null },
    groups: {
      classification: { kind: 'help', code: '1201' },
      place: { district: '蓬江区', street: null, address: '' },
      caller: { callerId },
      content: { text: '欠薪' },
      reply: { mode: 'later', text: '', articles: [] },
    },
  })
  await hear(store)
  expect(recordOf(store, caseId).groups.particulars).toEqual({ version: 0, values: {} })
  await tellCentral(store, {
    ...{ type: 'case.edit', caseId, base: baseOf(store.central.eventsOf(caseId)) },
    edits: [workers('2')],
  })
  await hear(store)
  expect(recordOf(store, caseId).groups.particulars.values).toEqual({ workers: '2' })
})

test('K7.9 what central brings of a caller anew takes the place of what was there', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  const { groups, caller } = formToGroups(form, uuidv7())
  const command = { type: 'case.open' as const, caseId, caseNo: 'JM20261123-B2-0010', callId: null, groups }
  const decided = decideCase(null, command, { at: 1, by: '1004', mutation: uuidv7(), baseRevision: 0 })
  if (!decided.ok) throw new Error(decided.error.code)
  const { papers: _, ...older } = caller
  store.central.push({ kind: 'case', seq: 1, caseId, events: decided.value, callers: [older] })
  await hear(store)
  store.central.push({ kind: 'case', seq: 2, caseId, events: decided.value, callers: [caller] })
  await hear(store)
  await store.ask('draft.reopen', { caseId })
  expect(await store.ask('draft.list', null)).toMatchObject([{ form: { papers: form.papers } }])
})

test('K7.9 at the same desk the page of a report tells a colleague nothing that lies with the caller', async () => {
  const store = await signedIn(await openFixture())
  const caseId = uuidv7()
  await saveForm(store, caseId, { ...form, kind: 'report', address: '白沙大道' })
  const text = async () => JSON.stringify(await store.ask('case.page', { caseId }))
  expect(await text()).toContain('某某建筑公司')
  await signedIn(store, '1004')
  expect(await text()).not.toMatch(/某某建筑公司|11010519491231002X/)
  expect(await text()).toContain('凤凰台三期')
})
