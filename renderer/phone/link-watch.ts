/** How often the exchange is asked for a sign of life, in ms, and how long one may take. */
const EVERY_MS = 15_000
const EVERY_IN_CALL_MS = 5_000
const PATIENCE_MS = 5_000
/** How long an answer may take to whoever has a reason to doubt the link, in ms. */
const SHORT_MS = 2_000

/**
 * N9: whether the exchange is still there. A socket that swallows everything is no better than none, and nobody says
 * so: dead is a link on which nothing was heard for five seconds after it was asked for a sign of life.
 */
export type LinkWatch = {
  /** The link stands, and something was just asked by it. */
  start(): void
  /** Anything came from the exchange. */
  heard(): void
  /** There is a reason to doubt the link; resolves with whether it is alive. */
  doubt(): Promise<boolean>
  stop(): void
}

type Asked = { readonly ping: () => void; readonly dead: () => void; readonly inCall: () => boolean }

export function createLinkWatch({ ping, dead, inCall }: Asked): LinkWatch {
  let next: ReturnType<typeof setTimeout> | undefined
  let patience: ReturnType<typeof setTimeout> | undefined
  let doubts: ((alive: boolean) => void)[] = []

  function settle(alive: boolean): void {
    clearTimeout(next)
    clearTimeout(patience)
    patience = undefined
    const told = doubts
    doubts = []
    for (const tell of told) tell(alive)
  }

  function wait(ms: number): void {
    clearTimeout(next)
    clearTimeout(patience)
    patience = setTimeout(() => {
      settle(false)
      dead()
    }, ms)
  }

  function askLater(): void {
    next = setTimeout(
      () => {
        wait(PATIENCE_MS)
        ping()
      },
      inCall() ? EVERY_IN_CALL_MS : EVERY_MS,
    )
  }

  return {
    start: () => wait(PATIENCE_MS),
    heard: () => {
      settle(true)
      askLater()
    },
    doubt: () =>
      new Promise((tell) => {
        doubts.push(tell)
        wait(SHORT_MS)
        ping()
      }),
    stop: () => settle(false),
  }
}
