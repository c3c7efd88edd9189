/** When a place is open, in one sentence, in Mandarin and English. Rules KO4–KO6 (shared/kb/SPEC.md). */
import { isoOfDay, weekdayOf } from '../china-day.ts'
import type { WorkingDays } from '../case/working-days.ts'
import type { Opening, PlaceDay, Spans } from './opening.ts'
import { openingAt, placeDay } from './opening.ts'
import { same, spaced, type AnswerRow, type Said } from './sheet-answer.ts'
import type { HoursSheet } from './sheet.ts'

const DAYS_ZH = ['一', '二', '三', '四', '五', '六', '日']
const DAYS_EN = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const spansZh = (spans: Spans) => spans.map((span) => span.join('–')).join('、')
const spansEn = (spans: Spans) => spans.map((span) => span.join('–')).join(', ')

/** An office works, a place that is open on holidays is open. */
const verb = ({ holidays }: HoursSheet) => (holidays === 'closed' ? '办公' : '开放')

/** A day as it is said on another: 今天, 明天, 10 月 8 日（星期四）. */
function dayWords(day: number, today: number): Said {
  if (day === today) return { zh: '今天', en: 'today' }
  if (day === today + 1) return { zh: '明天', en: 'tomorrow' }
  const [, month, date] = isoOfDay(day).split('-').map(Number)
  const at = weekdayOf(day) - 1
  return { zh: ` ${month} 月 ${date} 日（星期${DAYS_ZH[at]}）`, en: `on ${DAYS_EN[at]}, ${isoOfDay(day)}` }
}

/** Where the calendar ends what is said is provisional, and said to be (rule KO5). */
function provisional(days: readonly PlaceDay[]): Said {
  const unknown = days.find(({ known }) => !known)
  if (unknown === undefined) return same('')
  const year = isoOfDay(unknown.day).slice(0, 4)
  return {
    zh: `（${year} 年放假安排还没有公布，以单位通知为准）`,
    en: ` (the holidays of ${year} are not published yet: as the office announces)`,
  }
}

const whyZh = { holiday: '是法定节假日，', worked: '因调休上班，', common: '' }
const whyEn = { holiday: ' (a public holiday)', worked: ' (worked in the stead of a holiday)', common: '' }

function nextWords(sheet: HoursSheet, { today, next }: Opening): Said {
  if (next === null) return { zh: '，近期没有开门的日子', en: '; no opening in the next weeks' }
  const day = dayWords(next.day.day, today.day)
  return { zh: `，下次${verb(sheet)}是${day.zh} ${next.at}`, en: `; opens next ${day.en} at ${next.at}` }
}

/** What is so now, after the times of the day. */
function nowWords(sheet: HoursSheet, opening: Opening): Said {
  const { now, until, next } = opening
  const at = next?.at ?? ''
  switch (now) {
    case 'open': {
      if (until === null) return { zh: `，现在${verb(sheet)}中，今晚不关门`, en: '; open now, through the night' }
      const again = next?.day.day === opening.today.day
      return {
        zh: `，现在${verb(sheet)}中，${until} ${again ? `休息，${at} 再${verb(sheet)}` : '结束'}`,
        en: `; open now until ${until}${again ? `, again at ${at}` : ''}`,
      }
    }
    case 'before':
      return { zh: `，现在还没开始，${at} ${verb(sheet)}`, en: `; not open yet, opens at ${at}` }
    case 'between':
      return { zh: `，现在休息，${at} 再${verb(sheet)}`, en: `; on a break now, opens again at ${at}` }
    case 'after': {
      const more = nextWords(sheet, opening)
      return { zh: `，现在已经结束${more.zh}`, en: `; closed for today${more.en}` }
    }
    default:
      return nextWords(sheet, opening)
  }
}

/** What the calendar says of the day, and when the place is open on it. */
function timesZh(sheet: HoursSheet, { kind, spans }: PlaceDay): string {
  const times = spans.length === 0 ? `不${verb(sheet)}` : spansZh(spans)
  return `${whyZh[kind]}${kind === 'common' ? spaced(times) : times}`
}
const timesEn = ({ kind, spans }: PlaceDay) => `${whyEn[kind]} ${spans.length === 0 ? 'closed' : spansEn(spans)}`

/** What is said of the place besides. */
const noteOf = ({ note }: HoursSheet): Said => (note === undefined ? same('') : { zh: `${note}。`, en: ` ${note}.` })

/** Whether it is open now, until when, and when it opens next: 今天因调休上班，9:00–12:00，现在办公中，12:00 结束。 */
export function sayNow(sheet: HoursSheet, days: WorkingDays, at: number): Said {
  const opening = openingAt(sheet, days, at)
  const { today } = opening
  const now = nowWords(sheet, opening)
  const told = opening.now === 'open' || opening.next === null ? [today] : [today, opening.next.day]
  const [unsure, note] = [provisional(told), noteOf(sheet)]
  return {
    zh: `${sheet.place}今天${timesZh(sheet, today)}${now.zh}${unsure.zh}。${note.zh}`,
    en: `${sheet.place}: today${timesEn(today)}${now.en}${unsure.en}.${note.en}`,
  }
}

/** How it is open on another day. */
export function sayDay(sheet: HoursSheet, days: WorkingDays, day: number, today: number): Said {
  const at = placeDay(sheet, days, day)
  const words = dayWords(day, today)
  const [unsure, note] = [provisional([at]), noteOf(sheet)]
  const opens = at.spans.length === 0 ? '' : ` ${verb(sheet)}`
  return {
    zh: `${sheet.place}${words.zh}${timesZh(sheet, at)}${opens}${unsure.zh}。${note.zh}`,
    en: `${sheet.place}: ${words.en}${timesEn(at)}${unsure.en}.${note.en}`,
  }
}

/** What holds on public holidays. */
export function sayHolidays(sheet: HoursSheet): Said {
  const { holidays, place } = sheet
  if (holidays === 'asUsual')
    return { zh: `${place}法定节假日照常开放。`, en: `${place}: open as usual on public holidays.` }
  if (holidays === 'closed') return { zh: `${place}法定节假日不办公。`, en: `${place}: closed on public holidays.` }
  return {
    zh: `${place}法定节假日 ${spansZh(holidays)} 开放。`,
    en: `${place}: ${spansEn(holidays)} on public holidays.`,
  }
}

/** Where it is, and its telephone. */
export function sayWhere({ place, address, phone }: HoursSheet): Said {
  return {
    zh: `${place}在${address}${phone === null ? '' : `，电话 ${phone}`}。`,
    en: `${place}: ${address}${phone === null ? '' : `, telephone ${phone}`}.`,
  }
}

function daysWords(days: readonly number[]): Said {
  const [first = 1, last = first] = [days[0], days.at(-1)]
  const isRun = days.length > 2 && days.every((day, at) => day === first + at)
  const zh = isRun ? [first, last] : days
  return {
    zh: zh.map((day) => `周${DAYS_ZH[day - 1]}`).join(isRun ? '至' : '、'),
    en: zh.map((day) => (DAYS_EN[day - 1] ?? '').slice(0, 3)).join(isRun ? '–' : ', '),
  }
}

/** Its hours row by row: the days of the week, holidays, where it is. */
export function hoursRows(sheet: HoursSheet): AnswerRow[] {
  const week = sheet.week.map(({ days, open }) => ({
    name: daysWords(days),
    value: open.length === 0 ? { zh: '不开门', en: 'closed' } : { zh: spansZh(open), en: spansEn(open) },
  }))
  const holidays =
    typeof sheet.holidays === 'string'
      ? { closed: { zh: '不办公', en: 'closed' }, asUsual: { zh: '照常', en: 'as usual' } }[sheet.holidays]
      : { zh: spansZh(sheet.holidays), en: spansEn(sheet.holidays) }
  return [
    ...week,
    { name: { zh: '节假日', en: 'Holidays' }, value: holidays },
    { name: { zh: '地址', en: 'Address' }, value: same(sheet.address) },
    ...(sheet.phone === null ? [] : [{ name: { zh: '电话', en: 'Phone' }, value: same(sheet.phone) }]),
    ...(sheet.note === undefined ? [] : [{ name: { zh: '说明', en: 'Note' }, value: same(sheet.note) }]),
  ]
}
