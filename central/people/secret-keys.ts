/** The keys that secrets are sealed under: as a setting names them, and as they are made. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { DEMO_SECRET_KEYS } from './demo.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { createSeal, KEY_BYTES, type SecretKey } from './seal.ts'

export const KEYS_VARIABLE = 'SANXIN_CENTRAL_SECRET_KEYS'
export const KEYS_FILE_VARIABLE = 'SANXIN_CENTRAL_SECRET_KEYS_FILE'

const RULE = 'must be ID:KEY, several by commas, each key 32 bytes in base64 (node central/ops/secret-keys.ts new ID)'

/** Several by commas or line by line; null where one is none, or two have one name. */
function parseKeys(text: string): SecretKey[] | null {
  const keys: SecretKey[] = []
  for (const one of text.split(/[,\s]+/).filter((part) => part !== '')) {
    const [, id = '', base64 = ''] = /^([\w-]{1,16}):([A-Za-z0-9+/]{43}=)$/.exec(one) ?? []
    const key = Buffer.from(base64, 'base64')
    if (key.length !== KEY_BYTES || keys.some((other) => other.id === id)) return null
    keys.push({ id, key })
  }
  return keys
}

/** The setting's text as keys; the first one seals. Its refusal does not repeat the value. */
export const secretKeysSchema = z.string().transform((text, context) => {
  const keys = parseKeys(text)
  if (keys !== null && keys.length > 0) return keys
  context.addIssue({ code: 'custom', message: RULE })
  return z.NEVER
})

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment with the keys out of the file that it names, where it does not name the keys themselves; a file that
 * cannot be read, or has none, is `invalidInput`, with words for who starts it.
 */
export function withKeysFile(env: Environment): Result<Environment> {
  const file = env[KEYS_FILE_VARIABLE] ?? ''
  if (file === '' || (env[KEYS_VARIABLE] ?? '') !== '') return ok(env)
  const wrong = (why: string) => fail('invalidInput', `${KEYS_FILE_VARIABLE}: ${file} ${why}`)
  try {
    const text = readFileSync(file, 'utf8')
    return text.trim() === '' ? wrong(`里没有密钥 · has no key`) : ok({ ...env, [KEYS_VARIABLE]: text })
  } catch (error) {
    return wrong(`读不到 · cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
}

/** A new key, as the setting takes it. */
export const newSecretKey = (id: string) => `${id}:${randomBytes(KEY_BYTES).toString('base64')}`

/** What the demo's secret is sealed under: as well known as that. */
export const demoKeys: readonly SecretKey[] = secretKeysSchema.parse(DEMO_SECRET_KEYS)
export const demoSeal = createSeal(demoKeys)
