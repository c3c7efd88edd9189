const DESK_GONE_MS = 5_000

/**
 * Notices a desk that died and is not back in time: then nobody would see a call ring. `after` runs an act in so
 * many ms and answers how to forget it; `gone` is told once a death.
 */
export function createDeskWatch(after: (ms: number, act: () => void) => () => void, gone: () => void) {
  let forget: (() => void) | null = null
  const back = () => {
    forget?.()
    forget = null
  }
  return {
    // One that dies again on its way back was never there: it is five seconds from the first death.
    died: () => {
      forget ??= after(DESK_GONE_MS, gone)
    },
    back,
  }
}
