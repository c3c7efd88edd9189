import { expect, test } from 'vitest'
import { palette } from '../../renderer/ui/theme.ts'

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['card', 'bg', 'key', 'brandSoft'] as const
const pairs = [
  ...(['ink', 'soft', 'faint'] as const).flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...(['brand', 'ok', 'warn', 'bad'] as const).map((tone) => [tone, 'card'] as const),
  ['brand', 'brandSoft'],
  ['ok', 'okSoft'],
  ['warn', 'warnSoft'],
  ['bad', 'badSoft'],
  ['onFill', 'brand'],
  ['onFill', 'ok'],
  ['onFill', 'bad'],
  ['ink', 'warnSoft'],
] as const

test.each(['light', 'dark'] as const)('every text of the %s theme is at least 4.5 : 1 (WCAG AA)', (scheme) => {
  const colours = palette[scheme]
  const weak = pairs.filter(([text, ground]) => contrast(colours[text], colours[ground]) < 4.5)
  expect(weak).toEqual([])
})

test('black on white is 21 : 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})
