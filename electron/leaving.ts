/** What Electron hands to whoever may still stop a window or the app from going. */
type Stoppable = { preventDefault(): void }

/** Why the app must not go now: a call is up, or what was typed would be lost. */
export type ReasonToStay = 'call' | 'unsaved'

type Leaving = {
  readonly why: () => ReasonToStay | null
  /** Says on the desk why it stays. */
  readonly tell: (why: ReasonToStay) => void
  /** Ends the phone's call and its line; resolves when the exchange knows, or when that takes too long. */
  readonly handOver: () => Promise<unknown>
  readonly quit: () => void
}

/**
 * How the app goes.
 *
 * Q1  Nothing closes the desk in a call, however it was asked for (window, menu, dock, a signal): it stays, and says
 *     why. Of a signal the first is held; what a second one does is the system's matter.
 * Q2  The end of the session holds no call: the system would cut it off, so it is hung up first.
 * Q3  Before the app goes the phone takes leave of the exchange; whoever asks again meanwhile does not cut that short.
 * Q4  A desk that is closed takes the app with it: a call that comes just then has nobody to see it.
 */
export function createLeaving({ why, tell, handOver, quit }: Leaving) {
  /** Whether the app goes, whatever comes yet. */
  let bound = false
  let leave: 'notTaken' | 'onTheWay' | 'taken' = 'notTaken'

  function isHeld(event: Stoppable): boolean {
    const reason = bound ? null : why()
    if (reason === null) return false
    event.preventDefault()
    tell(reason)
    return true
  }
  const goAll = () => {
    bound = true
    quit()
  }

  return {
    /** The desk's window is asked to close. */
    closing: (event: Stoppable) => void isHeld(event),
    /** The desk's window is closed. */
    closed: goAll,
    /** The machine goes down, or its user logs off. */
    sessionEnds: (event: Stoppable) => {
      // The system waits for us as long as it allows anybody.
      event.preventDefault()
      goAll()
    },
    /** The app is asked to quit. */
    quitting: (event: Stoppable) => {
      if (leave === 'taken' || isHeld(event)) return
      event.preventDefault()
      if (leave === 'onTheWay') return
      bound = true
      leave = 'onTheWay'
      void handOver().then(() => {
        leave = 'taken'
        quit()
      })
    },
  }
}
