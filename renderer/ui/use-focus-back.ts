import { useEffect, useRef, type RefObject } from 'react'

/** Gives a panel the focus, and brings it back to where it was when a panel goes that still has it. */
export function useFocusBack<T extends HTMLElement>(): RefObject<T | null> {
  const own = useRef<T>(null)
  useEffect(() => {
    const before = document.activeElement
    own.current?.focus()
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
    }
  }, [])
  return own
}
