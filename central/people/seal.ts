/**
 * Secrets that central must read again, as they stand in the database: AES-256-GCM (NIST SP 800-38D) under a key that
 * is kept elsewhere, with a nonce of their own, bound to whose they are (a staff number, a webhook): one that was put beside another is
 * unreadable there. `v1.KEYID.BASE64URL` of nonce (12 bytes), ciphertext, tag (16 bytes).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** 32 bytes, and the name that what it sealed carries. */
export type SecretKey = { readonly id: string; readonly key: Buffer }

export type Seal = {
  /** Whether there is a key. */
  readonly canSeal: boolean
  /** Seals under the first key; throws SecretUnreadable where there is none. */
  seal(secret: string, owner: string): string
  /** Throws SecretUnreadable for what no key here opens, for this owner. */
  open(sealed: string, owner: string): string
  /** Whether it is sealed under the first key. */
  isCurrent(stored: string): boolean
}

/** Carries no secret: its words may be shown and logged. */
export class SecretUnreadable extends Error {
  readonly code = 'secretUnreadable'
}

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'
const SEALED = /^v1\.([\w-]{1,16})\.([\w-]+)$/

/** Whether something stands sealed, under whatever key. */
export const isSealed = (stored: string) => SEALED.test(stored)

const boundTo = (id: string, owner: string) => Buffer.from(`sanxin totp ${id} ${owner}`)

function sealUnder({ id, key }: SecretKey, secret: string, owner: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(id, owner))
  const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `v1.${id}.${sealed.toString('base64url')}`
}

function openUnder({ id, key }: SecretKey, sealed: Buffer, owner: string): string {
  const end = sealed.length - TAG_BYTES
  if (end < NONCE_BYTES) throw new SecretUnreadable('a sealed secret is cut off')
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(boundTo(id, owner)).setAuthTag(sealed.subarray(end))
  try {
    return decipher.update(sealed.subarray(NONCE_BYTES, end), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new SecretUnreadable(`key ${id} does not open what bears its name`)
  }
}

/** Seals under the first of these keys, opens what any of them sealed. */
export function createSeal(keys: readonly SecretKey[]): Seal {
  const [current] = keys
  const byId = new Map(keys.map((one) => [one.id, one]))
  return {
    canSeal: current !== undefined,
    seal: (secret, owner) => {
      if (current === undefined) throw new SecretUnreadable('there is no key')
      return sealUnder(current, secret, owner)
    },
    open: (stored, owner) => {
      const [, id = '', sealed = ''] = SEALED.exec(stored) ?? []
      const key = byId.get(id)
      if (key === undefined) throw new SecretUnreadable(id === '' ? 'a secret stands in clear' : `no key ${id}`)
      return openUnder(key, Buffer.from(sealed, 'base64url'), owner)
    },
    isCurrent: (stored) => current !== undefined && SEALED.exec(stored)?.[1] === current.id,
  }
}
