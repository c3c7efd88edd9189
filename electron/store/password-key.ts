import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Makes 64 bytes of a password and a salt, slowly: whoever has the file pays for each guess. */
export type Derive = (password: string, salt: Buffer) => Promise<Buffer>

const HALF = 32
const NONCE = 12
const TAG = 16
/** 32 MiB a guess; about a tenth of a second, on a thread that is not the store's. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const

/** scrypt (RFC 7914). */
export const deriveByScrypt: Derive = (password, salt) =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, 2 * HALF, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })

export type Locked = { readonly salt: Buffer; readonly verifier: Buffer; readonly sealed: Buffer }

/** Locks words behind a password: one half of what it gives is compared, the other is the key. */
export async function lock(derive: Derive, password: string, words: string): Promise<Locked> {
  const salt = randomBytes(16)
  const derived = await derive(password, salt)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', derived.subarray(HALF), nonce)
  const body = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
  return {
    salt,
    verifier: Buffer.from(derived.subarray(0, HALF)),
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]),
  }
}

/** The words again; null where the password is another. */
export async function unlock(
  derive: Derive,
  password: string,
  { salt, verifier, sealed }: Locked,
): Promise<string | null> {
  const derived = await derive(password, salt)
  if (verifier.length !== HALF || !timingSafeEqual(derived.subarray(0, HALF), verifier)) return null
  const decipher = createDecipheriv('aes-256-gcm', derived.subarray(HALF), sealed.subarray(0, NONCE))
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
}
