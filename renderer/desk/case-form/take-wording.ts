/** The better wording into the reply, by one key (CW7). */
import { betterWordingAt } from '../../../shared/script/better-wording.ts'
import { fieldId } from '../focus.ts'
import { scriptRulesNow } from '../stores/tables-store.ts'

/** Puts it in the place of the listed word at the cursor, as if it were typed. */
export function takeWording(): void {
  const field = document.getElementById(fieldId('reply'))
  if (!(field instanceof HTMLTextAreaElement)) return
  const better = betterWordingAt(scriptRulesNow().forbidden(field.value), field.selectionStart)
  if (better === null) return
  const { from, to, words, gap } = better
  field.focus()
  field.setSelectionRange(from, to)
  edit(words)
  // What she has still to say herself is chosen, so that typing goes there.
  if (gap !== null) field.setSelectionRange(from + gap.from, from + gap.to)
}

/** By the browser's own editing: nothing else leaves Ctrl Z a way back. */
function edit(words: string): void {
  if (words === '') document.execCommand('delete')
  else document.execCommand('insertText', false, words)
}
