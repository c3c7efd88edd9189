import { useEffect, useRef, type FocusEvent, type KeyboardEvent } from 'react'
import { isComposing } from '../../ui/composing.ts'
import { focusField } from '../focus.ts'
import { closeSync, enterSync, openSync, usePanels } from '../stores/panel-store.ts'

/** Leads the focus into the sync details when a key opens them, and back to where it was when a key closes them. */
export function useDetailsFocus() {
  const state = usePanels(({ sync }) => sync)
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<HTMLElement | null>(null)
  const inside = useRef(false)

  useEffect(() => {
    if (state === 'entered' && !inside.current) box.current?.focus({ preventScroll: true })
    if (state !== 'closed' || !inside.current) return
    inside.current = false
    // What closed them may have led the focus on already: only a focus that was lost is led back.
    if (document.activeElement !== document.body) return
    if (before.current?.isConnected) before.current.focus()
    else focusField('content')
  }, [state])

  return {
    ref: box,
    onFocus: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget) && relatedTarget instanceof HTMLElement) before.current = relatedTarget
      inside.current = true
      enterSync()
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      // Without a new place the focus is only on the way: a key that was pressed is gone, or the window rests.
      if (relatedTarget === null || currentTarget.contains(relatedTarget)) return
      inside.current = false
      openSync()
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return
      event.preventDefault()
      closeSync()
    },
  }
}
