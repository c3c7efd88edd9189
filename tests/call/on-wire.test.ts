import { expect, test } from 'vitest'
import { onWire } from '../../shared/call/on-wire.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const rules = { outside: '9', mobilePrefix: '0', homeMobiles: ['1380013'] }

test.each([
  ['a mobile from elsewhere', '13900138000', '9013900138000'],
  ['a mobile at home', '13800138000', '913800138000'],
  ['a local number', '3500123', '93500123'],
  ['another city', '02083500123', '902083500123'],
  ['an extension', '1004', '1004'],
  ['an emergency service', '110', '110'],
  ['a hotline', '12333', '12333'],
  ['a service outside', '10086', '910086'],
  ['a company’s number', '4008208820', '94008208820'],
  ['a service outside of six digits', '116114', '9116114'],
  ['a service outside of eight digits', '10106699', '910106699'],
  ['a courier’s hotline', '11185', '911185'],
  ['the hotline of another city', '075812345', '9075812345'],
  ['an emergency service of another city', '0758110', '90758110'],
  ['a service of this city behind its area code', '075096116', '996116'],
  ['the hotline of this city behind its area code', '075012345', '12345'],
  ['a feature code', '*45', '*45'],
])('%s is dialled with the prefixes of this exchange', (_what, number, wire) => {
  expect(onWire(number, defaultNumberPlan, rules)).toBe(wire)
})
