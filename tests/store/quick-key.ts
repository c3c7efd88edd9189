import { createHash } from 'node:crypto'
import type { Derive } from '../../electron/store/password-key.ts'

/** A password's key without the price of scrypt. */
export const quickKey: Derive = (password, salt) =>
  Promise.resolve(createHash('sha512').update(salt).update(password).digest())
