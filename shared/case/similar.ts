/** Open cases that are like the one being written: near the same place, of the same class or in the same rare words (rules K9). */
import { z } from 'zod'
import { indexTokens } from '../kb/grams.ts'
import { caseLineSchema } from './case-line.ts'
import { owedStates, type CaseState } from './case-step.ts'

/** How far back is looked, in ms; how many are answered, and how many the form says. */
export const SIMILAR_MS = 14 * 86_400_000
export const MOST_SIMILAR = 10
export const SHOWN_SIMILAR = 3
/** So much of the content is looked at, in characters. */
export const SIMILAR_CHARS = 2000
/** And of each candidate: what a matter is stands in its first words. */
export const CANDIDATE_CHARS = 300

/** In these a case is open: something is still done about it. */
export const similarStates: readonly CaseState[] = ['accepted', ...owedStates]

/** What is written so far; `caseId` is its own, which is never like itself. */
export const similarQuerySchema = z.strictObject({
  caseId: z.uuid().toLowerCase(),
  code: z.string().max(20).nullable(),
  district: z.string().max(200).nullable(),
  address: z.string().max(200),
  text: z.string().max(SIMILAR_CHARS),
})
export type SimilarQuery = z.infer<typeof similarQuerySchema>

export const similarCaseSchema = caseLineSchema.extend({ score: z.number().int() })
export type SimilarCase = z.infer<typeof similarCaseSchema>
export const similarListSchema = z.object({ cases: z.array(similarCaseSchema) })

/** An open case that may be like it. */
export type Candidate = {
  readonly caseId: string
  readonly code: string | null
  readonly district: string | null
  readonly address: string
  readonly text: string
  readonly isEvent: boolean
  readonly openedAt: number
}
export type Ranked = { readonly caseId: string; readonly score: number }

/** The parts of the score, a hundred together, and what it must reach (K9.2). */
const OF_CLASS = 30
const OF_DISTRICT = 10
const OF_ADDRESS = 30
const OF_WORDS = 30
const LEAST = 45
/** So much of the address makes it the same place: that both are called some 小区 does not. */
const LEAST_ADDRESS = 0.25

const HAN = /^\p{Script=Han}$/u
const isHan = (token: string) => token.length <= 2 && HAN.test(token)
/** Pairs of characters and whole runs; a single character stands in nearly every text. */
const tokensOf = (text: string): ReadonlySet<string> => new Set(indexTokens(text).filter((token) => !isHan(token)))

/** How rare a token is among these texts: what nearly all have says little. */
function rarity(texts: readonly ReadonlySet<string>[]): (token: string) => number {
  const having = new Map<string, number>()
  for (const tokens of texts) for (const token of tokens) having.set(token, (having.get(token) ?? 0) + 1)
  return (token) => Math.log(1 + (texts.length + 1) / ((having.get(token) ?? 0) + 1))
}

type Tokens = ReadonlySet<string>
type Weigh = (token: string) => number

function weightOf(tokens: Tokens, weigh: Weigh): number {
  let all = 0
  for (const token of tokens) all += weigh(token)
  return all
}

/** How much of what is asked for is there, as a share of `of`, by weight; 0 where nothing is asked for. */
function share(asked: Tokens, there: Tokens, of: number, weigh: Weigh): number {
  if (of === 0) return 0
  return Math.min(1, weightOf(new Set([...asked].filter((token) => there.has(token))), weigh) / of)
}

/**
 * Which of these are like what is written, the likest first, events before all: at most MOST_SIMILAR. The score is
 * 30 for the same class, 10 for the same district, 30 by the share of the address that stands there, and 30 by what
 * both contents have, as a share of the shorter one; each pair of characters is weighed by how rare it is among the candidates.
 */
export function rankSimilar(query: SimilarQuery, candidates: readonly Candidate[]): Ranked[] {
  const [address, words] = [tokensOf(query.address), tokensOf(query.text)]
  const all = candidates.map((one) => {
    const text = tokensOf(one.text.slice(0, CANDIDATE_CHARS))
    // What it says of the place is no word of its matter.
    const said = new Set([...text].filter((token) => !address.has(token)))
    return { one, tokens: new Set([...text, ...tokensOf(one.address)]), said }
  })
  const weigh = rarity(all.map(({ tokens }) => tokens))
  const [ofAddress, ofWords] = [weightOf(address, weigh), weightOf(words, weigh)]
  return all
    .flatMap(({ one, tokens, said }) => {
      const sameClass = query.code !== null && one.code === query.code
      const sameDistrict = query.district !== null && one.district === query.district
      const byAddress = share(address, tokens, ofAddress, weigh)
      const byWords = share(words, tokens, Math.min(ofWords, weightOf(said, weigh)), weigh)
      if (one.caseId === query.caseId || !isNear(query, one, byAddress) || (!sameClass && byWords === 0)) return []
      const score =
        (sameClass ? OF_CLASS : 0) + (sameDistrict ? OF_DISTRICT : 0) + OF_ADDRESS * byAddress + OF_WORDS * byWords
      return score < LEAST ? [] : [{ ...one, score: Math.round(score) }]
    })
    .toSorted((a, b) => Number(b.isEvent) - Number(a.isEvent) || b.score - a.score || b.openedAt - a.openedAt)
    .slice(0, MOST_SIMILAR)
    .map(({ caseId, score }) => ({ caseId, score }))
}

/**
 * Near is the same district, and where both say an address, something of it; or the same address where one does not say
 * the district. An event is about a whole neighbourhood.
 */
function isNear({ district, address }: SimilarQuery, one: Candidate, byAddress: number): boolean {
  if (district !== null && one.district !== null && district !== one.district) return false
  if (byAddress >= LEAST_ADDRESS) return true
  return district !== null && one.district === district && (one.isEvent || address === '' || one.address === '')
}

/** Whether there is enough to look for: a place, and what it is about. */
export function canLookFor({ code, district, address, text }: SimilarQuery): boolean {
  return (district !== null || address.trim().length > 1) && (code !== null || text.trim().length > 3)
}
