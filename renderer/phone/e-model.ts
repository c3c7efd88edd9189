/**
 * How a line sounds, reckoned from what the network does to it: the E-model of ITU-T G.107 (06/2015) with all the
 * parameters that cannot be measured here at their defaults (its Table 2).
 */

/** Ie, the codec's own impairment, and Bpl, how well it bears packet loss (ITU-T G.113, Appendix I). */
export type Codec = { readonly ie: number; readonly bpl: number }

/**
 * G.711 with packet loss concealment, which every WebRTC receiver does: Ie 0, Bpl 25.1 (G.113, Appendix I). G.113 has
 * no narrowband value for Opus; it is taken as that one, which flatters nobody: the citizen comes over a telephone.
 */
export const codecs = { g711: { ie: 0, bpl: 25.1 }, opus: { ie: 0, bpl: 25.1 } } as const satisfies Record<
  string,
  Codec
>

/** Ro − Is with all defaults: the rating of a line without delay and loss (G.107, clause 7.7). */
const DEFAULT_R = 93.2

/** Ie,eff of random loss in percent, BurstR 1 (G.107, clause 7.5). */
export function lossImpairment(lossPercent: number, { ie, bpl }: Codec): number {
  return ie + ((95 - ie) * lossPercent) / (lossPercent + bpl)
}

/** Idd of the absolute one-way delay in ms (G.107, clause 7.4); without echo, Id is Idd. */
export function delayImpairment(delayMs: number): number {
  if (delayMs <= 100) return 0
  const x = Math.log2(delayMs / 100)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/** The mean opinion score, 1 to 4.5, of a rating (G.107, Annex B). */
export function mosOf(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}

/** The scores down to which users are satisfied, and down to which only some are not: ratings 80 and 70 (Table B.1). */
export const limits = { satisfied: mosOf(80), someNot: mosOf(70) } as const

/** The score of one direction: loss as a share (0 to 1), the delay from mouth to ear in ms. */
export function scoreOf(line: { readonly loss: number; readonly delayMs: number; readonly codec: Codec }): number {
  return mosOf(DEFAULT_R - delayImpairment(line.delayMs) - lossImpairment(line.loss * 100, line.codec))
}
