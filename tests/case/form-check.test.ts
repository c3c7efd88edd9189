/** What is missing, what cannot be, and how complete a case is (K7.4 to K7.6). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyForm, missingFields, type CaseForm, matterOfForm } from '../../shared/case/case-form.ts'
import { caseKinds } from '../../shared/case/case-kind.ts'
import { shippedBook } from '../../shared/case/classes.ts'
import { readDate } from '../../shared/case/dates.ts'
import { check, score, type Matter } from '../../shared/case/form-check.ts'
import { fieldsFor, shippedForm, type FormField } from '../../shared/case/form.ts'
import { idCardFault, isPhone, readNumber } from '../../shared/case/plausible.ts'

/** 2026-11-23 15:00 in China. */
const callAt = Date.UTC(2026, 10, 23, 7)
const noise: CaseForm = {
  ...emptyForm('13800002210'),
  kind: 'complaint',
  classification: '0402',
  district: '蓬江区',
  address: '白沙大道 3 号',
  content: '楼下唱歌',
  replyMode: 'later',
}
const full = {
  ...noise,
  street: '白沙街道',
  particulars: { happenedAt: '2026-11-22 23:00', concerned: '某歌厅', noiseType: 'entertainment', noiseHours: '每晚' },
}
const found = (form: CaseForm) =>
  check(shippedForm, matterOfForm(form, callAt)).map(({ field, rule }) => `${field} ${rule}`)
const scored = (form: CaseForm) => score(shippedForm, matterOfForm(form, callAt))

describe('K7.4 what is required and not there is missing, and keeps no case from being saved', () => {
  test('particulars are named in the order of the form', () => {
    expect(found(noise)).toEqual(['happenedAt missing', 'concerned missing', 'noiseType missing', 'noiseHours missing'])
    expect(found(full)).toEqual([])
  })

  test('a case without them, or with what cannot be, is saved all the same', () => {
    expect(missingFields(noise)).toEqual([])
    expect(missingFields({ ...full, particulars: { happenedAt: '明年', noiseType: 'green' } })).toEqual([])
    expect(missingFields({ ...full, callerPhone: '1380000221' })).toEqual([])
  })
})

describe('K7.5 what cannot be is named', () => {
  test.each([
    ['13800002210', true],
    ['+86 138-0000-2210', true],
    ['０７５０－３５００１２３', true],
    ['3500123', true],
    ['0750 3500123转801', true],
    ['12345', true],
    ['4008001234', true],
    ['+852 2123 4567', true],
    ['12800002210', false],
    ['1380000221', false],
    ['138000022100', false],
    ['0750-1500123', false],
    ['不知道', false],
    ['138000O2210', false],
  ])('the number %s', (typed, is) => {
    expect(isPhone(typed)).toBe(is)
    expect(found({ ...full, callerPhone: typed })).toEqual(is ? [] : ['callerPhone phone'])
  })

  test.each([
    ['11010519491231002X', null],
    ['11010519491231002x', null],
    ['440524188001010014', 'idDate'],
    ['110105194912310021', 'idChecksum'],
    ['11010519491231002', 'idLength'],
    ['110105491231002', 'idLength'],
    ['00010519491231002X', 'idRegion'],
    ['110105194902300024', 'idDate'],
    ['110105202611240021', 'idDate'],
  ])('the identity card %s', (typed, fault) => {
    expect(idCardFault(typed, callAt)).toBe(fault)
  })

  test('every slip of one digit, and of two neighbours, is found in a card', () => {
    const card = '11010519491231002X'
    for (let at = 0; at < 17; at += 1) {
      for (const digit of '0123456789')
        if (digit !== card[at])
          expect(idCardFault(card.slice(0, at) + digit + card.slice(at + 1), callAt)).not.toBe(null)
      const swapped = card.slice(0, at) + card.charAt(at + 1) + card.charAt(at) + card.slice(at + 2)
      if (swapped !== card) expect(idCardFault(swapped, callAt), swapped).not.toBe(null)
    }
  })

  const at = (iso: string) => Date.parse(`${iso}Z`) / 60_000
  test.each([
    ['2026-11-23', at('2026-11-23T00:00'), at('2026-11-23T23:59')],
    ['2026年11月23日', at('2026-11-23T00:00'), at('2026-11-23T23:59')],
    ['20261123', at('2026-11-23T00:00'), at('2026-11-23T23:59')],
    ['11月23日', at('2026-11-23T00:00'), at('2026-11-23T23:59')],
    ['12.31', at('2025-12-31T00:00'), at('2025-12-31T23:59')],
    ['2026年3月', at('2026-03-01T00:00'), at('2026-03-31T23:59')],
    ['2024-2', at('2024-02-01T00:00'), at('2024-02-29T23:59')],
    ['2026-11-22 23:05', at('2026-11-22T23:05'), at('2026-11-22T23:05')],
    ['２０２６－１１－２２ 晚上11点半', at('2026-11-22T23:30'), at('2026-11-22T23:30')],
    ['11月22日下午3时20分', at('2026-11-22T15:20'), at('2026-11-22T15:20')],
  ])('the day %s', (typed, from, to) => {
    expect(readDate(typed, callAt)).toEqual({ from, to })
  })

  test.each([
    ['2026-02-30', 'noSuchDate'],
    ['2026-13-01', 'noSuchDate'],
    ['0026-01-01', 'noSuchDate'],
    ['2026-00', 'noSuchDate'],
    ['昨天', 'unreadable'],
    ['2026-11-22 25:00', 'unreadable'],
    ['2026-11-22 99', 'unreadable'],
    ['随便', 'unreadable'],
  ])('the day %s is none', (typed, why) => {
    expect(readDate(typed, callAt)).toBe(why)
  })

  test('what happened is not after the call, and an end not before its beginning', () => {
    const day = (happenedAt: string) => found({ ...full, particulars: { ...full.particulars, happenedAt } })
    expect(day('2026-11-23')).toEqual([])
    expect(day('2026-11-23 14:59')).toEqual([])
    expect(day('2026-11-23 15:01')).toEqual(['happenedAt inFuture'])
    expect(day('2026-11-24')).toEqual(['happenedAt inFuture'])
    const wages = (wagesFrom: string, wagesUntil: string) =>
      check(
        shippedForm,
        matterOfForm(
          { ...noise, kind: 'help', classification: '1201', particulars: { wagesFrom, wagesUntil } },
          callAt,
        ),
      ).filter(({ field }) => field.startsWith('wagesU'))
    expect(wages('2026年3月', '2026年2月')).toMatchObject([{ rule: 'tooEarly', other: 'wagesFrom' }])
    expect(wages('2026年3月', '2026-03-01')).toEqual([])
    expect(wages('不记得', '2026年2月')).toEqual([])
  })

  test.each([
    ['1,200', 1200],
    ['1200元', 1200],
    ['1.5万', 15_000],
    ['１２', 12],
    ['一千', null],
    ['1e5', null],
    ['', null],
  ])('the amount %s', (typed, number) => {
    expect(readNumber(typed)).toBe(number)
  })

  test('an amount out of its range, a choice that is none, a place that is not here', () => {
    const bought = { ...full, classification: '1302' }
    const paid = (amount: string) =>
      found({ ...bought, particulars: { ...full.particulars, shop: '甲店', paid: amount } })
    expect(paid('30')).toEqual([])
    expect(paid('-1')).toEqual(['paid outOfRange'])
    expect(paid('很多')).toEqual(['paid notANumber'])
    expect(found({ ...full, particulars: { ...full.particulars, noiseType: 'green' } })).toEqual([
      'noiseType notAChoice',
    ])
    expect(found({ ...full, district: '天河区' })).toEqual(['district outside', 'street outside'])
    expect(found({ ...full, street: '会城街道' })).toEqual(['street outside'])
    expect(found({ ...full, address: '新会区会城街道' })).toEqual(['address otherDistrict'])
    expect(found({ ...full, address: '蓬江区与江海区交界' })).toEqual([])
  })
})

describe('K7.6 the score', () => {
  test('is the share that stands, required ones three times, what cannot be by half', () => {
    // Required: kind, class, district, address, phone, content, way to reply, and four particulars; asked: the street.
    expect(scored(full)).toBe(100)
    expect(scored({ ...full, street: null })).toBe(Math.floor((100 * 33) / 34))
    expect(scored({ ...full, callerPhone: '1' })).toBe(Math.floor((100 * (34 - 1.5)) / 34))
    expect(scored(noise)).toBe(Math.floor((100 * (34 - 1 - 12)) / 34))
    expect(scored(emptyForm())).toBe(0)
  })

  test('nobody need ask for what is personal and not required', () => {
    const help = { ...full, kind: 'help', classification: '1002', particulars: {} } as const
    expect(scored(help)).toBe(100)
    expect(scored({ ...help, papers: { idCard: '11010519491231002X' } })).toBe(100)
    expect(scored({ ...help, papers: { idCard: '1' } })).toBeLessThan(100)
  })

  const typed = fc.oneof(fc.constantFrom('', ' ', '2026-11-22', '13800002210', '30', 'yes', 'site'), fc.string())
  const matters: fc.Arbitrary<Matter> = fc.record({
    kind: fc.option(fc.constantFrom(...caseKinds)),
    code: fc.option(fc.constantFrom(...shippedBook.offered.map(({ code }) => code))),
    values: fc
      .array(fc.tuple(fc.constantFrom(...shippedForm.fields.map(({ id }) => id)), typed))
      .map((entries) => Object.fromEntries(entries)),
    callAt: fc.constant(callAt),
  })
  const plausible: { readonly [T in FormField['type']]: string } = {
    ...{ text: '甲', longText: '甲', phone: '13800002210', idCard: '11010519491231002X', date: '2026-11-01' },
    ...{ dateTime: '2026-11-01', place: '蓬江区', choice: '', number: '30', yesNo: 'no' },
  }

  test('whatever is typed, it is a whole number from 0 to 100, and 100 only where nothing is found', () => {
    fc.assert(
      fc.property(matters, (matter) => {
        const one = score(shippedForm, matter)
        expect(Number.isInteger(one) && one >= 0 && one <= 100).toBe(true)
        if (one === 100) expect(check(shippedForm, matter)).toEqual([])
      }),
    )
  })

  test('filling in what is asked for never lowers it', () => {
    fc.assert(
      fc.property(matters, fc.nat(), (matter, pick) => {
        const asked = fieldsFor(shippedForm, matter.kind, matter.code).filter(({ id, type }) => {
          const isEmpty = (matter.values[id] ?? '').trim() === ''
          return isEmpty && type !== 'choice' && !['street', 'wagesUntil', 'wagesFrom'].includes(id)
        })
        const field = asked[pick % Math.max(asked.length, 1)]
        if (field === undefined || field.id === 'district') return
        const filled = { ...matter, values: { ...matter.values, [field.id]: plausible[field.type] } }
        expect(score(shippedForm, filled)).toBeGreaterThanOrEqual(score(shippedForm, matter))
      }),
    )
  })
})
