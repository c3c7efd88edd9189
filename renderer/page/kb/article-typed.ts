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

/** Of whoever was here nothing stays. */
export function dropAllTyped(): void {
  useTyped.setState({}, true)
}
