/** What is asked of a place's hours, read from what an operator types (rule KO7). */
import { weekdayOf } from '../china-day.ts'
import { foldChinese } from './fold.ts'
import { foldName } from './place-names.ts'
import type { HoursSheet } from './sheet.ts'

export type HoursQuestion<P> = {
  readonly place: P
  /** About now, about a day by its number, about holidays, or where it is. */
  readonly about: 'now' | 'holidays' | 'where' | { readonly day: number }
}

const HOURS =
  /几点|几时|上班|下班|返工|放工|收工|开门|关门|闭馆|营业|办公|开放|开诊|看病|上班时间|开吗|开不开|有没有开|开唔开|有没开|休息|午休/u
/** A day alone asks where little else is said: in a long story it may be about anything. */
const TODAY = /今天|今日|今晚|而家|现在/u
const SHORT = 14

const WHERE = /电话|地址|在哪|哪里|边度|怎么联系/u
const HOLIDAYS = /节假日|放假|假期|公众假/u

const WEEKDAYS = '一二三四五六日'

/** 上周六, 上个星期; not 早上周六. */
const LAST_WEEK = /(?<![早晚网线])上个?(?:星期|礼拜|周)/u
const NEXT_WEEK = /(?<![楼线])下个?(?:星期|礼拜|周)/u

/**
 * The day that is asked for, by its number: 明天, 星期六 (the next one, today among them), 下周六 (that of the week after
 * this one); null for none, or one of last week.
 */
export function dayAsked(folded: string, today: number): number | null {
  if (LAST_WEEK.test(folded)) return null
  if (/大后[天日]/u.test(folded)) return today + 3
  if (/后天|後日/u.test(folded)) return today + 2
  if (/明天|明日|听日|聽日/u.test(folded)) return today + 1
  const nextMonday = NEXT_WEEK.test(folded) ? today + 8 - weekdayOf(today) : null
  if (/周末/u.test(folded)) {
    if (nextMonday !== null) return nextMonday + 5
    return weekdayOf(today) === 7 ? today : today + 6 - weekdayOf(today)
  }
  const said = /(?:星期|礼拜|周)([一二三四五六日天])/u.exec(folded)?.[1]
  if (said === undefined) return null
  const weekday = WEEKDAYS.indexOf(said === '天' ? '日' : said) + 1
  if (nextMonday !== null) return nextMonday + weekday - 1
  return today + ((weekday - weekdayOf(today) + 7) % 7)
}

const DISTRICTS = ['蓬江', '江海', '新会', '台山', '开平', '鹤山', '恩平']

/** Whether a district that was named is the place's: 新会税务局 is not the one of another. */
function isThere(sheet: HoursSheet, key: string): boolean {
  const own = [sheet.place, sheet.address, ...sheet.names].join('')
  return DISTRICTS.every((district) => !key.includes(district) || own.includes(district))
}

type Named<P> = { readonly place: P; readonly length: number }

/** The place that is named: by the longest of its names that stands in the question. */
function placeNamed<P extends { readonly sheet: HoursSheet }>(places: readonly P[], key: string): P | null {
  let best: Named<P> | null = null
  for (const place of places) {
    if (!isThere(place.sheet, key)) continue
    for (const name of [place.sheet.place, ...place.sheet.names].map(foldName)) {
      if (name.length > Math.max(1, best?.length ?? 0) && key.includes(name)) best = { place, length: name.length }
    }
  }
  return best?.place ?? null
}

/** Reads a question; `today` is the day by its number. Null where nothing is asked of hours, or of no known place. */
export function readHoursQuestion<P extends { readonly sheet: HoursSheet }>(
  query: string,
  places: readonly P[],
  today: number,
): HoursQuestion<P> | null {
  const folded = foldChinese(query)
  // Of a day that has been nothing is known.
  if (LAST_WEEK.test(folded)) return null
  const isShort = foldName(query).length <= SHORT
  const hours = HOURS.test(folded) || (isShort && TODAY.test(folded))
  const day = hours || isShort ? dayAsked(folded, today) : null
  const holidays = HOLIDAYS.test(folded)
  if (day === null && !holidays && !hours && !WHERE.test(folded)) return null
  const place = placeNamed(places, foldName(query))
  if (place === null) return null
  if (day !== null) return { place, about: { day } }
  return { place, about: holidays ? 'holidays' : hours ? 'now' : 'where' }
}
