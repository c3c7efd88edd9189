import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import calendar from '../../shared/case/data/calendar.json' with { type: 'json' }
import tree from '../../shared/case/data/classification.json' with { type: 'json' }
import { caseKinds } from '../../shared/case/case-kind.ts'
import { colourOf, deadlineOf, deadlinePhases, type Matter } from '../../shared/case/deadline.ts'
import { shippedDeadlines as shipped } from '../../shared/case/shipped-deadlines.ts'
import { createWorkingDays, workCalendarSchema } from '../../shared/case/working-days.ts'
import { chinaDay, chinaDayNumber, dayBegins, dayOfIso } from '../../shared/china-day.ts'

const { days } = shipped
const at = (china: string) => Date.parse(`${china}+08:00`)
const consult = (from: string, more: Partial<Matter> = {}): Matter => ({
  kind: 'consult',
  code: '0101',
  from: at(from),
  ...more,
})
const answer = (matter: Matter) => deadlineOf('answer', matter, shipped)

describe('K4.1 working days', () => {
  test('of 2026 are as many as the notice leaves: 261 weekdays, less 19 that are free, and 6 swapped days', () => {
    const all = Array.from({ length: 365 }, (_, index) => dayOfIso('2026-01-01') + index)
    const weekdays = all.filter((day) => ![0, 6].includes(new Date(dayBegins(day) + 12 * 3_600_000).getUTCDay()))
    const lost = weekdays.filter((day) => !days.isWorking(day))
    expect([weekdays.length, lost.length, all.filter((day) => days.isWorking(day)).length]).toEqual([261, 19, 248])
  })

  test('skip holidays and count the Saturdays and Sundays worked in their stead', () => {
    expect(
      ['2026-02-13', '2026-02-14', '2026-02-16', '2026-02-24'].map((day) => days.isWorking(dayOfIso(day))),
    ).toEqual([true, true, false, true])
  })

  test('have a number and a date that lead to each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        const iso = new Date(day * 86_400_000).toISOString().slice(0, 10)
        expect(chinaDay(dayBegins(day))).toBe(iso)
        expect(dayOfIso(iso)).toBe(day)
      }),
    )
  })

  test('begin and end at midnight in China, wherever the machine stands', () => {
    expect(dayBegins(chinaDayNumber(at('2026-03-02T00:00')))).toBe(at('2026-03-02T00:00'))
    expect(chinaDayNumber(at('2026-03-02T23:59'))).toBe(chinaDayNumber(at('2026-03-02T00:00')))
  })
})

describe('K4.2 a deadline in working days runs from the call', () => {
  test('the day of the call is not counted, and the last one counts whole', () => {
    expect(answer(consult('2026-03-02T09:00'))?.due).toBe(at('2026-03-05T00:00'))
    expect(answer(consult('2026-03-02T23:59'))?.due).toBe(at('2026-03-05T00:00'))
  })

  test('over the Spring Festival: Friday, the swapped Saturday, nine days off, Tuesday', () => {
    expect(answer(consult('2026-02-13T18:00'))?.due).toBe(at('2026-02-25T00:00'))
  })

  test('any call, any count: as many working days lie after it up to the due moment as the table says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2025-01-01T00:00'), max: at('2027-12-31T00:00') }),
        fc.constantFrom(...caseKinds),
        fc.integer({ min: 0, max: 5 }),
        (from, kind, extraDays) => {
          const found = answer({ kind, code: '0101', from, extraDays })
          const due = found?.due ?? 0
          let counted = 0
          for (let day = chinaDayNumber(from) + 1; dayBegins(day) < due; day += 1) if (days.isWorking(day)) counted += 1
          const wanted = found && 'workingDays' in found.span ? found.span.workingDays : 0
          expect(counted).toBe(wanted + extraDays)
          expect(days.isWorking(chinaDayNumber(due - 1))).toBe(true)
        },
      ),
    )
  })
})

describe('K4.3 the table', () => {
  test.each([
    ['consult', '0101', 'consult.answer', { workingDays: 2 }],
    ['help', '0101', 'help.answer', { workingDays: 10 }],
    ['suggestion', '2102', 'help.answer', { workingDays: 10 }],
    ['complaint', '0402', 'complaint.answer', { workingDays: 15 }],
    ['report', '1301', 'complaint.answer', { workingDays: 15 }],
    ['help', '0301', 'utilities.answer', { minutes: 1440 }],
    ['help', '1705', 'danger.answer', { minutes: 120 }],
    ['consult', '1705', 'consult.answer', { workingDays: 2 }],
  ] as const)('%s of class %s goes by %s, and the deadline names it', (kind, code, rule, span) => {
    expect(answer({ kind, code, from: at('2026-03-02T09:00') })).toMatchObject({ rule, span, phase: 'answer' })
  })

  test('has a deadline for every kind, class and phase, and names only classes that there are', () => {
    const codes = tree.flatMap(({ children }) => children.map(({ code }) => code))
    for (const kind of caseKinds)
      for (const code of [null, ...codes])
        for (const phase of deadlinePhases) expect(deadlineOf(phase, { kind, code, from: 0 }, shipped)).not.toBeNull()
    for (const row of shipped.table) for (const code of row.codes ?? []) expect(codes).toContain(code)
  })

  test('says nothing of a case of which no row speaks', () => {
    expect(deadlineOf('sign', consult('2026-03-02T09:00'), { table: [], days })).toBeNull()
  })
})

test('K4.4 hours and minutes run around the clock, also on a holiday', () => {
  const danger: Matter = { kind: 'help', code: '1705', from: at('2026-02-17T23:30') }
  expect(answer(danger)?.due).toBe(at('2026-02-18T01:30'))
  expect(deadlineOf('sign', danger, shipped)?.due).toBe(at('2026-02-17T23:45'))
})

describe('K4.5 where the calendar ends', () => {
  test('a deadline beyond it is provisional, and moves when the calendar grows', () => {
    const late = consult('2026-12-31T09:00')
    expect(answer(late)).toMatchObject({ provisional: true, due: at('2027-01-05T00:00') })
    const grown = createWorkingDays({
      ...workCalendarSchema.parse(calendar),
      until: '2027-12-31',
      off: [['2027-01-01', '2027-01-04']],
    })
    expect(deadlineOf('answer', late, { ...shipped, days: grown })).toMatchObject({
      provisional: false,
      due: at('2027-01-07T00:00'),
    })
  })

  test('one that ends within it is not', () => {
    expect(answer(consult('2026-12-29T09:00'))).toMatchObject({ provisional: false, due: at('2027-01-01T00:00') })
  })
})

describe('K4.6 extension and suspension', () => {
  test('granted working days are counted on from where it was due', () => {
    expect(answer(consult('2026-03-02T09:00', { extraDays: 3 }))?.due).toBe(at('2026-03-10T00:00'))
    expect(answer({ kind: 'help', code: '1705', from: at('2026-03-06T09:00'), extraDays: 1 })?.due).toBe(
      at('2026-03-10T00:00'),
    )
  })

  test('while it is suspended nothing is due, and the days of it do not count', () => {
    const pause = { from: at('2026-03-03T15:00'), to: null }
    expect(answer(consult('2026-03-02T09:00', { pauses: [pause] }))).toMatchObject({ due: null, amber: null })
    const over = { ...pause, to: at('2026-03-04T10:00') }
    expect(answer(consult('2026-03-02T09:00', { pauses: [over] }))?.due).toBe(at('2026-03-07T00:00'))
  })

  test('hours stand still by as long as it lasted', () => {
    const pause = { from: at('2026-03-02T10:00'), to: at('2026-03-02T10:30') }
    expect(answer({ kind: 'help', code: '1705', from: at('2026-03-02T09:00'), pauses: [pause] })?.due).toBe(
      at('2026-03-02T11:30'),
    )
  })
})

test('K4.7 amber is the last working day, or the last fifth of hours; red is from the due moment on', () => {
  const found = answer(consult('2026-03-02T09:00'))
  if (found === null) throw new Error('no deadline')
  expect(
    ['2026-03-03T23:59', '2026-03-04T00:00', '2026-03-04T23:59', '2026-03-05T00:00'].map((now) =>
      colourOf(found, at(now)),
    ),
  ).toEqual(['calm', 'amber', 'amber', 'red'])
  const danger = answer({ kind: 'help', code: '1705', from: 0 })
  if (danger === null) throw new Error('no deadline')
  expect([5_759_999, 5_760_000, 7_200_000].map((now) => colourOf(danger, now))).toEqual(['calm', 'amber', 'red'])
  expect(colourOf({ ...danger, due: null, amber: null }, 0)).toBe('suspended')
})

test('a calendar that ends before it begins, or a holiday that does, is refused', () => {
  expect(workCalendarSchema.safeParse({ ...calendar, until: '2024-01-01' }).success).toBe(false)
  expect(workCalendarSchema.safeParse({ ...calendar, off: [['2026-01-03', '2026-01-01']] }).success).toBe(false)
})
