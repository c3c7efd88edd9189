/**
 * After how many seconds a call may be answered by itself: `seconds` (null for never) while the desk is painted and
 * does not hang, never while nobody may see a call ring. Each change is told.
 */
export function createAutoAnswer(seconds: number | null, tell: (seconds: number | null) => void) {
  let isPainted = false
  let doesHang = false
  /** Says it once more, to a phone that may not know it. */
  const say = () => tell(isPainted && !doesHang ? seconds : null)
  return {
    say,
    /** The desk shows its operator what rings, or no longer: it was closed, died, loads anew or she signed out. */
    painted: (is: boolean) => {
      isPainted = is
      say()
    },
    hangs: (does: boolean) => {
      doesHang = does
      say()
    },
  }
}
