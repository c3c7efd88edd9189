import type { ClipboardEvent } from 'react'
import { create } from 'zustand'

/** A paste that was longer than its field: of how many characters, where, and how many there is room for. */
export type LongPaste = { readonly field: string; readonly chars: number; readonly most: number }

/** An answer of the knowledge base that did not go into the reply: of how many characters, and for how many is room. */
export type LongAnswer = { readonly answer: number; readonly room: number }

/** The last one, until the operator goes on writing. */
export const usePasteNote = create<{ readonly note: LongPaste | LongAnswer | null }>()(() => ({ note: null }))

/** Says that an answer is longer than there is room in the reply. */
export const refuseLongAnswer = (note: LongAnswer): void => usePasteNote.setState({ note })

export function dropPasteNote(): void {
  if (usePasteNote.getState().note !== null) usePasteNote.setState({ note: null })
}

/**
 * Refuses a paste that does not fit whole, and says so: the browser would cut it off without a word. What was copied is
 * still where it was copied from, and what stands in the field stays.
 */
export function refuseLongPaste(
  event: ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>,
  field: string,
  most: number,
): void {
  const { value, selectionStart, selectionEnd } = event.currentTarget
  const chars = event.clipboardData.getData('text').length
  const chosen = (selectionEnd ?? value.length) - (selectionStart ?? value.length)
  if (value.length - chosen + chars <= most) return dropPasteNote()
  event.preventDefault()
  usePasteNote.setState({ note: { field, chars, most } })
}
