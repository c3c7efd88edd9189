import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { CaseForm } from '../../shared/case/case-form.ts'
import { fullForm, openFixture, signedIn, type StoreFixture } from './store-fixture.ts'

const draft = (caseId: string, content: string, author = '1003') => ({
  caseId,
  callId: null,
  form: { ...fullForm, content },
  startedAt: 5,
  author,
})

const contents = async (store: StoreFixture) => (await store.ask('draft.list', null)).map(({ form }) => form.content)

describe('drafts', () => {
  test('S3.1 are back after the store was opened again, each author their own', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, '一'))
    await store.ask('draft.save', draft(caseId, '一二'))
    const again = await signedIn(await openFixture(store.dir, store.central))
    expect(await again.ask('draft.list', null)).toMatchObject([
      { caseId, form: { content: '一二' }, caseNo: null, clean: false },
    ])
    await signedIn(again, '1004')
    expect(await again.ask('draft.list', null)).toEqual([])
  })

  test('S3.1 are their author’s, whoever is signed in when they arrive, and with nobody signed in', async () => {
    const store = await openFixture()
    const [one, two] = [uuidv7(), uuidv7()]
    await store.ask('draft.save', draft(one, '无人登录'))
    await signedIn(store, '1004')
    await store.ask('draft.save', draft(two, '接班之后才到'))
    expect(await contents(store)).toEqual([])
    await signedIn(store, '1003')
    expect(await contents(store)).toEqual(['无人登录', '接班之后才到'])
  })

  test('S3.2 are not written over by another author', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, '甲的话'))
    expect(await store.askRaw('draft.save', draft(caseId, '乙的话', '1004'))).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    })
    expect(await contents(store)).toEqual(['甲的话'])
    await signedIn(store, '1004')
    expect(await contents(store)).toEqual([])
  })
})

describe('a draft whose case was saved', () => {
  test('S3.3 knows its number, and is clean while it says just what was saved', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, fullForm.content))
    const { caseNo } = await store.ask('case.save', { caseId, callId: null, form: fullForm })
    expect(await store.ask('draft.list', null)).toMatchObject([{ caseNo, clean: true }])
    await store.ask('draft.save', draft(caseId, '又改了'))
    expect(await store.ask('draft.list', null)).toMatchObject([{ caseNo, clean: false }])
    await store.ask('draft.save', draft(caseId, fullForm.content))
    expect(await store.ask('draft.list', null)).toMatchObject([{ caseNo, clean: true }])
    await store.ask('draft.discard', { caseId })
    expect(await store.ask('draft.list', null)).toEqual([])
  })

  test('S3.3 is clean in whatever order its fields were written', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    const turned = Object.fromEntries(Object.entries(fullForm).toReversed()) as CaseForm
    await store.ask('draft.save', { ...draft(caseId, ''), form: turned })
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    expect(await store.ask('draft.list', null)).toMatchObject([{ clean: true }])
  })

  test('S3.3 is not clean where something was typed on while it was saved', async () => {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, '多打了几个字'))
    await store.ask('case.save', { caseId, callId: null, form: fullForm })
    expect(await store.ask('draft.list', null)).toMatchObject([{ clean: false, form: { content: '多打了几个字' } }])
  })

  test('need not be there', async () => {
    const store = await signedIn(await openFixture())
    await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
    expect(await store.ask('draft.list', null)).toEqual([])
  })
})

describe('a stored form that is not of today', () => {
  async function withForm(form: string): Promise<StoreFixture> {
    const store = await signedIn(await openFixture())
    const caseId = uuidv7()
    await store.ask('draft.save', draft(caseId, '原来'))
    await store.ask('draft.save', draft(uuidv7(), '旁边的一件'))
    store.db.prepare('UPDATE drafts SET form = ? WHERE case_id = ?').run(form, caseId)
    return store
  }

  test('S3.4 keeps what is valid, field by field', async () => {
    const { content: _content, ...rest } = fullForm
    const store = await withForm(
      JSON.stringify({ ...rest, kind: '从前的类别', reply: 7, articles: [{ id: 1 }], note: '从前的一栏里写的话' }),
    )
    const [first] = await store.ask('draft.list', null)
    expect(first?.form).toEqual({ ...fullForm, kind: null, content: '', reply: '', articles: [] })
  })

  test.each(['', 'null', '7', '[]', '"text"', '{"content":', '{"__proto__":{"content":"x"}}'])(
    '%j takes no other draft down, and does not pass for a saved one',
    async (form) => {
      const store = await withForm(form)
      store.db.prepare('UPDATE drafts SET saved_form = form').run()
      const drafts = await store.ask('draft.list', null)
      expect(drafts.map((one) => one.form.content)).toEqual(['', '旁边的一件'])
      if (form === '' || form === '{"content":') expect(drafts[0]?.clean).toBe(false)
    },
  )
})
