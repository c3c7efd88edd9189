/** Codes by time (RFC 6238), as every authenticator makes them: SHA-1, six digits, 30 s. */
import { Secret, TOTP } from 'otpauth'

/** How long a code is shown, in milliseconds. */
export const STEP_MS = 30_000
/** A code of the step before or after is taken, too: clocks differ, and typing takes time. */
const WINDOW = 1
const SECRET_BYTES = 20
const ISSUER = 'Sanxin'

function totpOf(secret: string, label = ''): TOTP {
  const how = { algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000 } as const
  return new TOTP({ ...how, issuer: ISSUER, label, secret: Secret.fromBase32(secret) })
}

/** A new secret, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** What an authenticator takes up; it holds the secret. */
export function totpUri(secret: string, staffNo: string): string {
  return totpOf(secret, staffNo).toString()
}

/** The step whose code this is, of the one at `at` and those beside it; null for a wrong code. */
export function stepOfCode(secret: string, code: string, at: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: at, window: WINDOW })
  return delta === null ? null : Math.floor(at / STEP_MS) + delta
}
