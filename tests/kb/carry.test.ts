import { describe, expect, test } from 'vitest'
import { csvArticle, csvHead, readCsvArticles } from '../../central/kb/carry/csv-articles.ts'
import { readDocxArticles } from '../../central/kb/carry/docx-articles.ts'
import { readJsonArticles } from '../../central/kb/carry/json-articles.ts'
import {
  countsOf,
  itemsOf,
  planImport,
  statesOf,
  type ImportContext,
  type Standing,
} from '../../central/kb/carry/plan.ts'
import type { ReadFile } from '../../central/kb/carry/read-row.ts'
import { unzipEntry } from '../../central/kb/carry/unzip.ts'
import { zip } from '../../central/cases/zip.ts'
import { BYTE_ORDER_MARK } from '../../shared/csv.ts'
import { MOST_CARRIED, MOST_SHOWN_TEXT } from '../../shared/kb/article-life-carry.ts'
import type { ArticleFields } from '../../shared/kb/article-life-fields.ts'
import type { Sheet } from '../../shared/kb/sheet.ts'
import { newLife, type ArticleLife } from '../../shared/kb/article-life.ts'

const fields: ArticleFields = {
  ...{ family: 'noise', title: '夜间施工噪音', body: '22:00 到次日 6:00\n"禁止"施工，', source: '市生态环境局' },
  ...{ unit: '市城管局', validUntil: '2027-12-31', district: '蓬江区', questions: ['半夜施工', '吵,怎么办'] },
}
const life = (id: string, published: ArticleFields | null, more: Partial<ArticleLife> = {}): ArticleLife => ({
  ...{ ...newLife(id, null), version: published === null ? 0 : 1, edition: 1, published },
  ...more,
})
const units = new Map([
  ['U-1', '市城管局'],
  ['U-2', '市水务局'],
])
const standing = (...lives: ArticleLife[]): Standing => {
  const titleOf = (one: ArticleLife) => (one.draft?.fields ?? one.published)?.title ?? ''
  return {
    byId: new Map(lives.map((one) => [one.id, one])),
    byTitle: new Map([...Map.groupBy(lives, titleOf)].map(([title, some]) => [title, some.map(({ id }) => id)])),
    ofUnits: new Set(),
    units,
  }
}
const bytes = (text: string) => new TextEncoder().encode(text)
const rowsOf = (file: ReadFile) => {
  if ('reason' in file) throw new Error(file.reason)
  return file.rows
}
const context: ImportContext = { today: '2026-11-26', by: '9011', owner: undefined, guessed: false }
const plan = (file: ReadFile, on: Standing, how: Partial<ImportContext> = {}) =>
  planImport(rowsOf(file), on, { ...context, ...how })
const told = (planned: ReturnType<typeof plan>) =>
  planned.map((one) => `${one.row} ${one.kind}${one.kind === 'refused' ? ` ${one.reason}` : ''}`)
const csv = (...lines: string[]) => readCsvArticles(bytes(lines.join('\r\n')))

describe('KA16 what was taken away comes back as it was', () => {
  const sly = ['=1+1', "'=1+1", "''-2", '-开头', '@x', '＝全角', '"引号",逗号', "'普通"]
  test.each(sly)('CSV: %s stays a text and nothing else', (title) => {
    const one = { ...fields, title, words: ['吵', '施工'], validFrom: '2026-01-01', related: ['KB-2'] }
    const text = `${BYTE_ORDER_MARK}${csvHead()}${csvArticle('KB-1', one, null)}`
    expect(/(^|[,\r\n"])[=+\-@＝＋－＠]/.test(text.replace(BYTE_ORDER_MARK, ''))).toBe(false)
    expect(told(plan(readCsvArticles(bytes(text)), standing(life('KB-1', one))))).toEqual(['2 same'])
    // Where it was not there it is made from the file alone.
    const [fresh] = plan(readCsvArticles(bytes(text)), standing())
    expect(fresh).toMatchObject({ kind: 'fresh', fields: one })
  })

  test('JSON, with the tables of an article as well', () => {
    const fees: Sheet = { kind: 'fees', title: '收费', columns: ['项目', '元'], rows: [['补卡', '20']] }
    const one: ArticleFields = { ...fields, sheets: [fees] }
    const file = readJsonArticles(bytes(JSON.stringify({ articles: [{ id: 'KB-1', version: 7, ...one }] })))
    expect(plan(file, standing())[0]).toMatchObject({ kind: 'fresh', fields: one })
    expect(told(plan(file, standing(life('KB-1', one))))).toEqual(['1 same'])
  })
})

describe('KA17 what a file would change is told row by row', () => {
  test('new, changed field by field, the same, and refused with the reason', () => {
    const head = '编号,标题,正文,有效至,相关,单位,依据,状态'
    const many = Array.from({ length: 13 }, (_, n) => `KB-${100 + n}`).join('\n')
    const whole = (line: string) => `${line},市城管局,市生态环境局,已发布`
    const lines = [
      'KB-1,夜间施工噪音,新的正文,2027-12-31,',
      ',新的一条,正文,2027-01-01,',
      'KB-3,,正文,2027-01-01,',
      'KB-4,题,正文,2027/1/1,',
      'KB-5,过期的,正文,2025-01-01,',
      'KB 6,题,正文,2027-01-01,',
      `KB-7,${'长'.repeat(81)},正文,2027-01-01,`,
      'KB-8,自己,正文,2027-01-01,KB-8',
      'KB-1,夜间施工噪音,再一次,2027-12-31,',
      'KB-9,撤下的,正文,2027-01-01,',
      `KB-10,多,正文,2027-01-01,"${many}"`,
      ',重名,正文,2027-01-01,',
    ]
    const file = csv(head, ...lines.map(whole))
    const twins = [life('KB-20', { ...fields, title: '重名' }), life('KB-21', { ...fields, title: '重名' })]
    const planned = plan(file, standing(life('KB-1', fields), life('KB-9', fields, { withdrawn: true }), ...twins))
    expect(told(planned).map((one) => one.split(' ').slice(1).join(' '))).toEqual([
      ...['changed', 'fresh', 'refused title', 'refused date', 'refused validUntil', 'refused id', 'refused title'],
      ...['refused related', 'refused twice', 'refused withdrawn', 'refused long', 'refused titleTwice'],
    ])
    expect(countsOf(planned)).toEqual({ fresh: 1, changed: 1, same: 0, refused: 10 })
    const changed = itemsOf(planned, units).find(({ kind }) => kind === 'changed')
    // A column that the file does not have leaves its field; an empty one empties it.
    expect(changed?.changes).toEqual([{ field: 'body', before: fields.body, after: '新的正文' }])
  })

  test('KA5 what begins later goes over no version that holds today', () => {
    const file = csv(
      '编号,标题,正文,生效日,有效至,单位,依据,状态',
      'KB-1,题,正文,2026-12-01,2027-12-31,局,文件,已发布',
      'KB-2,另题,正文,2026-12-01,2027-12-31,局,文件,已发布',
      'KB-3,三题,正文,2026-12-01,2027-12-31,局,文件,草稿',
    )
    const on = standing(life('KB-1', fields), life('KB-3', fields))
    expect(told(plan(file, on))).toEqual(['2 refused notYetValid', '3 fresh', '4 changed'])
  })

  test('a file that is none of these, has no columns, nothing in it, or too much', () => {
    expect(csv('编号,正文', 'KB-1,正文')).toEqual({ reason: 'columns' })
    expect(csv('标题,正文')).toEqual({ reason: 'empty' })
    expect(csv('标题,正文', ...Array.from({ length: MOST_CARRIED + 1 }, (_, n) => `题${n},文`))).toEqual({
      reason: 'tooMany',
    })
    expect(csv('标题,正文', 'a\u0000,b')).toEqual({ reason: 'format' })
    for (const text of ['{', '"x"', '[1]', '{"articles":{}}'])
      expect(readJsonArticles(bytes(text))).toEqual({ reason: 'format' })
    expect(readDocxArticles(bytes('PK not a zip'), '2027-01-01')).toEqual({ reason: 'format' })
  })

  test('what is hostile is cleaned, refused or cut, and never more than words', () => {
    const sly = csv('标题,正文,有效至', `<script>\u202e题,${'长'.repeat(3000)}\u0007,2027-01-01`)
    const planned = plan(sly, standing())
    expect(planned[0]).toMatchObject({ kind: 'fresh', fields: { title: '<script>题' } })
    const [item] = itemsOf(planned, units)
    expect(item?.changes.every(({ after }) => after.length <= MOST_SHOWN_TEXT + 1)).toBe(true)
    const odd = readJsonArticles(
      bytes('[{"title":{"toString":1},"body":"x"},{"title":"t","body":["x"]},{"__proto__":{"a":1},"title":"t"}]'),
    )
    expect(told(plan(odd, standing()))).toEqual(['1 refused title', '2 refused body', '3 refused body'])
  })

  test('a file that nests, quotes or widens without end is read in one walk', () => {
    // Each of these took minutes, or the whole stack, where it was looked at anew for each of its signs.
    const million = 1_000_000
    expect(told(plan(csv('标题,正文', `a${'"'.repeat(million)},b`), standing()))).toEqual(['2 refused title'])
    expect(csv(','.repeat(million), 'x')).toEqual({ reason: 'columns' })
    const deep = `[{"title":"t","body":"b","validUntil":"2027-01-01","sheets":${'['.repeat(million)}${']'.repeat(million)}}]`
    expect(told(plan(readJsonArticles(bytes(deep)), standing()))).toEqual(['1 refused long'])
    const odd = readJsonArticles(
      bytes('[{"id":"KB-\\u0000","title":"\\ud800题","body":"\\ud800文","validUntil":"2027-01-01"}]'),
    )
    expect(told(plan(odd, standing()))).toEqual(['1 refused id'])
    const lone = readJsonArticles(bytes('[{"title":"\\ud800题","body":"文\\udc00","validUntil":"2027-01-01"}]'))
    expect(plan(lone, standing())[0]).toMatchObject({ kind: 'fresh', fields: { title: '\ufffd题', body: '文\ufffd' } })
  })
})

describe('KA24 what is imported is a draft, and goes over nobody’s draft', () => {
  const head = '编号,标题,正文,有效至,单位,依据,状态'
  const line = (id: string, state: string, unit = '市城管局') =>
    `${id},题 ${id},新的正文,2027-12-31,${unit},文件,${state}`
  const draft = (by: string, state: 'draft' | 'review' = 'draft') => ({
    draft: { state, fields: { ...fields, title: '在写' }, base: 1, by },
  })

  test('each becomes what its state says, a draft where it says nothing; what is no state is refused', () => {
    const file = csv(
      head,
      ...['', '草稿', '待审', '已发布', 'published', '作废', 'withdrawn'].map((state, n) => line(`KB-${n}`, state)),
      ...[line('KB-10', '待审', ''), line('KB-11', '已发布', ''), line('KB-12', '', '')],
    )
    const planned = plan(file, standing())
    expect(told(planned).map((one) => one.split(' ').slice(1).join(' '))).toEqual([
      ...['fresh', 'fresh', 'fresh', 'fresh', 'fresh', 'refused state', 'refused state'],
      ...['refused unit', 'refused unit', 'fresh'],
    ])
    expect(statesOf(planned)).toEqual({ draft: 3, review: 1, published: 2 })
    expect(itemsOf(planned, units).find(({ id }) => id === 'KB-2')?.state).toBe('review')
  })

  test.each(['', '待审', '已发布'])('a draft that somebody else or a unit is writing is a conflict (%s)', (state) => {
    const lives = [
      ...[
        life('KB-1', fields, draft('3001')),
        life('KB-2', fields, draft('9011')),
        life('KB-3', fields, draft('9011')),
      ],
      life('KB-4', null, draft('9012', 'review')),
    ]
    const on = { ...standing(...lives), ofUnits: new Set(['KB-3']) }
    const file = csv(head, ...lives.map(({ id }) => line(id, state)))
    expect(told(plan(file, on))).toEqual([
      '2 refused conflict',
      '3 changed',
      '4 refused conflict',
      '5 refused conflict',
    ])
  })

  test('KA25 a new one belongs to whom the row names, else to whom the importer says, else to its unit by name', () => {
    const owners = csv(
      '编号,标题,正文,有效至,单位,归属单位',
      ...['U-2', '市水务局', '热线中心', '没有的局', ''].map(
        (owner, n) => `KB-${n},题 ${n},正文,2027-12-31,市城管局,${owner}`,
      ),
      'KB-8,题 8,正文,2027-12-31,,U-2',
      'KB-9,题 9,正文,2027-12-31,没有的局,',
    )
    const whose = (how: Partial<ImportContext>, on = standing()) =>
      plan(owners, on, how).map((one) => (one.kind === 'refused' ? one.reason : `${one.owner} ${one.fields.unit}`))
    const named = ['U-2 市城管局', 'U-2 市城管局', 'null 市城管局', 'owner']
    expect(whose({})).toEqual([...named, 'U-1 市城管局', 'U-2 市水务局', 'null 没有的局'])
    expect(whose({ owner: 'U-2' })).toEqual([...named, 'U-2 市城管局', 'U-2 市水务局', 'U-2 没有的局'])
    expect(whose({ owner: null })).toEqual([...named, 'null 市城管局', 'U-2 市水务局', 'null 没有的局'])
    // One that stands keeps its owner, unless the row says another, which is shown.
    const on = standing(life('KB-0', fields, { owner: 'U-1' }), life('KB-4', fields, { owner: 'U-1' }))
    expect(whose({ owner: 'U-2' }, on).slice(4, 5)).toEqual(['U-1 市城管局'])
    const changed = itemsOf(plan(owners, on), units).find(({ id }) => id === 'KB-0')
    expect(changed?.changes.at(-1)).toEqual({ field: 'owner', before: '市城管局', after: '市水务局' })
    const twins = { ...standing(), units: new Map([...units, ['U-3', '市水务局']]) }
    expect(whose({}, twins).slice(0, 2)).toEqual(['U-2 市城管局', 'owner'])
  })
})

describe('KA18 a Word document is articles by its headings, as drafts', () => {
  const document = (body: string) =>
    `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>${body}</w:body></w:document>`
  const p = (text: string, style = '') =>
    `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
  const styles = `<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="a"><w:name w:val="Normal"/></w:style>
    <w:style w:styleId="own"><w:name w:val="本局标题"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>`
  const docx = async (body: string, more = styles) => {
    const parts = [
      { name: 'word/styles.xml', text: [more] },
      { name: 'word/document.xml', text: [document(body)] },
    ]
    const written: Buffer[] = []
    for await (const some of zip(parts)) written.push(some)
    return Buffer.concat(written)
  }

  test('headings by their style, its name or its level; text with its breaks and entities', async () => {
    const file = await docx(
      p('前言不是知识', 'a') +
        p('居住证办理', '1') +
        p('满半年 &lt;可&#20197;&#x529E;&gt; &amp;') +
        `<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>后</w:t></w:r><w:del><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p>` +
        p('养犬登记', 'own') +
        p('到派出所') +
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>没有正文</w:t></w:r></w:p>',
    )
    const read = readDocxArticles(file, '2027-11-26')
    expect(rowsOf(read).map(({ said }) => said)).toEqual([
      { title: '居住证办理', body: '满半年 <可以办> &\n第一行\n第二行 后', validUntil: '2027-11-26' },
      { title: '养犬登记', body: '到派出所', validUntil: '2027-11-26' },
      { title: '没有正文', body: '', validUntil: '2027-11-26' },
    ])
    const beside = life('KB-1', { ...fields, title: '养犬登记' })
    const planned = plan(read, standing(beside), { guessed: true })
    expect(told(planned)).toEqual(['1 fresh', '2 changed', '3 refused body'])
    // The guess is for what is new; what was said until when an article holds stays.
    expect(planned.map((one) => ('fields' in one ? one.fields.validUntil : null))).toEqual([
      '2027-11-26',
      fields.validUntil,
      null,
    ])
  })

  test('nothing that unfolds beyond its limit, ends early or names what is not there is read', async () => {
    const whole = await docx(p('题', '1') + p('文'))
    expect(unzipEntry(whole, 'word/document.xml', 10)).toBeNull()
    expect(unzipEntry(whole, 'word/none.xml', 1000)).toBeNull()
    for (let cut = 0; cut < whole.length; cut += 7) {
      const read = readDocxArticles(whole.subarray(0, cut), '2027-01-01')
      expect('reason' in read).toBe(true)
    }
    for (let at = 0; at < whole.length; at += 3) {
      const broken = Buffer.from(whole)
      broken[at] = 0xff
      expect(() => readDocxArticles(broken, '2027-01-01')).not.toThrow()
    }
    expect(readDocxArticles(await docx(p('没有标题的文件')), '2027-01-01')).toEqual({ reason: 'empty' })
  })
})
