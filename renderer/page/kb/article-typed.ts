/** Articles as they are being written: what is typed stands until it is saved or dropped, wherever one looks meanwhile. */
import { create } from 'zustand'
import type { ArticleFields } from '../../../shared/kb/article-life-fields.ts'

/** What is written of an article, and whose it is (a unit's id; null: the centre's own). */
export type Written = { readonly fields: ArticleFields; readonly owner: string | null }
/** `edition` is what it is written upon. */
export type Typed = Written & { readonly edition: number }

export const emptyFields: ArticleFields = {
  ...{ family: '', title: '', body: '', source: '', unit: '', validUntil: '', district: null, questions: [] },
}

export const useTyped = create<Readonly<Record<string, Typed>>>(() => ({}))
window.addEventListener('beforeunload', (event) => {
  if (Object.keys(useTyped.getState()).length > 0) event.preventDefault()
})

export function keepTyped(id: string, typed: Typed): void {
  useTyped.setState({ [id]: typed })
}

export function dropTyped(id: string): void {
  const { [id]: _, ...rest } = useTyped.getState()
  useTyped.setState(rest, true)
}

/** What was typed of an article as it is sent: the object that {@link settleTyped} compares with. */
export const typedNow = (id: string): Typed | undefined => useTyped.getState()[id]

/**
 * What was sent is saved, as `edition` of the article `as`: it stands here no more. Words that were typed meanwhile
 * stay, upon that edition.
 */
export function settleTyped(id: string, sent: Typed | undefined, edition: number, as = id): void {
  const typed = typedNow(id)
  dropTyped(id)
  if (typed !== undefined && typed !== sent) keepTyped(as, { ...typed, edition })
}

/** Of whoever was here nothing stays. */
export function dropAllTyped(): void {
  useTyped.setState({}, true)
}
