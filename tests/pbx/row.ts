import type { ExchangeKind, House } from './house.ts'

/** A line of the matrix: one thing that an operator does, on each exchange where it means something. */
export type Row = {
  /** Rows of one family stand together; the first of each is played by `npm test` as well. */
  readonly family: string
  readonly name: string
  readonly on: readonly ExchangeKind[]
  /** Plays it; whatever it opens is closed when the test is over, or brought to rest (standing-desk.ts). */
  play(house: House): Promise<void>
}

export const BOTH: readonly ExchangeKind[] = ['asterisk', 'practice']

/** The rows to play on an exchange; the short set has the first of each family, on Asterisk alone. */
export function rowsToPlay(rows: readonly Row[], kind: ExchangeKind, short: boolean): readonly Row[] {
  const here = rows.filter(({ on }) => on.includes(kind))
  if (!short) return here
  if (kind !== 'asterisk') return []
  return here.filter((row, index) => here.findIndex(({ family }) => family === row.family) === index)
}
