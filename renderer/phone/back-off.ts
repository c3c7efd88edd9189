const FIRST_MS = 500
const LAST_MS = 15_000

/** Waits longer after each failure, with jitter, so that two hundred desks do not come back in one instant. */
export type BackOff = { schedule(run: () => void): void; stop(): void }

export function createBackOff(): BackOff {
  let delay = FIRST_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    schedule: (run) => {
      clearTimeout(timer)
      timer = setTimeout(run, delay * (0.5 + Math.random()))
      delay = Math.min(delay * 2, LAST_MS)
    },
    stop: () => {
      clearTimeout(timer)
      delay = FIRST_MS
    },
  }
}
