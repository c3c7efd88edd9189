/**
 * The small tables that an article may hold: a bus line with its stops, when an office is open, what something costs,
 * which papers it takes. Every refusal has a code of shared/tables/flaw.ts.
 */
import { z } from 'zod'

/** Controls, and what turns the direction of writing or is not seen. */
const UNSEEN = /[\p{C}\u2028\u2029]/u

/** One line of words that shows all that is in it, without blank ends. */
const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => text.trim() === text && !UNSEEN.test(text), { error: 'format' })

/** A time of the day, `6:20`; the end of it is `24:00`. */
const time = z.string().regex(/^(?:(?:1?\d|0\d|2[0-3]):[0-5]\d|24:00)$/)

/** A time in minutes of its day. */
export function minutesOf(said: string): number {
  const [hours = 0, minutes = 0] = said.split(':').map(Number)
  return hours * 60 + minutes
}

/** From when to when, each ends before the next begins. */
const spans = z
  .array(z.tuple([time, time]))
  .max(4)
  .refine((all) => isRising(all.flat().map(minutesOf)), { error: 'unsorted' })

function isRising(minutes: readonly number[]): boolean {
  return minutes.every((minute, at) => at === 0 || minute > (minutes[at - 1] ?? 0))
}

const isOnce = <T>(values: readonly T[]) => new Set(values).size === values.length

/** The stops of one direction in their order. A round trip ends where it began; no other stop stands twice. */
const stops = z
  .array(words(24))
  .min(2)
  .max(80)
  .refine((all) => isOnce(all[0] === all.at(-1) && all.length > 2 ? all.slice(1) : all), { error: 'twice' })

/** The first and the last bus from where a direction begins; a last one earlier than the first leaves after midnight. */
const service = z.object({ first: time, last: time })

/**
 * A bus line. `stops` are those of the way there, `backStops` those of the way back where it is not the same turned
 * round; a line without `back` runs one way only (a round trip). `minutes` is what the whole way takes.
 */
export const lineSheetSchema = z
  .object({
    kind: z.literal('line'),
    name: words(20),
    fare: words(40),
    interval: words(40),
    minutes: z.number().int().min(1).max(600),
    there: service,
    back: service.nullable(),
    stops,
    backStops: stops.optional(),
  })
  .refine(({ back, backStops }) => back !== null || backStops === undefined, { error: 'empty', path: ['back'] })
export type LineSheet = z.infer<typeof lineSheetSchema>

const openDays = z.object({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), open: spans })

/**
 * When a place is open: by the days of the week (1 is Monday; a day that is not named is closed), and on holidays:
 * closed, as on any such day, or at times of their own. `names` are what else people call it.
 */
export const hoursSheetSchema = z.object({
  kind: z.literal('hours'),
  place: words(40),
  names: z.array(words(20)).max(12),
  address: words(80),
  phone: words(40).nullable(),
  week: z
    .array(openDays)
    .min(1)
    .max(7)
    .refine((rows) => isOnce(rows.flatMap(({ days }) => days)), { error: 'twice' }),
  holidays: z.union([z.enum(['closed', 'asUsual']), spans.min(1)]),
  note: words(120).optional(),
})
export type HoursSheet = z.infer<typeof hoursSheetSchema>

const cell = z
  .string()
  .max(200)
  .refine((text) => text.trim() === text && !UNSEEN.test(text), { error: 'format' })

const tableParts = {
  title: words(40),
  columns: z.array(words(20)).min(1).max(8).refine(isOnce, { error: 'twice' }),
  rows: z.array(z.array(cell)).min(1).max(60),
}

type TableParts = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** Every row has a cell for each column, and the first says what the row is about. */
function isWhole({ columns, rows }: TableParts): boolean {
  return rows.every((row) => row.length === columns.length && row[0] !== '')
}

const incomplete = { error: 'gap', path: ['rows'] }

/** What something costs, a row for each. */
export const feesSheetSchema = z.object({ kind: z.literal('fees'), ...tableParts }).refine(isWhole, incomplete)
/** Which papers something takes, a row for each. */
export const papersSheetSchema = z.object({ kind: z.literal('papers'), ...tableParts }).refine(isWhole, incomplete)
export type TableSheet = z.infer<typeof feesSheetSchema> | z.infer<typeof papersSheetSchema>

export const sheetSchema = z.discriminatedUnion('kind', [
  lineSheetSchema,
  hoursSheetSchema,
  feesSheetSchema,
  papersSheetSchema,
])
export type Sheet = z.infer<typeof sheetSchema>

/** All sheets of an article. */
export const sheetsSchema = z.array(sheetSchema).max(12)
