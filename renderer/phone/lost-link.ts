/** How long a call keeps to its server alone while that cannot be reached, in ms. */
const KEEP_MS = 15_000

/** Whether the link was lost since the line was registered last, and whether a call still keeps to its server (N8). */
export function createLostLink() {
  let lost: { keeps: boolean; readonly timer: ReturnType<typeof setTimeout> } | null = null
  return {
    lose: (): void => {
      if (lost !== null) return
      const gone = {
        keeps: true,
        timer: setTimeout(() => {
          gone.keeps = false
        }, KEEP_MS),
      }
      lost = gone
    },
    keeps: () => lost?.keeps === true,
    /** The line stands again; answers whether it was lost. */
    found: (): boolean => {
      const was = lost !== null
      clearTimeout(lost?.timer)
      lost = null
      return was
    },
  }
}
