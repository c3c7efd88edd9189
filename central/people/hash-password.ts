import { hash } from '@node-rs/argon2'

// OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane.
// (argon2id is the library's default; its enum exists for the type checker only.)
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** What is stored of a password. */
export function hashPassword(password: string | Uint8Array): Promise<string> {
  return hash(password, argon2id)
}
