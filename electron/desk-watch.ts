import type { After } from './timers.ts'

const DESK_GONE_MS = 5_000

/**
 * Notices a desk that died, or hangs, and is not back in time: then nobody would see a call ring. `gone` is told once
 * a death.
 */
export function createDeskWatch(after: After, gone: () => void) {
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
