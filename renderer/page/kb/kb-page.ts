/** What the editors' page and the units' are to each other's parts: where articles are asked for, and what may be done. */
import type { MemberUnit } from '../../../shared/case/case-line.ts'
import type { ArticleParty } from '../../../shared/kb/article-life.ts'

export type KbPage = {
  /** The roads at central begin with it. */
  readonly base: '/kb' | '/unit'
  readonly party: ArticleParty
  /** Whether she only looks. */
  readonly looks: boolean
  /** All units, for who says whose an article is; null for a unit's own page. */
  readonly units: readonly MemberUnit[] | null
  readonly hrefTo: (item?: string) => string
  readonly goTo: (item?: string) => void
}

/** What stands in the place of an id while an article is added; no id has a space. */
export const NEW_ARTICLE = ' new'
export const articlePath = ({ base }: Pick<KbPage, 'base'>, id: string): string =>
  `${base}/articles/${encodeURIComponent(id)}`
