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
  /** What else the reader needs to know of it. */
  readonly note?: string
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

/** Which parts of a bench run: those of SANXIN_BENCH_PARTS, by commas; all of them where nothing is said. */
const parts = process.env['SANXIN_BENCH_PARTS']?.split(',') ?? null
export const isWanted = (part: string) => parts === null || parts.includes(part)

/** The value that `share` (0.99) of all lie at or under. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN
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

/** A figure (a rate) whose ratio to its baseline must stay at or over `least`. */
export function leastFigure(name: string, unit: string, value: number, baseline: number, least: number): Figure {
  // Far below one, two digits would show no difference.
  const ratio = Math.round((value / baseline) * 10_000) / 10_000
  return { ...plainFigure(name, unit, value, baseline), ratio, target: `ratio ≥ ${least}`, ok: ratio >= least }
}

/** A figure of which nothing is asked yet. */
export function plainFigure(name: string, unit: string, value: number, baseline: number): Figure {
  return {
    name,
    value: round(value),
    unit,
    baseline: round(baseline),
    ratio: round(value / baseline),
    target: 'none',
    ok: true,
  }
}

/** Prints the table, and the one line of JSON that closes it. */
export function printFigures(bench: string, figures: readonly Figure[]): boolean {
  console.table(Object.fromEntries(figures.map(({ name, ...rest }) => [name, rest])))
  const ok = figures.every((figure) => figure.ok)
  console.log(JSON.stringify({ bench, ok, figures }))
  return ok
}
