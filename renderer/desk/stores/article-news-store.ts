/**
 * What became of the articles in use during the work: those that the reply quotes, and the one that is open beside it
 * (rules KU in shared/kb/SPEC.md). It is told in words; the reply and the list change by the operator's key alone.
 */
import { create } from 'zustand'
import { REPLY_MOST, type CaseForm } from '../../../shared/case/case-form.ts'
import type { ArticleNews, UsedArticle } from '../../../shared/kb/article-news.ts'
import { takeArticle } from '../../../shared/kb/take-words.ts'
import { invoke } from '../../ui/bridge.ts'
import { keepCaret, SEARCH_ID } from '../focus.ts'
import { takeVersion, useKnowledge } from '../knowledge/knowledge-store.ts'
import { rememberArticle } from './cited-articles.ts'
import { edit, formOf, useDraft } from './draft-store.ts'
import { isKept, rememberKept } from './kept-articles.ts'

/** Where an article is in use. */
export type Place = 'reply' | 'panel'

type NewsStore = {
  readonly news: readonly ArticleNews[]
  /** The change whose lines are shown, and where. */
  readonly shown: { readonly place: Place; readonly id: string } | null
  /** The new words did not go into the reply, for there is no room. */
  readonly full: boolean
  /** So often something was kept by her: what is told is looked at anew. */
  readonly kept: number
}

const none: NewsStore = { news: [], shown: null, full: false, kept: 0 }

export const useArticleNews = create<NewsStore>()(() => none)

type Found = Pick<ReturnType<typeof useKnowledge.getState>, 'answer' | 'chosen'>

/** What is open in the list: an article, or those from whose tables the answer before the first comes. */
function openIn({ answer, chosen }: Found): UsedArticle[] {
  const hit = answer?.hits[chosen]
  const open = chosen < 0 ? (answer?.sheet?.sources ?? []) : hit === undefined ? [] : [hit]
  return open.map(({ id, version }) => ({ id, version }))
}

const quoted = (): readonly UsedArticle[] => formOf(useDraft.getState()).articles

const usedNow = (): UsedArticle[] => [...quoted(), ...openIn(useKnowledge.getState())]

let turn = 0

/** Asks the store anew; only the newest answer counts. */
export async function loadNews(): Promise<void> {
  const mine = (turn += 1)
  const used = usedNow()
  if (used.length === 0) return useArticleNews.setState({ news: [], shown: null, full: false })
  const answer = await invoke('kb.news', { used })
  if (mine !== turn || !answer.ok) return
  useArticleNews.setState(({ shown }) => ({
    news: answer.value,
    // What she is looking at goes only with its change.
    shown: shown !== null && answer.value.some(({ id }) => id === shown.id) ? shown : null,
  }))
}

const newsOf = ({ id, version }: UsedArticle): ArticleNews | null =>
  useArticleNews.getState().news.find((one) => one.id === id && one.version === version) ?? null

/** What of an article that the reply quotes is still to be looked at. */
export function replyNews(): ArticleNews[] {
  const caseId = useDraft.getState().open?.caseId
  if (caseId === undefined) return []
  return quoted().flatMap((used) => {
    const news = newsOf(used)
    return news === null || news.kind === 'expired' || isKept(caseId, news) ? [] : [news]
  })
}

/** What became of what is open beside the form; an article that only expired says so itself. */
export function panelNews(): ArticleNews | null {
  const open = openIn(useKnowledge.getState()).flatMap((used) => newsOf(used) ?? [])
  return open.find(({ kind }) => kind !== 'expired') ?? null
}

/** The place that the keys are about: the list while the cursor is there, else the reply. */
function pointed(): { readonly place: Place; readonly news: ArticleNews } | null {
  const [reply] = replyNews()
  const panel = panelNews()
  const inPanel = document.activeElement?.id === SEARCH_ID
  if (panel !== null && (inPanel || reply === undefined)) return { place: 'panel', news: panel }
  return reply === undefined ? null : { place: 'reply', news: reply }
}

function newsAt(place: Place): ReturnType<typeof pointed> {
  const news = place === 'panel' ? panelNews() : replyNews()[0]
  return news ? { place, news } : null
}

/** Shows line by line what changed, at the place that the keys are about unless one is named, or takes that away. */
export function toggleChange(place?: Place): void {
  const { shown } = useArticleNews.getState()
  const about = shown === null ? (place === undefined ? pointed() : newsAt(place)) : null
  useArticleNews.setState({ shown: about && { place: about.place, id: about.news.id }, full: false })
}

/** The change whose lines are shown. */
export function shownChange(): { readonly place: Place; readonly news: ArticleNews } | null {
  const { shown } = useArticleNews.getState()
  if (shown === null) return null
  const news = shown.place === 'panel' ? panelNews() : replyNews().find(({ id }) => id === shown.id)
  return news && news.id === shown.id ? { place: shown.place, news } : null
}

function withNewWords(form: CaseForm, { id, before, now }: ArticleNews): CaseForm {
  // Withdrawn: her words stay, and rest on it no more.
  if (now === null) return { ...form, articles: form.articles.filter((article) => article.id !== id) }
  const articles = form.articles.map((article) => (article.id === id ? { id, version: now.version } : article))
  return { ...form, reply: takeArticle(form.reply, before, now), articles }
}

function takeIntoReply(news: ArticleNews): boolean {
  const next = withNewWords(formOf(useDraft.getState()), news)
  if (next.reply.length > REPLY_MOST) return false
  if (news.now !== null) rememberArticle(news.now)
  keepCaret(() => edit(next))
  return true
}

/** Settles the change that is shown: takes the new words, or leaves all as it is. False where none is shown. */
export function settleChange(take: boolean): boolean {
  const about = shownChange()
  if (about === null) return false
  const { place, news } = about
  const caseId = useDraft.getState().open?.caseId
  if (place === 'reply' && take && !takeIntoReply(news)) useArticleNews.setState({ full: true })
  else {
    if (place === 'reply' && !take && caseId !== undefined) rememberKept(caseId, news)
    if (place === 'panel' && take && news.now !== null) takeVersion(news.now)
    useArticleNews.setState(({ kept }) => ({ shown: null, full: false, kept: kept + 1 }))
  }
  return true
}

/** Follows which articles are in use; answers how to stop. */
export function followArticles(): () => void {
  const stops = [
    useDraft.subscribe((now, before) => {
      const other = now.open?.caseId !== before.open?.caseId
      if (other) useArticleNews.setState({ shown: null, full: false })
      if (other || formOf(now).articles !== formOf(before).articles) void loadNews()
    }),
    useKnowledge.subscribe((now, before) => {
      if (JSON.stringify(openIn(now)) !== JSON.stringify(openIn(before))) void loadNews()
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

export function clearNews(): void {
  turn += 1
  useArticleNews.setState(none, true)
}
