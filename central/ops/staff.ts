/**
 * People: `node central/ops/staff.ts COMMAND NUMBER` on the database of SANXIN_CENTRAL_DATABASE_URL.
 *   add NUMBER --name NAME --role ROLE [--unit UNITID] [--team TEAM] [--extension E --line-password P --domain D]   password on stdin
 *   change NUMBER [--name NAME] [--role ROLE] [--team TEAM] [--extension E --line-password P --domain D]
 *   deactivate NUMBER · activate NUMBER · unlock NUMBER
 *   reset-totp NUMBER                                                     a new second factor, for who needs one
 *   reset-password NUMBER                                                                           password on stdin
 * A monitor's or an administrator's otpauth:// address is printed by `add`, `change` and `reset-totp`, once: it holds the secret.
 * Exit codes: 0 done, 1 refused (nothing was changed) or failed (its words say what is known), 2 wrong arguments.
 */
import { userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { isPassword, SHORTEST_PASSWORD } from '../../shared/people/password.ts'
import { staffRoles, type StaffRole } from '../../shared/people/staff-role.ts'
import { may } from '../../shared/people/roles.ts'
import type { Result } from '../../shared/errors.ts'
import { createSeal, SecretUnreadable } from '../people/seal.ts'
import { KEYS_VARIABLE, secretKeysSchema, withKeysFile } from '../people/secret-keys.ts'
import { SecretsRefused, settleSecrets } from '../people/secrets-at-rest.ts'
import { createStaffChanges, type TotpUri } from '../people/staff-changes.ts'
import { onDatabase } from './on-database.ts'

function wrong(words: string): never {
  process.stderr.write(
    `${words}\n用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/staff.ts ` +
      `add|change|deactivate|activate|unlock|reset-password|reset-totp NUMBER [--name NAME --role ${staffRoles.join('|')} --unit UNIT --team TEAM ` +
      `--extension E --line-password P --domain D]\n`,
  )
  process.exit(2)
}

function readArguments() {
  try {
    const option = { type: 'string' } as const
    return parseArgs({
      allowPositionals: true,
      options: {
        name: option,
        role: option,
        unit: option,
        team: option,
        extension: option,
        'line-password': option,
        domain: option,
      },
    })
  } catch (error) {
    return wrong(error instanceof Error ? error.message : '')
  }
}

const { positionals, values } = readArguments()
const [command = '', staffNo = ''] = positionals
const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
if (databaseUrl === '') wrong('缺少 SANXIN_CENTRAL_DATABASE_URL · is not set')
if (!/^[\w-]{1,20}$/.test(staffNo)) wrong('缺少工号 · no staff number')

/** One line on stdin: a password given as an argument would stand in the list of processes. */
async function password(): Promise<string> {
  const [line = ''] = (await text(process.stdin)).split('\n')
  if (!isPassword(line))
    wrong(`密码至少 ${SHORTEST_PASSWORD} 位，从标准输入读取 · a password of ${SHORTEST_PASSWORD} characters on stdin`)
  return line
}

function roleOf(): StaffRole {
  return staffRoles.find((role) => role === values.role) ?? wrong('--role')
}

function lineOf() {
  const { extension, domain, 'line-password': linePassword } = values
  if (extension === undefined && domain === undefined && linePassword === undefined) return null
  if (extension === undefined || domain === undefined || linePassword === undefined)
    return wrong('--extension --line-password --domain')
  return { extension, password: linePassword, domain }
}

const environment = withKeysFile(process.env)
if (!environment.ok) wrong(environment.error.detail ?? '')
const keys = secretKeysSchema.optional().safeParse(environment.value[KEYS_VARIABLE] || undefined)
if (!keys.success) wrong(`${KEYS_VARIABLE}: ${keys.error.issues[0]?.message ?? ''}`)
const seal = createSeal(keys.data ?? [])
const commandsOf = (
  changes: ReturnType<typeof createStaffChanges>,
): Readonly<Record<string, () => Promise<Result<TotpUri>>>> => ({
  add: async () => {
    const role = roleOf()
    const line = lineOf()
    if (may(role, 'sync') && line === null) return wrong('--extension --line-password --domain')
    const person = { staffNo, name: values.name ?? wrong('--name'), role, unit: values.unit ?? null, line }
    const team = values.team === undefined ? {} : { team: values.team }
    return changes.add({ ...person, ...team, password: await password() })
  },
  change: () => {
    const { name, team, role } = values
    const line = lineOf()
    const wanted = { ...(name === undefined ? {} : { name }), ...(team === undefined ? {} : { team }) }
    const more = { ...(role === undefined ? {} : { role: roleOf() }), ...(line === null ? {} : { line }) }
    if (Object.keys({ ...wanted, ...more }).length === 0) return wrong('--name --role --team --extension')
    return changes.change(staffNo, { ...wanted, ...more })
  },
  deactivate: () => changes.deactivate(staffNo),
  activate: () => changes.activate(staffNo),
  unlock: () => changes.unlock(staffNo),
  'reset-totp': () => changes.resetTotp(staffNo),
  'reset-password': async () => changes.resetPassword(staffNo, await password()),
})
await onDatabase(databaseUrl, async (db) => {
  const changes = createStaffChanges(db, { now: () => Date.now() }, `ops:${userInfo().username}`, seal)
  const run = commandsOf(changes)[command] ?? (() => wrong('没有这个命令 · no such command'))
  try {
    // Under another key than the nodes' a new secret would open nothing.
    if (seal.canSeal) await settleSecrets(db, seal)
    const done = await run()
    const uri = done.ok ? done.value : null
    process.stdout.write(
      `${JSON.stringify(done.ok ? { event: 'done', command, staffNo, ...(uri === null ? {} : { otpauth: uri }) } : { event: 'refused', ...done.error })}\n`,
    )
    if (uri !== null)
      process.stderr.write(
        '动态验证码密钥只显示这一次，请立即录入本人的验证器 · shown once: enter it in their authenticator\n',
      )
    process.exitCode = done.ok ? 0 : 1
  } catch (error) {
    if (!(error instanceof SecretsRefused || error instanceof SecretUnreadable)) throw error
    process.stderr.write(`${KEYS_VARIABLE}: ${error.message}\n`)
    process.exitCode = 1
  }
})
