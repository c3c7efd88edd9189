import { describe, expect, test } from 'vitest'
import { must } from '../../shared/errors.ts'
import {
  articleParties,
  articleStepsOpen,
  articleStepTypes,
  decideArticle,
  newLife,
  stateOf,
  type ArticleLife,
  type ArticleParty,
  type ArticleStep,
} from '../../shared/kb/article-life.ts'
import { cleanFields, diffFields, type ArticleFields } from '../../shared/kb/article-life-fields.ts'

const TODAY = '2026-11-26'
const fields: ArticleFields = {
  ...{ family: 'noise', title: '夜间施工噪音', body: '22:00 到次日 6:00 禁止施工。', source: '市生态环境局' },
  ...{ unit: '市城管局', validUntil: '2027-12-31', district: null, questions: ['半夜施工怎么投诉'] },
}
const edit = (part: Partial<ArticleFields> = {}): ArticleStep => ({ type: 'edit', fields: { ...fields, ...part } })
const step = {
  submit: { type: 'submit', why: '' },
  sendBack: { type: 'sendBack', why: '依据不足' },
  discard: { type: 'discard', why: '重复' },
  publish: { type: 'publish', why: '' },
  withdraw: { type: 'withdraw', why: '政策废止' },
  rollBack: { type: 'rollBack', version: 1, why: '改错了' },
} as const satisfies Record<string, ArticleStep>

const decide = (
  life: ArticleLife,
  one: ArticleStep,
  party: ArticleParty = 'editor',
  older: ArticleFields | null = fields,
) => decideArticle(life, one, { by: `of-${party}`, party, today: TODAY, older })
function take(life: ArticleLife, one: ArticleStep, party: ArticleParty = 'editor'): ArticleLife {
  const decided = decide(life, one, party)
  if (!decided.ok) throw new Error(`${one.type}: ${decided.error.code} ${decided.error.detail}`)
  return decided.value
}
const after = (...steps: ArticleStep[]) => steps.reduce((life, one) => take(life, one), newLife('KB-1', 'U-1'))
const refusal = (...args: Parameters<typeof decide>) => {
  const decided = decide(...args)
  return decided.ok ? null : decided.error
}

test('KA1 an article is written, submitted, published, changed beside what stands, published again and withdrawn', () => {
  const first = after(edit(), step.submit, step.publish)
  expect([stateOf(first), first]).toEqual([
    'published',
    { id: 'KB-1', owner: 'U-1', version: 1, withdrawn: false, edition: 3, published: fields, draft: null },
  ])
  const beside = take(first, edit({ title: '施工噪音' }))
  expect([stateOf(beside), beside.published?.title, beside.draft]).toEqual([
    'draft',
    '夜间施工噪音',
    { state: 'draft', fields: { ...fields, title: '施工噪音' }, base: 1, by: 'of-editor' },
  ])
  const second = take(take(beside, step.submit), step.publish)
  expect([second.version, second.published?.title, second.draft]).toEqual([2, '施工噪音', null])
  expect(stateOf(take(second, step.withdraw))).toBe('withdrawn')
})

test('KA2 the steps are one table: of all articles that can come about none has two drafts, none is published without a review, and each can be published', () => {
  const key = ({ version, withdrawn, draft }: ArticleLife) =>
    JSON.stringify([
      Math.min(version, 2),
      withdrawn,
      draft === null ? null : [draft.state, draft.base === version, draft.fields.title],
    ])
  const steps = [edit(), edit({ title: '另一题' }), ...Object.values(step)]
  const seen = new Map<string, ArticleLife>()
  const next = new Map<string, Set<string>>()
  const open = [newLife('KB-1', 'U-1')]
  for (let life = open.pop(); life !== undefined; life = open.pop()) {
    if (seen.has(key(life))) continue
    seen.set(key(life), life)
    const from = must(next.get(key(life)) ?? next.set(key(life), new Set()).get(key(life)), 'a set')
    for (const party of articleParties)
      for (const one of steps) {
        const decided = decide(life, one, party)
        // What the table offers can be done, but for its words; what it does not offer never can.
        if (!articleStepsOpen(life, party).includes(one.type)) expect(decided.ok, `${party} ${one.type}`).toBe(false)
        if (!decided.ok) continue
        const to = decided.value
        expect(to.edition).toBe(life.edition + 1)
        if (to.version > life.version) {
          expect(party).toBe('editor')
          expect(one.type === 'rollBack' || (one.type === 'publish' && life.draft?.state === 'review')).toBe(true)
          expect(one.type === 'rollBack' || life.draft?.base === life.version).toBe(true)
        } else expect([to.version, to.published]).toEqual([life.version, life.published])
        if (party === 'unit')
          expect([to.version, to.withdrawn, to.owner]).toEqual([life.version, life.withdrawn, life.owner])
        from.add(key(to))
        open.push(to)
      }
  }
  expect(seen.size).toBeGreaterThan(15)
  const published = [...seen].filter(([, life]) => stateOf(life) === 'published').map(([one]) => one)
  const reaches = new Set(published)
  for (let before = -1; before !== reaches.size;) {
    before = reaches.size
    for (const [from, tos] of next) if ([...tos].some((to) => reaches.has(to))) reaches.add(from)
  }
  expect([...seen.keys()].filter((one) => !reaches.has(one))).toEqual([])
})

test('KA3 a unit writes and submits; to publish, withdraw and roll back is the editors’ alone, and whose an article is she does not change', () => {
  const review = after(edit(), step.submit)
  for (const one of [step.publish, step.withdraw, step.rollBack])
    expect(refusal(review, one, 'unit')).toEqual({ code: 'forbidden', detail: one.type })
  expect(refusal(after(edit()), { ...edit({ title: '改' }), owner: 'U-2' } as ArticleStep, 'unit')).toEqual({
    code: 'forbidden',
    detail: 'owner',
  })
  // What is being reviewed she may take back, and not change under the editor's eyes.
  expect(refusal(review, edit({ title: '改' }), 'unit')).toEqual({ code: 'illegalTransition', detail: 'review' })
  expect(refusal(review, step.discard, 'unit')).toEqual({ code: 'illegalTransition', detail: 'review' })
  expect(take(review, step.sendBack, 'unit').draft?.state).toBe('draft')
  expect(take(review, edit({ title: '改' })).draft).toMatchObject({ state: 'review', by: 'of-editor' })
})

describe('KA4 what was published meanwhile', () => {
  test('keeps a draft that was written before it from being published, until somebody has seen it', () => {
    const beside = take(after(edit(), step.submit, step.publish), edit({ title: '改' }))
    const meanwhile = take(take(beside, step.submit), step.rollBack)
    expect(refusal(meanwhile, step.publish)).toEqual({ code: 'illegalTransition', detail: 'publishedMeanwhile' })
    const again = take(meanwhile, edit({ title: '改' }))
    expect(take(again, step.publish)).toMatchObject({ version: 3, published: { title: '改' } })
  })
  test('the same words once more are no change', () => {
    expect(refusal(after(edit()), edit())).toEqual({ code: 'invalidInput', detail: 'unchanged' })
    expect(refusal(after(edit(), step.submit, step.publish), edit())).toEqual({
      code: 'invalidInput',
      detail: 'unchanged',
    })
    // What was withdrawn is brought back with the words that it had.
    expect(take(after(edit(), step.submit, step.publish, step.withdraw), edit()).draft?.state).toBe('draft')
  })
})

test('KA5 KA18 what has expired, ends before it begins, leads to itself or rests on nothing is neither submitted nor published', () => {
  for (const [part, detail] of [
    [{ validUntil: '2026-11-25' }, 'validUntil'],
    [{ validFrom: '2028-01-01' }, 'validFrom'],
    [{ related: ['KB-2', 'KB-1'] }, 'related'],
    [{ unit: '' }, 'unit'],
    [{ source: '' }, 'source'],
  ] as const) {
    const draft = after(edit(part as Partial<ArticleFields>))
    expect(refusal(draft, step.submit)).toEqual({ code: 'invalidInput', detail })
    const review = { ...draft, draft: { ...must(draft.draft, 'a draft'), state: 'review' as const } }
    expect(refusal(review, step.publish)).toEqual({ code: 'invalidInput', detail })
  }
  expect(take(after(edit({ validUntil: TODAY })), step.submit).draft?.state).toBe('review')
  expect(refusal(newLife('KB-1', null), edit({ title: '' }))).toEqual({ code: 'invalidInput', detail: 'title' })
})

test('KA5 what begins later is not published over a version that holds today, and is over any other', () => {
  const later = edit({ validFrom: '2026-11-27' })
  const first = after(later, step.submit, step.publish)
  expect(first.version).toBe(1)
  // What holds no more, is not there yet, or was withdrawn is no loss.
  const [standing, over] = [after(edit(), step.submit, step.publish), { ...fields, validUntil: '2026-11-25' }]
  for (const free of [first, { ...standing, published: over }, take(standing, step.withdraw)])
    expect(take(take(take(free, edit({ validFrom: '2026-12-01' })), step.submit), step.publish).version).toBe(2)
  const notYet = { code: 'invalidInput', detail: 'notYetValid' }
  const review = take(take(standing, later), step.submit)
  expect(refusal(review, step.publish)).toEqual(notYet)
  expect(refusal(standing, step.rollBack, 'editor', { ...fields, validFrom: '2026-11-27' })).toEqual(notYet)
  expect(take(take(review, edit({ validFrom: TODAY })), step.publish).version).toBe(2)
})

test('KA6 an older version is published anew as the newest; one that there is not is refused', () => {
  const two = after(edit(), step.submit, step.publish, edit({ title: '改' }), step.submit, step.publish)
  expect(take(two, step.rollBack)).toMatchObject({ version: 3, published: fields })
  expect(take(take(two, step.withdraw), step.rollBack)).toMatchObject({ version: 3, withdrawn: false })
  expect(refusal(two, step.rollBack, 'editor', null)).toEqual({ code: 'notFound', detail: 'version' })
})

test('KA7 nothing that turns a line round or is not seen is kept; lists hold each once and nothing empty', () => {
  const dirty = {
    ...fields,
    ...{ title: '夜\u202e间\n施工 ', body: '一\r\n二\u0000\u2066三', district: ' ', questions: ['问', ' 问 ', ''] },
    ...{ words: [], related: ['KB-2'] },
  }
  expect(cleanFields(dirty)).toEqual({
    ...fields,
    ...{ title: '夜间 施工', body: '一\n二三', questions: ['问'], related: ['KB-2'] },
  })
})

test('KA8 what changes is told field by field, lists by their lines', () => {
  expect(diffFields(fields, fields)).toEqual([])
  expect(diffFields(fields, { ...fields, words: ['吵', '施工'], validUntil: '2028-01-01' })).toEqual([
    { field: 'words', before: '', after: '吵\n施工' },
    { field: 'validUntil', before: '2027-12-31', after: '2028-01-01' },
  ])
  expect(diffFields(null, fields).map(({ field }) => field)).toContain('title')
})

test('KA every step that there is stands in the table', () => {
  expect(articleStepTypes.toSorted()).toEqual(['edit', ...Object.keys(step)].toSorted())
})
