/**
 * Enrols desks: `node central/ops/enrol.ts [--name WORDS] [--team TEAM]` prints a code that one desk may use within
 * 24 hours (desks of one team follow what each of them opens, as long as the shift lasts); `--exchange NAME` prints the
 * credential of an exchange, for `ledger.ts` there; `--list` shows desks and exchanges, `--revoke DEVICEID` shuts one out. The database is SANXIN_CENTRAL_DATABASE_URL.
 */
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createDevices, type Devices } from '../devices/service.ts'
import { onDatabase } from './on-database.ts'

type Asked = {
  readonly name: string
  readonly team: string | null
  readonly exchange?: string | null
  readonly revoke: string | null
  readonly list: boolean
}

function wrong(words: string): never {
  process.stderr.write(
    `${words}\n用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/enrol.ts [--name WORDS] [--team TEAM] | [--exchange NAME | --list | --revoke DEVICEID]\n`,
  )
  process.exit(2)
}

function readOptions() {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      options: { name: text, team: text, exchange: text, revoke: text, list: { type: 'boolean' } },
    })
    return values
  } catch (error) {
    return wrong(error instanceof Error ? error.message : '')
  }
}

function readAsked(): { databaseUrl: string; asked: Asked } {
  const { name = '', team, exchange = null, revoke = null, list = false } = readOptions()
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  if (databaseUrl === '') wrong('缺少 SANXIN_CENTRAL_DATABASE_URL · is not set')
  if (revoke !== null && !z.uuid().safeParse(revoke).success)
    wrong('设备编号不对，--list 列出各台设备 · not the id of a device: --list shows them')
  if (exchange !== null && !/^[\w.-]{1,64}$/.test(exchange))
    wrong(
      '交换机名称只用字母、数字、点、- 和 _，最多 64 个 · an exchange is named by at most 64 letters, digits, dots, - and _',
    )
  // No team, and one without a name, are the same.
  return { databaseUrl, asked: { name, team: team || null, exchange, revoke, list } }
}

/** Does what was asked; answers the lines to print, or null where there is no such desk to revoke. */
export async function enrolDesk(
  devices: Devices,
  { name, team, exchange = null, revoke, list }: Asked,
  by: string | null = null,
): Promise<object[] | null> {
  if (list) return devices.list()
  if (exchange !== null) return [{ event: 'exchangeCredential', exchange, ...(await devices.addExchange(exchange)) }]
  if (revoke === null) return [{ event: 'enrolmentCode', ...(await devices.newCode(name, team, by)) }]
  return (await devices.revoke(revoke, by)) ? [{ event: 'revoked', deviceId: revoke }] : null
}

if (import.meta.main) {
  const { databaseUrl, asked } = readAsked()
  await onDatabase(databaseUrl, async (db) => {
    const devices = createDevices(db, { now: () => Date.now() })
    const lines = await enrolDesk(devices, asked, `ops:${userInfo().username}`)
    if (lines === null) process.stderr.write('没有这台在用的设备 · no such device is enrolled\n')
    for (const line of lines ?? []) process.stdout.write(`${JSON.stringify(line)}\n`)
    process.exitCode = lines === null ? 1 : 0
  })
}
