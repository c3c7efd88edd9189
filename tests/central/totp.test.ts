import { expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, STEP_MS, totpUri } from '../../central/people/totp.ts'

/** RFC 6238, appendix B: its secret for SHA-1 in base32, times in seconds, the last six of the eight digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const

test('the codes are those of RFC 6238', () => {
  for (const [seconds, code] of vectors)
    expect(stepOfCode(secret, code, seconds * 1000), code).toBe(Math.floor((seconds * 1000) / STEP_MS))
})

test('a code is taken in its own step, the one before and the one after; it is always of the same step', () => {
  const [step, code] = [41_152_263, '005924']
  const at = (steps: number) => stepOfCode(secret, code, (step + steps) * STEP_MS + 1)
  expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, step, step, step, null])
})

test('each secret is another, of 160 bits; its address names the number and no person', () => {
  const secrets = Array.from({ length: 20 }, newTotpSecret)
  expect(new Set(secrets).size).toBe(20)
  for (const made of secrets) expect(made).toMatch(/^[A-Z2-7]{32}$/)
  expect(totpUri(secret, '1010')).toBe(
    `otpauth://totp/Sanxin:1010?issuer=Sanxin&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  )
})
