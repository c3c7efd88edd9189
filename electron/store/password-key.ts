import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'

/** Makes 64 bytes of a password and a salt, slowly: whoever has the file pays for each guess. */
export type Derive = (password: string, salt: Buffer) => Promise<Buffer>

const HALF = 32
const NONCE = 12
const TAG = 16
/** 32 MiB a guess; some tenths of a second. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const

/** Beside this file, as source and as it is built. */
const THREAD = join(import.meta.dirname, `derive-thread${extname(import.meta.filename)}`)

/** What the thread is given. */
export type Derivation = {
  readonly password: string
  readonly salt: Uint8Array
  readonly bytes: number
  readonly cost: ScryptOptions
}

async function onThread(thread: string, derivation: Derivation): Promise<Buffer> {
  const worker = new Worker(thread, { workerData: derivation })
  const [key] = (await once(worker, 'message')) as [Uint8Array]
  return Buffer.from(key)
}

function onThisThread({ password, salt, bytes, cost }: Derivation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/**
 * scrypt (RFC 7914), on a thread of our own: in Electron the asynchronous one of Node derives the key once before it
 * returns, to check its parameters (BoringSSL), and nothing is saved for so long. Where no thread can be had that is
 * better than nobody signed in, and logged.
 */
export function createDerive(log: Log = () => {}, thread = THREAD): Derive {
  return (password, salt) => {
    const derivation = { password: password.normalize('NFC'), salt, bytes: 2 * HALF, cost: COST }
    return onThread(thread, derivation).catch((error: unknown) => {
      log('deriveThreadFailed', faultOf(error))
      return onThisThread(derivation)
    })
  }
}

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
