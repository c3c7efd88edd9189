/** What of an article is searched, and as which tokens it stands in the index (rules KS1, KS8). */
import type { Article } from '../sync/protocol.ts'
import { foldChinese } from './fold.ts'
import { indexText } from './grams.ts'
import { soundPairs } from './sounds.ts'

/** Nothing beyond is searched, in characters of the body: what is on the wire is never longer. */
export const BODY_CHARS = 20_000

/** What is ranked: how the article is called, by which other names, and how citizens ask for it. */
export const headOf = ({ title, words, questions }: Pick<Article, 'title' | 'words' | 'questions'>) =>
  [title, ...(words ?? []), ...questions].join('\n')

/** A private character before whose name or place it is: no text of an article has such a token. */
const MARK = '\ue000'

const asToken = (text: string) => foldChinese(text).replace(/[^\p{L}\p{N}]/gu, '')

export const unitToken = (unit: string) => `${MARK}u${asToken(unit)}`
/** Null is the whole city. */
export const districtToken = (district: string | null) => `${MARK}d${asToken(district ?? '')}`

export type ArticleTokens = {
  /** Of title and other names, and whose it is and where it holds. */
  readonly names: string
  readonly questions: string
  /** Of all of it. */
  readonly body: string
  /** How title, names and questions sound. */
  readonly sounds: string
}

/** The tokens of an article for the index. */
export function articleTokens(article: Article): ArticleTokens {
  const tokensOf = (texts: readonly string[]) => indexText(foldChinese(texts.join('\n')))
  const scope = `${unitToken(article.unit)} ${districtToken(article.district)}`
  const names = `${scope} ${tokensOf([article.title, ...(article.words ?? [])])}`
  const questions = tokensOf(article.questions)
  // As often as they stand: this table keeps only whether a token is there, and telling them apart costs more.
  const below = tokensOf([article.body.slice(0, BODY_CHARS), article.unit])
  const sounds = soundPairs(foldChinese(headOf(article))).join(' ')
  return { names, questions, body: `${names} ${questions} ${below}`, sounds }
}
