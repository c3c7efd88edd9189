import { flushSync } from 'react-dom'
import type { FormField } from '../../shared/case/case-form.ts'

/** The id of the element that stands for a field. */
export function fieldId(field: FormField): string {
  return `field-${field}`
}

export const PARTICULARS_ID = 'particulars'

/** The id of the element that stands for a particular. */
export const particularElement = (id: string): string => `particular-${id}`

/** Brings the cursor to the first particular that is still to be filled in, or else to the first. */
export function focusParticulars(): void {
  const fields = [...(document.getElementById(PARTICULARS_ID)?.querySelectorAll('input') ?? [])]
  const field = fields.find(({ value }) => value === '') ?? fields[0]
  field?.focus()
}

export const SEARCH_ID = 'knowledge-search'

/** Brings the cursor to a field: into its text at the end, or onto the choice that is made. */
export function focusField(field: FormField): void {
  if (field === 'particulars' || field === 'papers') return focusParticulars()
  const element = document.getElementById(fieldId(field === 'articles' ? 'reply' : field))
  const target =
    element?.getAttribute('role') === 'radiogroup'
      ? (element.querySelector<HTMLElement>(':checked') ?? element.querySelector('input'))
      : element
  target?.focus()
  if (target instanceof HTMLTextAreaElement) target.setSelectionRange(target.value.length, target.value.length)
}

/** Brings the cursor to the knowledge search, what stands there chosen. */
export function focusSearch(): void {
  const element = document.getElementById(SEARCH_ID)
  if (!(element instanceof HTMLInputElement)) return
  element.focus()
  element.select()
}

/** After React has drawn what the focus is meant for. */
export function soon(act: () => void): void {
  requestAnimationFrame(act)
}

/** Where a caret goes that stood in a text before it was changed: beside the same words, where they are still there. */
export function caretAfter(before: string, after: string, at: number): number {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head += 1
  if (at <= head) return at
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  return at >= before.length - tail ? at + after.length - before.length : head
}

/** Draws what changes the words of a field that may have the focus: the caret stays beside the same words. */
export function keepCaret(draw: () => void): void {
  const field = document.activeElement
  if (!field || !('selectionStart' in field)) return draw()
  const text = field as HTMLTextAreaElement | HTMLInputElement
  const { value, selectionStart, selectionEnd, scrollTop } = text
  flushSync(draw)
  if (text.value === value || selectionStart === null || selectionEnd === null) return
  text.setSelectionRange(caretAfter(value, text.value, selectionStart), caretAfter(value, text.value, selectionEnd))
  text.scrollTop = scrollTop
}
