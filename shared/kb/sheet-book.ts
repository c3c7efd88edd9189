/** All tables of the knowledge base at once, and what they answer to a question (rules KR, KO, KT). Pure. */
import { chinaDay, chinaDayNumber, dayBegins } from '../china-day.ts'
import type { WorkingDays } from '../case/working-days.ts'
import { asksOfLine, readBusQuestion, type BusQuestion } from './bus-question.ts'
import { createBusNetwork, isComing, runningAt, type BusNetwork, type Direction } from './bus-network.ts'
import { anywhere, isWithin, type SearchScope } from './hit.ts'
import { readHoursQuestion, type HoursQuestion } from './hours-question.ts'
import type { InitialsOf } from './initials.ts'
import { hoursRows, sayDay, sayHolidays, sayNow, sayWhere } from './opening-words.ts'
import { foldName } from './place-names.ts'
import { findWays } from './route-finder.ts'
import { busOf, sayWays, wayRows } from './route-words.ts'
import { same, spaced, type SheetAnswer, type Source } from './sheet-answer.ts'
import { lineRows, tableRowWords } from './sheet-rows.ts'
import type { HoursSheet, LineSheet, Sheet } from './sheet.ts'
import { rowsAsked, type RowsFound, type TableOf } from './table-question.ts'

/** An article with its sheets, as far as they are answered from. */
export type SheetArticle = Omit<Source, 'expired'> & {
  readonly validFrom?: string | undefined
  readonly unit: string
  readonly district: string | null
  readonly sheets: readonly Sheet[]
}

/** When it is asked, in ms, the calendar, how words sound where that is known, and of which articles. */
export type Asked = {
  readonly at: number
  readonly days: WorkingDays
  readonly initialsOf: InitialsOf | null
  readonly scope?: SearchScope
}

export type SheetBook = {
  /** The best answer that the tables give to what was typed; null where it asks for nothing that stands in them. */
  answer(query: string, asked: Asked): SheetAnswer | null
}

type Answered = Omit<SheetAnswer, 'sources'> & { readonly by: readonly SheetArticle[] }

const MOST_SOURCES = 8
const MOST_ROWS = 16
/** So many lines are said in one sentence. */
const MOST_LINES = 6

type Place = { readonly sheet: HoursSheet; readonly article: SheetArticle }

/** What the articles of one day answer. */
function createPages(articles: readonly SheetArticle[]) {
  const byId = new Map(articles.map((article) => [article.id, article]))
  const network = createBusNetwork(
    articles.flatMap((article) =>
      article.sheets.flatMap((sheet) => (sheet.kind === 'line' ? [{ line: sheet, article }] : [])),
    ),
  )
  const places: Place[] = articles.flatMap((article) =>
    article.sheets.flatMap((sheet) => (sheet.kind === 'hours' ? [{ sheet, article }] : [])),
  )
  const tables: TableOf<SheetArticle>[] = articles.flatMap((article) =>
    article.sheets.flatMap((sheet) =>
      sheet.kind === 'fees' || sheet.kind === 'papers' ? [{ sheet, article, title: article.title }] : [],
    ),
  )
  const ofDirections = (directions: readonly Direction[]) =>
    directions.flatMap(({ article }) => byId.get(article.id) ?? [])

  function find(query: string, { at, days, initialsOf }: Asked): Answered | null {
    const today = chinaDayNumber(at)
    const minute = Math.floor((at - dayBegins(today)) / 60_000)
    const bus = readBusQuestion(query, network.find, initialsOf)
    if (bus?.kind === 'route') return routeAnswer(network, bus, minute, ofDirections)
    const line = asksOfLine(query) ? network.lineIn(foldName(query)) : null
    if (line !== null) return lineAnswer(network, line.line, minute, ofDirections)
    if (bus?.kind === 'stop') return stopAnswer(network, bus, minute, ofDirections)
    const hours = readHoursQuestion(query, places, today)
    if (hours !== null) return hoursAnswer(hours, days, at)
    const rows = rowsAsked(query, tables)
    return rows && tableAnswer(rows)
  }

  return find
}

/** What can be answered from on a day; what holds comes before what has expired, which answers what nothing else does. */
function heldOn(articles: readonly SheetArticle[], day: string): SheetArticle[] {
  const isOver = ({ validUntil }: SheetArticle) => Number(validUntil < day)
  return articles.filter(({ validFrom = day }) => validFrom <= day).toSorted((a, b) => isOver(a) - isOver(b))
}

/** Makes the book; an article that is not valid yet answers nothing (rule KT6). */
export function createSheetBook(articles: readonly SheetArticle[]): SheetBook {
  let pages: { readonly day: string; readonly find: ReturnType<typeof createPages> } | null = null
  return {
    answer(query, asked) {
      const day = chinaDay(asked.at)
      if (pages?.day !== day) {
        pages = { day, find: createPages(heldOn(articles, day)) }
      }
      const found = pages.find(query, asked)
      if (found === null) return null
      // What rests on an article outside is not what was asked for (rule KS8).
      if (found.by.some((article) => !isWithin(asked.scope ?? anywhere, article))) return null
      const { by, rows, ...rest } = found
      const sources = [...new Set(by)].slice(0, MOST_SOURCES).map(({ id, version, title, source, validUntil }) => ({
        ...{ id, version, title, source, validUntil },
        expired: validUntil < day,
      }))
      return { ...rest, rows: rows.slice(0, MOST_ROWS), sources }
    },
  }
}

type ArticlesOf = (directions: readonly Direction[]) => SheetArticle[]

function routeAnswer(
  network: BusNetwork,
  { from, to }: Extract<BusQuestion, { kind: 'route' }>,
  minute: number,
  articlesOf: ArticlesOf,
): Answered | null {
  const [way, ...others] = findWays(network, from.stops, to.stops, minute)
  if (way === undefined) return null
  const [first, last] = [way.legs[0]?.from ?? '', way.legs.at(-1)?.to ?? '']
  const all = [way, ...others]
  return {
    kind: 'route',
    title: same(`${first} → ${last}`),
    say: sayWays([way, ...others]),
    rows: wayRows(all),
    by: articlesOf(all.flatMap(({ legs }) => legs.map(({ direction }) => direction))),
  }
}

/** The directions that stop at a place after having begun elsewhere, a line once, those that still come first. */
function goingTo(network: BusNetwork, stops: readonly string[], minute: number): Direction[] {
  const byLine = new Map<string, { direction: Direction; gone: boolean }>()
  for (const direction of network.directions) {
    const at = direction.stops.findLastIndex((stop) => stops.includes(stop))
    if (at < 1) continue
    const gone = !isComing(runningAt(direction, at, minute))
    const known = byLine.get(direction.line.name)
    if (known === undefined || (known.gone && !gone)) byLine.set(direction.line.name, { direction, gone })
  }
  return [...byLine.values()].toSorted((a, b) => Number(a.gone) - Number(b.gone)).map(({ direction }) => direction)
}

function stopAnswer(
  network: BusNetwork,
  { to }: Extract<BusQuestion, { kind: 'stop' }>,
  minute: number,
  articlesOf: ArticlesOf,
): Answered | null {
  const going = goingTo(network, to.stops, minute)
  const told = going.slice(0, MOST_LINES)
  if (told.length === 0) return null
  const stop = to.stops.join('、')
  const zh = told.map(({ line, stops, last }) => `${line.name}（${stops[0] ?? ''}开出，末班 ${last}）`)
  const en = told.map(({ line, stops, last }) => `${busOf(line)} (from ${stops[0] ?? ''}, last ${last})`)
  return {
    kind: 'stop',
    title: { zh: `到 ${stop}`, en: `To ${stop}` },
    say: { zh: `到${stop}可以坐${spaced(zh.join('、'))}。`, en: `To ${stop}: ${en.join(', ')}.` },
    rows: going.map(({ line, stops, first, last }) => ({
      name: { zh: line.name, en: busOf(line) },
      value: same(`${stops[0] ?? ''} → ${stops.at(-1) ?? ''}，${first}–${last}，${line.interval}`),
    })),
    by: articlesOf(told),
  }
}

function lineAnswer(network: BusNetwork, line: LineSheet, minute: number, articlesOf: ArticlesOf): Answered {
  const ways = network.directions.filter((direction) => direction.line === line)
  const zh = ways.map((way) => {
    const over = runningAt(way, 0, minute) === 'gone' ? '（现在末班已过）' : ''
    return `${way.stops[0] ?? ''}开往${way.stops.at(-1) ?? ''}首班 ${way.first}，末班 ${way.last}${over}`
  })
  const en = ways.map((way) => {
    const over = runningAt(way, 0, minute) === 'gone' ? ' (gone)' : ''
    return `${way.stops[0] ?? ''} to ${way.stops.at(-1) ?? ''} first ${way.first}, last ${way.last}${over}`
  })
  const name = busOf(line)
  return {
    kind: 'line',
    title: { zh: line.name, en: name },
    say: {
      zh: `${line.name}${zh.join('；')}；间隔 ${line.interval}，票价 ${line.fare}，全程约 ${line.minutes} 分钟。`,
      en: `${name.replace('b', 'B')}: ${en.join('; ')}; every ${line.interval}, ${line.fare}, ${line.minutes} min.`,
    },
    rows: lineRows(line),
    by: articlesOf(ways),
  }
}

function hoursAnswer({ place, about }: HoursQuestion<Place>, days: WorkingDays, at: number): Answered {
  const { sheet, article } = place
  const say =
    about === 'now'
      ? sayNow(sheet, days, at)
      : about === 'where'
        ? sayWhere(sheet)
        : about === 'holidays'
          ? sayHolidays(sheet)
          : sayDay(sheet, days, about.day, chinaDayNumber(at))
  return { kind: 'hours', title: same(sheet.place), say, rows: hoursRows(sheet), by: [article] }
}

function tableAnswer({ article, sheet, rows }: RowsFound<SheetArticle>): Answered {
  return {
    kind: 'table',
    title: same(sheet.title),
    say: same(`${rows.map((row) => tableRowWords(sheet, row)).join('。')}。`),
    rows: rows.map((row) => ({
      name: same(row[0] ?? ''),
      value: same(tableRowWords(sheet, row).slice((row[0] ?? '').length + 1)),
    })),
    by: [article],
  }
}
