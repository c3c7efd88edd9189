import { markTerms } from '../../../shared/kb/grams.ts'

/** Words with what was found in them marked. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly string[] }) {
  let at = 0
  return markTerms(text, marks).map((piece) => {
    at += piece.text.length
    return piece.hit ? <mark key={at}>{piece.text}</mark> : piece.text
  })
}
