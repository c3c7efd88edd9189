import { useState } from 'react'

/**
 * A value that changes by itself, as it stood when the cursor came: nothing is taken from under the hand. `hold` goes
 * onto the element that has the cursor.
 */
export function useSteady<T>(value: T): {
  readonly shown: T
  readonly hold: { readonly onFocus: () => void; readonly onBlur: () => void }
} {
  const [held, setHeld] = useState<{ readonly value: T } | null>(null)
  return {
    shown: held === null ? value : held.value,
    hold: { onFocus: () => setHeld((before) => before ?? { value }), onBlur: () => setHeld(null) },
  }
}
