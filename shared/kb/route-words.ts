/** A way by bus in one sentence, in Mandarin and English. Rule KR6 (shared/kb/SPEC.md). */
import { isComing } from './bus-network.ts'
import { isOver, type Leg, type Way } from './route-finder.ts'
import { spaced, type AnswerRow, type Said } from './sheet-answer.ts'
import type { LineSheet } from './sheet.ts'

/** A line as English has it: bus 28. */
export const busOf = ({ name }: LineSheet): string => `bus ${name.replace(/ ?路$/, '')}`

const count = (way: Way): Said => {
  const minutes = Math.max(1, Math.round(way.minutes))
  return {
    zh: `约 ${way.stops} 站、${minutes} 分钟`,
    en: `about ${way.stops} ${way.stops === 1 ? 'stop' : 'stops'}, ${minutes} min`,
  }
}

/** 在东华路坐 8 路到汽车总站，换 16 路到江门站，约 14 站、35 分钟 */
function rides(way: Way): Said {
  const isDirect = way.legs.length === 1
  const zh = way.legs.map(({ direction: { line }, from, to }, at) => {
    const walk = at > 0 && way.legs[at - 1]?.to !== from ? `走到${from}` : ''
    const on = at === 0 ? `在${from}坐` : `${walk}换`
    return `${on}${spaced(line.name)}${isDirect ? '直达' : '到'}${to}`
  })
  const en = way.legs.map(({ direction: { line }, from, to }, at) => {
    const walk = at > 0 && way.legs[at - 1]?.to !== from ? `walk to ${from} and ` : ''
    return at === 0
      ? `take ${busOf(line)} at ${from}${isDirect ? ' straight' : ''} to ${to}`
      : `${walk}change to ${busOf(line)} to ${to}`
  })
  const far = count(way)
  return { zh: `${zh.join('，')}，${far.zh}`, en: `${en.join(', ')}, ${far.en}` }
}

/** The buses of a way that do not come now: the last has gone, or the first comes much later. */
const overOf = (way: Way) => way.legs.filter(({ running }) => !isComing(running))

function overWords(legs: readonly Leg[]): Said {
  const gone = legs.filter(({ running }) => running === 'gone').map(({ direction }) => direction)
  return {
    zh: gone.map(({ line, last }) => `${line.name}末班 ${last} 已过，`).join(''),
    en: gone.map(({ line, last }) => `the last ${busOf(line)} (${last}) has gone, `).join(''),
  }
}

/** When those begin that do not come now; the only one is named by its last bus already, if that has gone. */
function firstWords(legs: readonly Leg[]): Said {
  const isNamed = legs.length === 1 && legs[0]?.running === 'gone'
  const all = legs.map(({ direction: { line, first } }) => ({
    name: isNamed ? '' : line.name,
    bus: isNamed ? 'bus' : busOf(line),
    first,
  }))
  return {
    zh: all.map(({ name, first }) => `${name}首班 ${first}`).join('、'),
    en: all.map(({ bus, first }) => `first ${bus} ${first}`).join(', '),
  }
}

/** When the buses of a way stop, or begin. */
function times(legs: readonly Leg[]): Said {
  const one = legs.length === 1
  const parts = legs.map(({ direction: { line, first, last }, running }) => {
    const waits = running === 'notYet'
    return {
      zh: `${one ? '' : line.name}${waits ? `首班 ${first}` : `末班 ${last}`}`,
      en: `${waits ? 'first' : 'last'} ${one ? 'bus' : busOf(line)} ${waits ? first : last}`,
    }
  })
  return { zh: parts.map(({ zh }) => zh).join('、'), en: parts.map(({ en }) => en).join(', ') }
}

const capital = (words: string) => words.replace(/^[a-z]/, (letter) => letter.toUpperCase())

/** What to say of ways: the first; what runs no more before it; what else goes there directly. */
export function sayWays([way, ...others]: readonly [Way, ...Way[]]): Said {
  const ride = rides(way)
  if (isOver(way)) {
    const [over, firsts] = [overWords(overOf(way)), firstWords(overOf(way))]
    return { zh: `${over.zh}${firsts.zh}：${ride.zh}。`, en: `${capital(`${over.en}${firsts.en}`)}: ${ride.en}.` }
  }
  const late = others.find(isOver)
  const over = overWords(late === undefined ? [] : overOf(late))
  const also = others.filter((other) => !isOver(other)).map(({ legs: [leg] }) => leg?.direction.line)
  const lines = also.flatMap((line) => (line === undefined ? [] : [line]))
  const when = times(way.legs)
  return {
    zh: `${over.zh}${late === undefined ? '' : '现在可以'}${ride.zh}，${when.zh}${lines.length === 0 ? '' : `；也可以坐${spaced(lines.map(({ name }) => name).join('、'))}`}。`,
    en: `${capital(`${over.en}${ride.en}`)}; ${when.en}${lines.length === 0 ? '' : `; or ${lines.map(busOf).join(', ')}`}.`,
  }
}

/** The rides of some ways, a row each. */
export function wayRows(ways: readonly Way[]): AnswerRow[] {
  return ways.flatMap(({ legs }) =>
    legs.map(({ direction: { line, first, last }, from, to, stops }) => ({
      name: { zh: line.name, en: capital(busOf(line)) },
      value: {
        zh: `${from} → ${to}，${stops} 站，${first}–${last}，${line.fare}`,
        en: `${from} → ${to}, ${stops} stops, ${first}–${last}`,
      },
    })),
  )
}
