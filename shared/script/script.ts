/**
 * The courtesy script as data: sentences by the moments of a call. It is published in versions; a call's marks name the
 * sentence and the version that it was said from.
 */
import { z } from 'zod'
import { caseKinds } from '../case/case-kind.ts'
import shipped from './data/script.json' with { type: 'json' }

/** The steps of a conversation, in their order. */
export const conversationSteps = ['opening', 'listening', 'searching', 'answering', 'closing'] as const
export type ConversationStep = (typeof conversationSteps)[number]

/** What interrupts a conversation, the most urgent first. */
export const interruptions = [
  'emergency',
  'abuse1',
  'abuse2',
  'abuse3',
  'abuseEnd',
  'holdLong',
  'hold',
  'transfer',
  'backFromHold',
  'silentCall',
  'silence',
  'searchLong',
] as const

export const moments = [
  'idle',
  'ringing',
  'wrapUp',
  'dialling',
  'returnVisit',
  'callBack',
  ...conversationSteps,
  ...interruptions,
] as const
export type Moment = (typeof moments)[number]

/** Whose words are for the operator alone: nothing is spoken then. */
const unspoken: ReadonlySet<Moment> = new Set(['idle', 'ringing', 'wrapUp', 'dialling', 'hold'])
export const isSpoken = (moment: Moment): boolean => !unspoken.has(moment)

/** In which a citizen is spoken to: Mandarin, Cantonese, English. */
export const tongues = ['zh', 'yue', 'en'] as const
export type Tongue = (typeof tongues)[number]

/** Words for the operator, in the languages of the desk. */
export type Bilingual = { readonly zh: string; readonly en: string }

const line = z.string().trim().min(1).max(200)
const bilingualSchema = z.strictObject({ zh: line, en: line })

/** What a sentence may leave open: the citizen as she is called, the article that answers, the number of the case that she waits for. */
export const gaps = ['caller', 'article', 'caseNo'] as const
export type Gap = (typeof gaps)[number]
const GAP = /\{(\w*)\}/gu
export const isGap = (name: string | undefined): name is Gap => gaps.some((gap) => gap === name)

/** The gaps of a sentence, each once. */
export const gapsOf = (words: string): string[] => [...new Set([...words.matchAll(GAP)].map(([, name]) => name ?? ''))]

const saySchema = z.strictObject({ zh: line, yue: line, en: line })

export const sentenceSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  when: z.enum(moments),
  /** Only while the matter is of these kinds; null: whatever it is. */
  kinds: z.array(z.enum(caseKinds)).min(1).nullable().default(null),
  /** The sentence in whose place this one is said, where both are due. */
  insteadOf: z.string().optional(),
  say: saySchema,
  hints: z.array(bilingualSchema).max(6).default([]),
})
export type Sentence = z.infer<typeof sentenceSchema>

/** The moments that come once something lasts for so long, each with its seconds where a script says none. */
export const shippedWaits = { silentCall: 6, silence: 12, searchLong: 30, holdLong: 60 } as const
/** The shortest and the longest of them, in s: below, the words would come in every call; above, nobody is kept waiting. */
export const WAIT_SECONDS = { min: 2, max: 300 } as const

export const waitingMoments = ['silentCall', 'silence', 'searchLong', 'holdLong'] as const
export type WaitingMoment = (typeof waitingMoments)[number]
/** After how many seconds each of them comes. */
export type Waits = { readonly [M in WaitingMoment]: number }
export const isWaitingMoment = (moment: Moment): moment is WaitingMoment => waitingMoments.some((one) => one === moment)

const seconds = z.number().int().min(WAIT_SECONDS.min).max(WAIT_SECONDS.max)

/** The body of a script as it is published; its version is the number under which it is. What it must hold beyond its shape: shared/tables/checks/script.ts. */
export const scriptSchema = z.strictObject({
  names: z.record(z.enum(moments), bilingualSchema),
  sentences: z.array(sentenceSchema).max(500),
  /** Left out where they are those of the product: a desk that does not know of them reads such a script all the same. */
  waits: z.strictObject({ silentCall: seconds, silence: seconds, searchLong: seconds, holdLong: seconds }).optional(),
})
export type ScriptBody = z.infer<typeof scriptSchema>
export type Script = ScriptBody & { readonly version: number }

/** After how many seconds the waiting moments of a script come. */
export const waitsOf = ({ waits }: Pick<ScriptBody, 'waits'>): Waits => waits ?? shippedWaits

/** The script with another wait, in s; without any where all are the product's again. */
export function withWait(body: ScriptBody, moment: WaitingMoment, wait: number): ScriptBody {
  const { waits: _, ...rest } = body
  const waits = { ...waitsOf(body), [moment]: wait }
  return waitingMoments.every((one) => waits[one] === shippedWaits[one]) ? rest : { ...rest, waits }
}

/** The script that comes with the product: version 0. */
export const shippedScript: ScriptBody = scriptSchema.parse(shipped)

export type Filling = Readonly<Partial<Record<Gap, string>>>

/** A sentence with its gaps filled; null where one is left open. A citizen without a name is spoken to politely all the same. */
export function fillSentence(words: string, filling: Filling, tongue: Tongue): string | null {
  let open = false
  const filled = words.replace(GAP, (whole, name: string) => {
    const value = isGap(name) ? filling[name] : undefined
    if (value !== undefined && value !== '') return value
    if (name !== 'caller') open = true
    return whole
  })
  if (open) return null
  if (!filled.includes('{caller}')) return filled
  if (tongue === 'en') {
    return filled
      .replace(/^\{caller\}, (\p{L})/u, (_whole, first: string) => first.toUpperCase())
      .replaceAll('{caller}', 'you')
  }
  return filled.replaceAll('{caller}，', '您好，').replaceAll('{caller}', '您')
}
