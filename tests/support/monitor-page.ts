/** The demo's monitor at the page of the administration, as her browser speaks to central. */
import { Secret, TOTP } from 'otpauth'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import type { TableBodies, TableName } from '../../shared/tables/tables.ts'

export type MonitorPage = {
  /** Publishes a table upon version `base`; throws where central refuses it. */
  publish<N extends TableName>(name: N, base: number, body: TableBodies[N]): Promise<void>
}

/** Signs her in with her second factor, by the clock of central at `url`. */
export async function openMonitorPage(url: string): Promise<MonitorPage> {
  let cookie = ''
  const ask = async (method: string, path: string, body: object) => {
    const { origin } = new URL(url)
    const headers = { 'content-type': 'application/json', 'x-sanxin-page': '1', origin, cookie }
    const answer = await fetch(new URL(path, url), { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const code = new TOTP({ secret: Secret.fromBase32(DEMO_TOTP_SECRET) }).generate()
  const entered = await ask('POST', '/admin/sign-in', { staffNo: '1010', password: DEMO_PASSWORD, code })
  cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return {
    async publish(name, base, body) {
      await ask('PUT', `/tables/${name}`, { base, body, why: '试用' })
    },
  }
}
