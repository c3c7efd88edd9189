import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { MarkedPiece } from '../../../shared/script/better-wording.ts'
import css from './text-field.module.css'

type Props = {
  readonly pieces: readonly MarkedPiece[]
  /** The field that it lies behind, with the same words in the same places. */
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** The marks of a text, behind it: no input method, no caret and no reader of the screen meets them. */
export function MarkedText({ pieces, field }: Props) {
  const layer = useRef<HTMLDivElement>(null)
  const follow = () => {
    if (layer.current !== null && field.current !== null) layer.current.scrollTop = field.current.scrollTop
  }
  // Whenever it was drawn anew; and whenever the field is scrolled.
  useLayoutEffect(follow)
  useEffect(() => {
    const text = field.current
    text?.addEventListener('scroll', follow, { passive: true })
    return () => text?.removeEventListener('scroll', follow)
  })
  return (
    <div ref={layer} className={css.marks} aria-hidden data-testid="marks">
      {pieces.map(({ place, text, why }) =>
        why === null ? (
          <span key={place}>{text}</span>
        ) : (
          <mark key={place} className={css.mark} data-why={why}>
            {text}
          </mark>
        ),
      )}
      {/* A line that has no words yet takes its height all the same. */}
      <br />
    </div>
  )
}
