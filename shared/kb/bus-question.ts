/** What is asked of the buses, read from what an operator types (rule KR7): from where to where, or about one line. */
import { foldChinese } from './fold.ts'
import { foldName, type Meant, type PlaceFinder } from './place-names.ts'
import type { InitialsOf } from './initials.ts'

export type BusQuestion =
  | { readonly kind: 'route'; readonly from: Meant; readonly to: Meant }
  | { readonly kind: 'stop'; readonly to: Meant }
  | null

/** What only asks, of Mandarin and Cantonese, the longest first. Its words are in no stop's name (a test holds that). */
const ASKING = [
  ...['请问一下', '请问下', '请问', '想问一下', '想问下', '想问', '麻烦问下', '麻烦', '你好', '您好', '唔该', '咨询'],
  ...[
    '应该怎么坐车',
    '怎么坐公交车',
    '怎么坐公交',
    '怎么坐车',
    '怎么搭车',
    '怎么乘车',
    '怎么换乘',
    '怎么转车',
    '怎么坐',
    '怎么搭',
  ],
  ...[
    '怎么走',
    '怎么去',
    '怎样坐车',
    '怎样去',
    '怎样走',
    '如何坐车',
    '如何去',
    '如何走',
    '如何乘车',
    '点样去',
    '点样搭车',
    '点去',
    '点搭车',
    '点搭',
  ],
  ...[
    '要坐几路车',
    '坐几路公交车',
    '坐几路公交',
    '坐几路车',
    '坐几路',
    '搭几路车',
    '搭几路',
    '乘几路车',
    '几路公交',
    '几路车',
    '几路',
    '几号车',
  ],
  ...[
    '坐哪路车',
    '坐哪路',
    '搭边路车',
    '搭边架车',
    '坐边架车',
    '边路车',
    '哪路公交',
    '哪路车',
    '哪路',
    '哪趟车',
    '坐什么公交',
    '坐什么车',
    '搭什么车',
  ],
  ...[
    '坐咩车',
    '搭咩车',
    '搭咩巴士',
    '什么车',
    '咩车',
    '有哪些公交',
    '有什么公交',
    '有没有公交',
    '有没巴士',
    '有没有直达',
    '直达',
    '公交线路',
    '公交路线',
  ],
  ...[
    '做公交',
    '做几路车',
    'which bus',
    'by bus',
    'bus',
    '坐公交车',
    '坐公交',
    '搭公交',
    '乘公交',
    '搭巴士',
    '坐巴士',
    '公交车',
    '公交',
    '巴士',
    '路线',
    '换乘',
    '转车',
    '坐车',
    '搭车',
    '乘车',
  ],
].toSorted((a, b) => b.length - a.length)
export const asking = new RegExp(ASKING.join('|'), 'gu')

/** What parts one place from the other. */
export const BETWEEN = /\b(?:from|to)\b|[\s,，。；;、?？!！~～>→＞—–-]+|到|去|往|至/u
/** What stands about a place that is not its name. */
const BEFORE = /^(?:市民|我|想|要|而家|现在|在|喺|站在)+/u
const BEHIND = /(?:这里|那里|呢度|嗰度|附近|旁边|有没|门口|上车|出发|过|想|要|的|嘅|坐|搭|乘|吗|呢|啊|呀|有|车)+$/u

/** A part without what stands about the name in it. */
export const bare = (part: string) => part.replace(BEFORE, '').replace(BEHIND, '')

/** 去江门站从白沙大道: what comes first is where to. */
const isTurned = (core: string) => /^[\s]*(?:到|去|往)/u.test(core) && /(?:从|由)/u.test(core)

/**
 * Reads a question. Where nothing asks for a bus two names of stops have to stand there by themselves, and well
 * written; else what is no place is left out.
 */
export function readBusQuestion(query: string, find: PlaceFinder, initialsOf: InitialsOf | null): BusQuestion {
  const folded = foldChinese(query)
  const core = folded.replace(asking, ' ')
  const asks = core !== folded
  const parts = core
    .replace(/从|由/gu, ' ')
    .split(BETWEEN)
    .map(bare)
    .filter((part) => foldName(part) !== '')
  const meant = parts.map((part) => find(part, asks ? initialsOf : null))
  const places = meant.flatMap((place) => (place === null || (!asks && place.how === 'nearly') ? [] : [place]))
  if (!asks && places.length !== parts.length) return null
  const [first, second] = places
  if (first === undefined || places.length > 2) return null
  if (second !== undefined) {
    const turned = isTurned(core)
    return { kind: 'route', from: turned ? second : first, to: turned ? first : second }
  }
  const goes = /^\s*(?:去|到)/u.test(core) && first.how === 'same'
  return (asks || goes) && parts.length <= 2 ? { kind: 'stop', to: first } : null
}

/** What is asked of a line by its name. */
const OF_LINE =
  /末班|尾班|首班|头班|首末|几点|几时|收车|收工|多久|间隔|票价|车费|多少钱|几多钱|站点|哪些站|咩站|经过|途经|多少站|几多站|几站|停靠/u

/** Whether a query asks when a line runs, how often, where and for how much. */
export const asksOfLine = (query: string): boolean => OF_LINE.test(foldChinese(query))
