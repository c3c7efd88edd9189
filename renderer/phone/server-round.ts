/** N8: which of the exchange's servers is tried next. */
export type ServerRound = {
  /** The one that is tried, or stands. */
  current(): string
  /**
   * It could not be reached, or does not take the line now. Answers whether another one is to be tried at once; after
   * all of them the round is over, and the next one begins where the line stood last.
   */
  failed(): boolean
  /** It took the line: the first choice from now on. */
  stood(): void
  /** The round begins anew with the first choice. */
  begin(): void
  /** The first of the list. */
  first(): string
  /** Whether the line stands, or is tried, at another one than the first. */
  isAway(): boolean
  /** The first of the list is the first choice again (N16). */
  goHome(): void
}

/** `only` says whether there is a reason to keep to the first choice: a call whose dialog lies there. */
export function createServerRound(servers: readonly string[], only: () => boolean): ServerRound {
  let home = 0
  let tried = 0
  const at = () => servers[(home + tried) % servers.length] ?? ''

  return {
    current: at,
    failed: () => {
      tried = only() ? 0 : (tried + 1) % servers.length
      return tried !== 0
    },
    stood: () => {
      home = (home + tried) % servers.length
      tried = 0
    },
    begin: () => {
      tried = 0
    },
    first: () => servers[0] ?? '',
    isAway: () => at() !== servers[0],
    goHome: () => {
      home = 0
      tried = 0
    },
  }
}
