import { describe, expect, test } from 'vitest'
import { dialPlan, type DialKind, type DialProblem } from '../../shared/call/dial-plan.ts'
import { zh } from '../../shared/i18n/zh.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const dialled: readonly (readonly [typed: string, number: string, kind: DialKind])[] = [
  ['13800132210', '13800132210', 'mobile'],
  ['１３８００１３２２１０', '13800132210', 'mobile'],
  ['138 0013 2210', '13800132210', 'mobile'],
  ['138-0013-2210', '13800132210', 'mobile'],
  ['138—0013—2210', '13800132210', 'mobile'],
  ['+86 138 0013 2210', '13800132210', 'mobile'],
  ['＋86 13800132210', '13800132210', 'mobile'],
  ['0086-13800132210', '13800132210', 'mobile'],
  ['8613800132210', '13800132210', 'mobile'],
  ['013800132210', '13800132210', 'mobile'],
  ['\u202a13800132210\u202c', '13800132210', 'mobile'],
  ['\t13800132210\n', '13800132210', 'mobile'],
  ['3500123', '3500123', 'local'],
  ['350 0123', '3500123', 'local'],
  ['0750-3500123', '3500123', 'local'],
  ['(0750) 3500123', '3500123', 'local'],
  ['（０７５０）３５００１２３', '3500123', 'local'],
  ['+86 750 3500123', '3500123', 'local'],
  ['+86 (0750) 3500123', '3500123', 'local'],
  ['0086 750 3500123', '3500123', 'local'],
  ['7503500123', '3500123', 'local'],
  ['020-83126000', '02083126000', 'national'],
  ['+86 20 8312 6000', '02083126000', 'national'],
  ['010 6601 2345', '01066012345', 'national'],
  ['0755-82001234', '075582001234', 'national'],
  ['0766 8221234', '07668221234', 'national'],
  ['8001', '8001', 'extension'],
  ['801', '801', 'extension'],
  ['60123', '60123', 'extension'],
  ['110', '110', 'emergency'],
  ['１１９', '119', 'emergency'],
  ['1 2 0', '120', 'emergency'],
  ['122', '122', 'emergency'],
  ['114', '114', 'service'],
  ['12345', '12345', 'service'],
  ['12333', '12333', 'service'],
  ['10086', '10086', 'service'],
  ['95598', '95598', 'service'],
  ['400-820-8820', '4008208820', 'service'],
  ['116114', '116114', 'service'],
  ['118114', '118114', 'service'],
  ['1010-6699', '10106699', 'service'],
  ['11185', '11185', 'service'],
  ['17911', '17911', 'service'],
  ['0758-12345', '075812345', 'service'],
  ['020-12345', '02012345', 'service'],
  ['+86 20 12345', '02012345', 'service'],
  ['0758 110', '0758110', 'service'],
  ['010-114', '010114', 'service'],
  ['0758-96116', '075896116', 'service'],
  ['0755-961200', '0755961200', 'service'],
  ['0758-12333', '075812333', 'service'],
  ['0750-12345', '12345', 'service'],
  ['075096116', '96116', 'service'],
  ['0750 114', '114', 'service'],
  ['0750-110', '110', 'emergency'],
]

const refused: readonly (readonly [typed: string, problem: DialProblem])[] = [
  ['', 'empty'],
  ['  -', 'empty'],
  ['+', 'empty'],
  ['gaj', 'letters'],
  ['138oo132210', 'letters'],
  ['公安局', 'letters'],
  ['8001;9', 'letters'],
  ['sip:8001@10.0.0.1', 'letters'],
  ['+86+13800132210', 'letters'],
  ['12', 'tooShort'],
  ['350012', 'tooShort'],
  ['+86 110', 'tooShort'],
  ['1380013221012', 'tooLong'],
  ['1'.repeat(5000), 'tooLong'],
  ['+852 2345 6789', 'abroad'],
  ['001 202 555 0123', 'abroad'],
  ['12800132210', 'unknownShape'],
  ['1380013221', 'unknownShape'],
  ['0750-1500123', 'unknownShape'],
  ['0758 10086', 'unknownShape'],
]

describe('what is typed, as it is dialled', () => {
  test.each(dialled)('%j is dialled %s (%s)', (typed, number, kind) => {
    expect(dialPlan(typed, defaultNumberPlan)).toEqual({ ok: true, number, kind })
  })

  test.each(refused)('%j is not dialled: %s', (typed, problem) => {
    expect(dialPlan(typed, defaultNumberPlan)).toEqual({ ok: false, problem })
    expect(zh.dial.problem[problem]).not.toBe('')
  })

  test('whatever is dialled is a number the phone takes', () => {
    const rules = { homeMobiles: [], outside: '9', mobilePrefix: '0' }
    for (const [typed] of dialled)
      expect(dialPlan(typed, defaultNumberPlan, rules)).toMatchObject({
        number: expect.stringMatching(/^[0-9]{3,32}$/),
      })
  })

  test('without its zero, a hotline elsewhere is a local number', () => {
    expect(dialPlan('2012345', defaultNumberPlan)).toMatchObject({ number: '2012345', kind: 'local' })
  })

  test('a service elsewhere is one, however long extensions are', () => {
    const six = { ...defaultNumberPlan, extension: { least: 3, most: 6 } }
    expect(dialPlan('020-110', six)).toMatchObject({ number: '020110', kind: 'service' })
    expect(dialPlan('116114', six)).toMatchObject({ number: '116114', kind: 'service' })
  })

  test('the rules of another place: its own area, a zero before mobiles from elsewhere, a digit that leads out', () => {
    const guangzhou = { ...defaultNumberPlan, areaCode: '20' }
    const prefixes = { mobilePrefix: '0', homeMobiles: ['1380013'], outside: '9' }
    const number = (typed: string) => dialPlan(typed, guangzhou, prefixes)
    expect(number('020-83126000')).toMatchObject({ number: '983126000', kind: 'local' })
    expect(number('0750-3500123')).toMatchObject({ number: '907503500123', kind: 'national' })
    expect(number('13800132210')).toMatchObject({ number: '913800132210' })
    expect(number('13900132210')).toMatchObject({ number: '9013900132210' })
    expect(number('8001')).toMatchObject({ number: '8001' })
    expect(number('110')).toMatchObject({ number: '110' })
    expect(dialPlan('600', { ...guangzhou, extension: { least: 4, most: 4 } })).toMatchObject({ problem: 'tooShort' })
  })
})
