import { describe, expect, test } from 'vitest'
import { codecs, delayImpairment, lossImpairment, mosOf, scoreOf } from '../../renderer/phone/e-model.ts'

describe('the E-model (ITU-T G.107)', () => {
  // G.107, Table B.1.
  test.each([
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('a rating of %d is a score of %d', (rating, mos) => expect(Math.abs(mosOf(rating) - mos)).toBeLessThan(0.01))

  // G.113, Appendix I: what was measured of G.729A (Ie 11, Bpl 19) under random loss.
  test.each([
    [0, 11],
    [0.5, 13],
    [1, 15],
    [1.5, 17],
    [2, 19],
    [3, 23],
    [4, 26],
    [8, 36],
    [16, 49],
  ])('a loss of %d in a hundred impairs G.729A by %d', (loss, published) =>
    expect(Math.abs(lossImpairment(loss, { ie: 11, bpl: 19 }) - published)).toBeLessThan(0.6),
  )

  // The same of G.711 with concealment: coarser figures.
  test.each([
    [0, 0],
    [1, 5],
    [2, 7],
    [3, 10],
    [5, 15],
    [7, 20],
    [10, 25],
    [15, 35],
    [20, 45],
  ])('a loss of %d in a hundred impairs G.711 with concealment by about %d', (loss, published) =>
    expect(Math.abs(lossImpairment(loss, codecs.g711) - published)).toBeLessThan(3),
  )

  // Equation 7-27 by hand: X is 0, 1 and 2.
  test.each([
    [20, 0],
    [100, 0],
    [200, 3.04],
    [400, 24.1],
  ])('a delay of %d ms impairs by %d', (delay, impairment) => expect(delayImpairment(delay)).toBeCloseTo(impairment, 1))

  test('a line without fault is the default connection, 4.41', () => {
    expect(scoreOf({ loss: 0, delayMs: 60, codec: codecs.g711 })).toBeCloseTo(4.41, 2)
  })

  test('never leaves 1 to 4.5', () => {
    for (let rating = -20; rating <= 120; rating += 0.5) {
      expect(mosOf(rating)).toBeGreaterThanOrEqual(1)
      expect(mosOf(rating)).toBeLessThanOrEqual(4.5)
    }
  })
})
