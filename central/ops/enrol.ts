/**
 * Enrols desks: `node central/ops/enrol.ts [--name WORDS] [--team TEAM]` prints a code that one desk may use within
 * 24 hours (desks of one team follow what each of them opens, as long as the shift lasts); `--exchange NAME` prints the
 * credential of an exchange, for `ledger.ts` there; `--list` shows desks and exchanges, `--revoke DEVICEID` shuts one out. The database is SANXIN_CENTRAL_DATABASE_URL.
 */
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { openPostgres } from '../db/postgres.ts'
import { createDevices, type Devices } from '../devices/service.ts'

type Asked = {
  readonly name: string
  readonly team: string | null
  readonly exchange?: string | null
  readonly revoke: string | null
  readonly list: boolean
}

function readAsked(): { databaseUrl: string; asked: Asked } {
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      options: { name: text, team: text, exchange: text, revoke: text, list: { type: 'boolean' } },
    })
    const { name = '', exchange = null, revoke = null, list = false } = values
    // No team, and one without a name, are the same.
    const asked = { name, team: values.team || null, exchange, revoke, list }
    const wrongId = asked.revoke !== null && !z.uuid().safeParse(asked.revoke).success
    const wrongName = exchange !== null && !/^[\w.-]{1,64}$/.test(exchange)
    if (databaseUrl !== '' && !wrongId && !wrongName) return { databaseUrl, asked }
  } catch {
    // An option that is unknown: the usage says which there are.
  }
  process.stderr.write(
    `用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/enrol.ts [--name WORDS] [--team TEAM] | [--exchange NAME | --list | --revoke DEVICEID]\n`,
  )
  process.exit(2)
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
  const db = openPostgres(databaseUrl, { connections: 1 })
  const devices = createDevices(db, { now: () => Date.now() })
  const lines = await enrolDesk(devices, asked, `ops:${userInfo().username}`)
  await db.close()
  if (lines === null) process.stderr.write('没有这台在用的设备 · no such device is enrolled\n')
  for (const line of lines ?? []) process.stdout.write(`${JSON.stringify(line)}\n`)
  process.exitCode = lines === null ? 1 : 0
}
