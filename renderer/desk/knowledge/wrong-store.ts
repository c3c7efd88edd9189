/** What the operator says of an article that is wrong: kept by the store as she types, told to the editors by one key. */
import { flushSync } from 'react-dom'
import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import type { UsedArticle } from '../../../shared/kb/article-news.ts'
import { invoke } from '../../ui/bridge.ts'
import { focusSearch } from '../focus.ts'
import { currentCall, useCall } from '../stores/call-store.ts'
import { createDraftSaver, type DraftSign } from '../stores/draft-saver.ts'
import { owedWords, useDraft } from '../stores/draft-store.ts'
import { isTouched } from '../stores/open-draft.ts'
import { ownStaffNo } from '../stores/session-store.ts'
import { useKnowledge } from './knowledge-store.ts'

type WrongStore = {
  /** The version that she had before her when she began. */
  readonly article: UsedArticle | null
  readonly words: string
  readonly sign: DraftSign | null
  readonly sending: boolean
  readonly failure: Failure | null
  /** Of which article it was said last that it is wrong. */
  readonly said: string | null
}

const blank: WrongStore = { article: null, words: '', sign: null, sending: false, failure: null, said: null }

export const useWrong = create<WrongStore>()(() => blank)

export const WRONG_ID = 'knowledge-wrong'

type Kept = { readonly articleId: string; readonly words: string; readonly author: string }

const owedName = (articleId: string) => `wrong ${articleId}`

export const wrongSaver = createDraftSaver<Kept>({
  nameOf: ({ articleId }) => articleId,
  save: (kept) => invoke('kb.keepWrong', kept),
  show: (articleId, sign) => {
    owedWords.note(owedName(articleId), sign.state)
    if (useWrong.getState().article?.id === articleId) useWrong.setState({ sign })
  },
  after: (ms, act) => {
    const timer = window.setTimeout(act, ms)
    return () => window.clearTimeout(timer)
  },
})

async function open(article: UsedArticle): Promise<void> {
  const own = wrongSaver.pending(article.id)
  const pending = own?.author === ownStaffNo() ? own.words : null
  // Drawn at once: her next key is for it, not for the search.
  flushSync(() => useWrong.setState({ ...blank, article, words: pending ?? '' }))
  document.getElementById(WRONG_ID)?.focus()
  if (pending !== null) return
  const kept = await invoke('kb.wrongWords', { articleId: article.id })
  const now = useWrong.getState()
  // What she typed meanwhile stands; words from before are none the less hers, and come before it.
  if (!kept.ok || kept.value === null || now.article?.id !== article.id || kept.value === now.words) return
  editWrong(`${kept.value}${now.words}`)
}

/** Puts the field away; the words stay with the article. */
export function closeWrong(): void {
  wrongSaver.flush()
  useWrong.setState({ ...blank })
  focusSearch()
}

/** By key: the field for the article that is open in the list (of an answer from tables its first), or back to the search; without one to the search. */
export function toggleWrong(): void {
  const { answer, chosen } = useKnowledge.getState()
  const hit = chosen < 0 ? answer?.sheet?.sources[0] : answer?.hits[chosen]
  if (useWrong.getState().article !== null) closeWrong()
  else if (hit === undefined) focusSearch()
  else void open({ id: hit.id, version: hit.version })
}

export function editWrong(words: string): void {
  const { article, sending } = useWrong.getState()
  if (article === null || sending) return
  useWrong.setState({ words, failure: null, said: null })
  wrongSaver.change({ articleId: article.id, words, author: ownStaffNo() })
}

/** In which call and case she found it; a case of which nothing is written yet is none. */
function whereNow(): { callId: string | null; caseId: string | null } {
  const { open: draft } = useDraft.getState()
  const callId = draft?.callId ?? currentCall(useCall.getState().snapshot)?.caller.callId ?? null
  const isCase = draft !== null && (draft.caseNo !== null || isTouched(draft))
  return { callId, caseId: isCase ? draft.caseId : null }
}

/** Tells the editors; it is said to be noted after the commit, and until then every word stays. */
export async function sendWrong(): Promise<void> {
  const { article, words, sending } = useWrong.getState()
  if (article === null || sending) return
  if (words.trim() === '') return useWrong.setState({ failure: { code: 'invalidInput', detail: 'empty' } })
  useWrong.setState({ sending: true, failure: null })
  // Nothing that was typed before it comes to the store after it.
  await wrongSaver.forget(article.id)
  owedWords.drop(owedName(article.id))
  const { id: articleId, version } = article
  const answer = await invoke('kb.wrong', { articleId, version, words: words.trim(), ...whereNow() })
  const shown = useWrong.getState().article === article
  if (answer.ok) {
    if (!shown) return
    useWrong.setState({ ...blank, said: articleId })
    return focusSearch()
  }
  wrongSaver.change({ articleId, words, author: ownStaffNo() })
  if (shown) useWrong.setState({ sending: false, failure: answer.error })
}

/** Somebody else sits here. */
export function clearWrong(): void {
  wrongSaver.flush()
  useWrong.setState(blank)
}
