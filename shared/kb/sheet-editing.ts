/** The tables of an article as they are being written: what one begins with, and what is wrong with it so far. Pure. */
import { shapeFlaws, type Flaw } from '../tables/flaw.ts'
import { sheetSchema, type Sheet } from './sheet.ts'

export type SheetKind = Sheet['kind']
export const sheetKinds = ['fees', 'papers', 'hours', 'line'] as const satisfies readonly SheetKind[]
/** So many an article holds. */
export const MOST_SHEETS = 12

const noService = { first: '', last: '' }
const workdays = [1, 2, 3, 4, 5]

/** A table that nothing was written in yet; `columns` are what those of fees and papers are called at first. */
export function freshSheet(kind: SheetKind, columns: readonly string[]): Sheet {
  switch (kind) {
    case 'line':
      return {
        ...{ kind, name: '', fare: '', interval: '', minutes: 0, there: noService, back: noService },
        stops: ['', ''],
      }
    case 'hours':
      return {
        ...{ kind, place: '', names: [], address: '', phone: null },
        ...{ week: [{ days: [...workdays], open: [['', '']] }], holidays: 'closed' },
      }
    case 'fees':
    case 'papers':
      return { kind, title: '', columns: [...columns], rows: [columns.map(() => '')] }
  }
}

/** Of a place and of what stands within it the inner one says what is wrong: two stops without a name are no stop twice. */
function innermost(flaws: readonly Flaw[]): Flaw[] {
  const holds = (outer: Flaw, inner: Flaw) =>
    outer.path.length < inner.path.length && outer.path.every((step, at) => inner.path[at] === step)
  return flaws.filter((one) => !flaws.some((other) => holds(one, other)))
}

/** What is wrong with one table, each at its place in it; none where it can be saved (rule KT8). */
export function sheetFlaws(sheet: Sheet): Flaw[] {
  const read = sheetSchema.safeParse(sheet)
  const shape = read.success ? [] : innermost(shapeFlaws(read.error))
  if (sheet.kind !== 'fees' && sheet.kind !== 'papers') return shape
  // Which row has no head is told, whatever else is wrong.
  const headless = sheet.rows.flatMap((row, at): Flaw[] =>
    row[0] === '' ? [{ path: ['rows', at, 0], code: 'gap' }] : [],
  )
  return [...shape.filter(({ code }) => code !== 'gap'), ...headless]
}

/** How many places of all tables are still to be mended. */
export const countSheetFlaws = (sheets: readonly Sheet[] = []): number =>
  sheets.reduce((sum, sheet) => sum + sheetFlaws(sheet).length, 0)

type Span = [string, string]
/** Times in one line, as they are typed: 8:30-12:00、14:00-17:30. What is no time yet stays what it is. */
export function spansFrom(text: string): Span[] {
  return text
    .replaceAll('：', ':')
    .replace(/\s*([-–—~～－至])\s*/g, '$1')
    .split(/[、，,;；\s]+/)
    .filter((span) => span !== '')
    .map((span): Span => {
      const [from = '', ...rest] = span.split(/[-–—~～－至]/)
      return [from, rest.join('-')]
    })
}

export const spansText = (spans: readonly (readonly [string, string])[]): string =>
  spans.map(([from, to]) => (to === '' ? from : `${from}–${to}`)).join('、')
