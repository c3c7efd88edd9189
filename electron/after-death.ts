const YOUNG_MS = 3_000

/**
 * How a window is opened again: at once, but one that died young only after a while, so that a window which
 * cannot live does not take the machine from the call. Call it when the window is opened.
 */
export function afterDeath(): (open: () => void) => void {
  const openedAt = performance.now()
  return (open) => {
    if (performance.now() - openedAt > YOUNG_MS) open()
    else setTimeout(open, YOUNG_MS)
  }
}
