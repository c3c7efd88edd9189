/** When each desk was last heard and in which version: written once a minute, for the administration's list. */
import type { Clock, Log } from '../../shared/ports.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Db } from '../db/db.ts'
import type { Device } from '../http/access.ts'
import { updateSeen } from './sql.ts'

const MINUTE_MS = 60_000
/** How a desk names its version: `Sanxin/0.1.0` in User-Agent (RFC 9110 §10.1.5). */
const PRODUCT = /^Sanxin\/([\w.+-]{1,40})$/

/** Notes that a device spoke, and what it said it is. A database that refuses it keeps nobody from what he asked for. */
export function createSeen(db: Db, clock: Clock, log: Log) {
  const written = new Map<string, number>()
  return async ({ deviceId }: Device, userAgent: string | undefined): Promise<void> => {
    const at = clock.now()
    const before = written.get(deviceId)
    if (before !== undefined && at - before < MINUTE_MS) return
    written.set(deviceId, at)
    const version = PRODUCT.exec(userAgent ?? '')?.[1] ?? null
    try {
      await db.tx('sanxin_people', (sql) => updateSeen(sql, deviceId, at, version))
    } catch (error) {
      written.delete(deviceId)
      log('deskSeenFailed', faultOf(error))
    }
  }
}
