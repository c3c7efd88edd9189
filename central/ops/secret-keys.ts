/**
 * The keys under which second factors stand in the database: `node central/ops/secret-keys.ts COMMAND`
 *   new ID    prints a new key, as SANXIN_CENTRAL_SECRET_KEYS takes it; changes nothing
 *   reseal    seals everything in SANXIN_CENTRAL_DATABASE_URL under the first key: the others may go then
 * Exit codes: 0 done, 1 refused (nothing was changed) or failed (its words say what is known), 2 wrong arguments.
 */
import { createSeal } from '../people/seal.ts'
import { KEYS_VARIABLE, newSecretKey, secretKeysSchema, withKeysFile } from '../people/secret-keys.ts'
import { resealSecrets, SecretsRefused } from '../people/secrets-at-rest.ts'
import { onDatabase } from './on-database.ts'

function wrong(words: string): never {
  process.stderr.write(
    `${words}\n用法 usage: node central/ops/secret-keys.ts new ID · ` +
      `SANXIN_CENTRAL_DATABASE_URL=postgres://… ${KEYS_VARIABLE}=… node central/ops/secret-keys.ts reseal\n`,
  )
  process.exit(2)
}

async function reseal(): Promise<void> {
  const environment = withKeysFile(process.env)
  if (!environment.ok) return wrong(environment.error.detail ?? '')
  const env = environment.value
  const url = env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  if (url === '') wrong('缺少 SANXIN_CENTRAL_DATABASE_URL · is not set')
  const keys = secretKeysSchema.safeParse(env[KEYS_VARIABLE] ?? '')
  if (!keys.success) wrong(`${KEYS_VARIABLE}: ${keys.error.issues[0]?.message ?? ''}`)
  await onDatabase(url, async (db) => {
    try {
      const done = await resealSecrets(db, createSeal(keys.data))
      process.stdout.write(`${JSON.stringify({ event: 'resealed', ...done })}\n`)
    } catch (error) {
      if (!(error instanceof SecretsRefused)) throw error
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 1
    }
  })
}

const [command, id = ''] = process.argv.slice(2)
if (command === 'new') {
  if (!/^[\w-]{1,16}$/.test(id)) wrong('缺少密钥名 · no ID (at most 16 letters, digits, - and _)')
  process.stdout.write(`${newSecretKey(id)}\n`)
} else if (command === 'reseal') await reseal()
else wrong('没有这个命令 · no such command')
