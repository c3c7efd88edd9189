/** Stands for central/people/hash-password.ts where thousands sign in: a hash names its own cost, and this one is soon tried. */
import { hash } from '@node-rs/argon2'

export function hashPassword(password: string | Uint8Array): Promise<string> {
  return hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
}
