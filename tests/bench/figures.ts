/** One measured figure beside its baseline from the same run. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number
  readonly ratio: number
  /** What is asked of it: at most this ratio, or at most this value above the baseline. */
  readonly target: string
  readonly ok: boolean
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

const round = (value: number) => Math.round(value * 100) / 100

/** A figure whose ratio to its baseline must stay at or under `most`. */
export function ratioFigure(name: string, unit: string, value: number, baseline: number, most: number): Figure {
  const ratio = round(value / baseline)
  return {
    name,
    value: round(value),
    unit,
    baseline: round(baseline),
    ratio,
    target: `ratio ≤ ${most}`,
    ok: ratio <= most,
  }
}

/** A figure that may lie at most `most` above its baseline. */
export function overFigure(name: string, unit: string, value: number, baseline: number, most: number): Figure {
  return {
    name,
    value: round(value),
    unit,
    baseline: round(baseline),
    ratio: round(value / baseline),
    target: `≤ ${most} ${unit} over the baseline`,
    ok: value - baseline <= most,
  }
}

/** Prints the table, and the one line of JSON that closes it. */
export function printFigures(bench: string, figures: readonly Figure[]): boolean {
  console.table(Object.fromEntries(figures.map(({ name, ...rest }) => [name, rest])))
  const ok = figures.every((figure) => figure.ok)
  console.log(JSON.stringify({ bench, ok, figures }))
  return ok
}
