import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sheetsSchema, type Sheet } from '../../shared/kb/sheet.ts'
import { must } from '../../shared/errors.ts'
import { shapeFlaws } from '../../shared/tables/flaw.ts'

type Article = { readonly id: string; readonly title: string; readonly body: string; readonly sheets?: unknown }

const folder = new URL('../../central/seed/articles/', import.meta.url)
const articles = readdirSync(folder).flatMap(
  (file) => (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { articles: Article[] }).articles,
)
const withSheets = articles.flatMap((article) => {
  const read = sheetsSchema.safeParse(article.sheets ?? [])
  return read.success && read.data.length > 0 ? [{ ...article, sheets: read.data }] : []
})
const ofKind = <K extends Sheet['kind']>(kind: K) =>
  withSheets.flatMap(({ sheets }) =>
    sheets.filter((sheet): sheet is Extract<Sheet, { kind: K }> => sheet.kind === kind),
  )

const lines = ofKind('line')

test('every sheet that comes with the program is well made', () => {
  const flaws = articles.flatMap(({ id, sheets }) => {
    const read = sheetsSchema.safeParse(sheets ?? [], { reportInput: true })
    return read.success ? [] : shapeFlaws(read.error).map((flaw) => ({ id, ...flaw }))
  })
  expect(flaws).toEqual([])
})

test('there are at least forty lines with six hundred stops, and one can get from each to every other', () => {
  const stops = new Set(lines.flatMap((line) => line.stops))
  expect(lines.length).toBeGreaterThanOrEqual(40)
  expect(stops.size).toBeGreaterThanOrEqual(600)
  expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length)
  const reached = new Set(['汽车总站'])
  for (let before = 0; before < reached.size;) {
    before = reached.size
    for (const line of lines)
      if (line.stops.some((stop) => reached.has(stop))) line.stops.forEach((s) => reached.add(s))
  }
  expect([...stops].filter((stop) => !reached.has(stop))).toEqual([])
})

test('there are at least twenty-five places with their hours, and fees or papers in fifteen articles', () => {
  expect(new Set(ofKind('hours').map(({ place }) => place)).size).toBeGreaterThanOrEqual(25)
  const tabled = withSheets.filter(({ sheets }) => sheets.some(({ kind }) => kind === 'fees' || kind === 'papers'))
  expect(tabled.length).toBeGreaterThanOrEqual(15)
})

test('the sheet of a line says what the words of its article say', () => {
  const told = (id: string) =>
    must(
      withSheets.find((article) => article.id === id),
      id,
    )
  for (const { title, body, sheets } of withSheets) {
    const [line] = sheets
    if (line?.kind !== 'line') continue
    expect(title).toBe(`${line.name}：${must(line.stops[0], 'a stop')} → ${must(line.stops.at(-1), 'a stop')}`)
    for (const fact of [line.fare, line.there.first, line.there.last, `约 ${line.minutes} 分`])
      expect(body).toContain(fact)
    const place = /（第 (\d+) 站）/.exec(body)?.[1]
    if (place !== undefined) expect(`${title} ${place}`).toBe(`${title} ${line.stops.length - 1}`)
  }
  const through = (id: string, ...stops: string[]) =>
    expect(told(id).sheets).toMatchObject([{ stops: expect.arrayContaining(stops) as string[] }])
  through('KB-2042', '跃进路', '白沙公园', '中心医院')
  through('KB-2043', '五邑路', '江海区行政中心', '迎宾路')
})
