import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storable } from '../../central/storable.ts'

describe('storable text', () => {
  it('makes odd characters visible, one for one, and touches nothing else', () => {
    expect(storable({ 'k\u0000': ['a\u0000b', '\ud800', '𠮷', 1, null, true] })).toEqual({
      'k\ufffd': ['a\ufffdb', '\ufffd', '𠮷', 1, null, true],
    })
  })

  it('keeps the length, is well formed, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const kept = storable(`${text}\ud800`)
        expect(kept.isWellFormed() && !kept.includes('\u0000')).toBe(true)
        expect(kept).toHaveLength(text.length + 1)
        expect(storable(kept)).toBe(kept)
      }),
    )
  })

  it('gives back as it is what can be stored as it is, and looks into every depth, string and key', () => {
    const fine = { text: '江门𠮷', list: [{ deep: ['a', 1, null] }] }
    expect(storable(fine)).toBe(fine)
    expect(storable({ list: [1, { deep: [['a\u0000']] }] })).toEqual({ list: [1, { deep: [['a\ufffd']] }] })
    expect(storable([{ fine: 'a' }, { 'odd\udfff': 'a' }])).toEqual([{ fine: 'a' }, { 'odd\ufffd': 'a' }])
  })

  it('takes any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json)
        expect(JSON.stringify(storable(value))).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
    )
  })
})
