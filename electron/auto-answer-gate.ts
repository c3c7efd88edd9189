/**
 * After how many seconds a call may be answered by itself: `seconds` (null for never) while the desk is painted and
 * does not hang, never while nobody may see a call ring. Each change is told.
 */
export function createAutoAnswerGate(seconds: number | null, tell: (seconds: number | null) => void) {
  let isPainted = false
  let doesHang = false
  const now = () => (isPainted && !doesHang ? seconds : null)
  let told: number | null = null
  const change = () => {
    if (now() === told) return
    told = now()
    tell(told)
  }
  return {
    /** Says it once more, to a phone that may not know it. */
    say: () => tell(now()),
    /** The desk shows its operator what rings, or no longer: it died, loads anew, or she signed out. */
    painted: (is: boolean) => {
      isPainted = is
      change()
    },
    hangs: (does: boolean) => {
      doesHang = does
      change()
    },
  }
}
