/** What central sets aside of who works at no desk stands on the list of whoever sits there (S4.5). */
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CaseForm } from '../../shared/case/case-form.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const list = (store: StoreFixture) => store.ask('sync.refused', null)
const count = async (store: StoreFixture) => (await store.ask('sync.status', null)).refused
const anonymous = { callerName: '', callerPhone: '' }

/** 1003 saved a case, is let in no more, and 1004 sits at her desk. */
async function left(form: CaseForm, code: string): Promise<StoreFixture> {
  const store = await signedIn(await openFixture())
  store.central.judge = ({ author }) => (author === '1003' ? { status: 'quarantined', code } : null)
  await store.ask('case.save', { caseId: uuidv7(), callId: 'call-1', form })
  await store.settle()
  return signedIn(store, '1004')
}

async function firstId(store: StoreFixture): Promise<string> {
  const first = (await list(store)).at(-1)
  if (first === undefined) throw new Error('nothing on the list')
  return first.id
}

test.each(['authorMayNot', 'unknownAuthor'])(
  'S4.5 what is set aside as %s is read, counted and taken over by who sits there',
  async (code) => {
    const store = await left(fullForm, code)
    const listed = await list(store)
    expect(listed.at(-1)).toMatchObject({ status: 'quarantined', code, what: 'case.open', form: fullForm })
    expect(await count(store)).toBe(listed.length)
    await store.ask('sync.takeBack', { id: await firstId(store) })
    expect(await store.ask('draft.list', null)).toMatchObject([{ callId: 'call-1', form: fullForm, clean: false }])
    expect(await count(store)).toBe(listed.length - 1)
  },
)

test('S4.5 she dismisses it as well, and what was refused for another reason stays its author’s', async () => {
  const store = await left(fullForm, 'authorMayNot')
  const listed = await list(store)
  expect(listed).not.toEqual([])
  for (const { id } of listed) await store.ask('sync.dismiss', { id })
  expect([await list(store), await count(store)]).toEqual([[], 0])
  expect(await list(await left(fullForm, 'strangeAuthor'))).toEqual([])
})

test('S4.5 S14.6 a report is read and taken over without who reports; its author reads her', async () => {
  const store = await left({ ...fullForm, kind: 'report' }, 'authorMayNot')
  const shown = { ...fullForm, kind: 'report', ...anonymous }
  expect((await list(store)).at(-1)).toMatchObject({ form: shown })
  await signedIn(store)
  expect((await list(store)).at(-1)).toMatchObject({ form: { callerPhone: fullForm.callerPhone } })
  await signedIn(store, '1004')
  await store.ask('sync.takeBack', { id: await firstId(store) })
  expect(await store.ask('draft.list', null)).toMatchObject([{ form: shown }])
})

test('S4.5 S14.6 who called besides about a report is for who took that call, not for who opened the case', async () => {
  const store = await signedIn(await openFixture())
  const into = uuidv7()
  await store.ask('case.save', { caseId: into, callId: null, form: { ...fullForm, kind: 'report' } })
  await store.settle()
  await signedIn(store, '1005')
  store.central.judge = ({ author }) => (author === '1005' ? { status: 'quarantined', code: 'authorMayNot' } : null)
  await store.ask('case.joinCall', {
    caseId: uuidv7(),
    callId: null,
    form: { ...fullForm, callerName: '另一位' },
    into,
  })
  await store.settle()
  expect(await list(store)).toMatchObject([{ what: 'case.call', form: { callerName: '另一位' } }])
  await signedIn(store)
  expect(await list(store)).toMatchObject([{ what: 'case.call', form: { content: fullForm.content, ...anonymous } }])
})
