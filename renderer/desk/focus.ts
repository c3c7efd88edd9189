import type { FormField } from '../../shared/case/case-form.ts'

/** The id of the element that stands for a field. */
export function fieldId(field: FormField): string {
  return `field-${field}`
}

export const SEARCH_ID = 'knowledge-search'

/** Brings the cursor to a field: into its text at the end, or onto the choice that is made. */
export function focusField(field: FormField): void {
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
