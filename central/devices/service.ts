/**
 * The desks as devices: enrolled once with an administrator's code, each with the one store file it speaks for; and the
 * exchanges, whose credential is made where it is asked for.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ports.ts'
import type { EnrolResponse } from '../../shared/sync/protocol.ts'
import { appendAudit } from '../audit/sql.ts'
import type { Db, Tx } from '../db/db.ts'
import { lockName } from '../db/sql.ts'
import type { Device } from '../http/access.ts'
import { DEMO_ENROLMENT, DEMO_EXCHANGE } from '../people/demo.ts'
import { deskCodeOf } from '../people/desk-code.ts'
import { hashEnrolmentCode, newEnrolmentCode } from './enrolment-code.ts'
import * as devices from './sql.ts'

/** How long a code may be used, in ms. */
export const CODE_MS = 24 * 3_600_000
/** Wrong codes a minute, over all who try at one node; guessing fifty bits at this rate leads nowhere. */
export const WRONG_A_MINUTE = 10
const MINUTE_MS = 60_000

export type Devices = {
  /** A new one-time code for a desk that sits with `team`; it is told once and stored only as its hash. */
  newCode(name: string, team?: string | null, by?: string | null): Promise<{ code: string; expiresAt: number }>
  enrol(request: { code: string; storeId: string }): Promise<Result<EnrolResponse>>
  /** Binds a device to a store that was made anew; answers its desk code. */
  bindStore(device: Device, storeId: string): Promise<string>
  /** The device of a credential `id.secret`; null for an unknown or revoked one. */
  findDevice(credential: string): Promise<Device | null>
  /** A credential for what tells of an exchange's calls: told once, and stored only as its hash. */
  addExchange(exchange: string): Promise<{ deviceId: string; credential: string }>
  /** The exchange of a credential; null for an unknown or revoked one, and for a desk's. */
  findExchange(credential: string): Promise<string | null>
  /** False where there is no such device that is in use. `by` is who revokes, as the audit names them. */
  revoke(deviceId: string, by?: string | null): Promise<boolean>
  /** The codes that were made and that no desk has used by this time (ms). */
  openCodes(at: number): Promise<Pick<devices.Enrolment, 'name' | 'team' | 'expiresAt'>[]>
  list(): Promise<devices.ListedDevice[]>
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

async function deskCodeFor(sql: Tx, storeId: string, at: number): Promise<string> {
  const known = await devices.selectDeskCode(sql, storeId)
  if (known !== null) return known
  await lockName(sql, 'sanxin.devices')
  const meanwhile = await devices.selectDeskCode(sql, storeId)
  if (meanwhile !== null) return meanwhile
  const ordinal = await devices.selectNextOrdinal(sql)
  const deskCode = deskCodeOf(ordinal)
  await devices.insertStore(sql, storeId, ordinal, deskCode, at)
  return deskCode
}

/**
 * The device speaks for this store from now on; answers the store's desk code. The id is random and only its desk
 * knows it: whoever names it is that desk, also when it was enrolled anew.
 */
export async function bindStore(sql: Tx, deviceId: string, storeId: string, at: number): Promise<string> {
  await lockName(sql, `store:${storeId.toLowerCase()}`)
  const deskCode = await deskCodeFor(sql, storeId, at)
  await devices.updateDeviceStore(sql, deviceId, storeId)
  return deskCode
}

const credentialShape = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([\w-]{43})$/i

/** The devices over a database and a clock. */
export function createDevices(db: Db, clock: Clock): Devices {
  /** When wrong codes were tried here, in the last minute. */
  let wrong: number[] = []
  /** One code after the other: of many that come at once only so many may be wrong. */
  let last: Promise<unknown> = Promise.resolve()

  async function tryCode({ code, storeId }: { code: string; storeId: string }): Promise<Result<EnrolResponse>> {
    const at = clock.now()
    wrong = wrong.filter((time) => at - time < MINUTE_MS)
    if (wrong.length >= WRONG_A_MINUTE) return fail('tooMany')
    const codeHash = await hashEnrolmentCode(code)
    const secret = randomBytes(32).toString('base64url')
    const deviceId = randomUUID()
    const deskCode = await db.tx('sanxin_people', async (sql) => {
      const enrolment = await devices.useEnrolment(sql, codeHash, at)
      if (enrolment === null) return null
      await devices.insertDevice(sql, { deviceId, secretHash: hashSecret(secret), ...enrolment, at })
      const bound = await bindStore(sql, deviceId, storeId, at)
      const record = { at, actor: null, place: storeId.toLowerCase(), object: deviceId }
      await appendAudit(sql, { ...record, action: 'device.enrolled' })
      return bound
    })
    if (deskCode !== null) return ok({ deviceId, secret, deskCode })
    wrong.push(at)
    return fail('wrongCode')
  }

  return {
    async newCode(name, team = null, by = null) {
      const code = newEnrolmentCode()
      const codeHash = await hashEnrolmentCode(code)
      const at = clock.now()
      const expiresAt = at + CODE_MS
      await db.tx('sanxin_people', async (sql) => {
        await devices.insertEnrolment(sql, { codeHash, name, team, expiresAt, reusable: false })
        await appendAudit(sql, { at, actor: by, place: null, action: 'device.codeMade', detail: { name, team } })
      })
      return { code, expiresAt }
    },
    enrol(request) {
      const turn = last.then(() => tryCode(request))
      last = turn.catch(() => undefined)
      return turn
    },
    bindStore: ({ deviceId, storeId: place }, storeId) =>
      db.tx('sanxin_people', async (sql) => {
        const at = clock.now()
        const deskCode = await bindStore(sql, deviceId, storeId, at)
        const object = storeId.toLowerCase()
        if (place !== object) await appendAudit(sql, { at, actor: null, place, action: 'desk.bound', object })
        return deskCode
      }),
    async findDevice(credential) {
      const [, deviceId, secret] = credentialShape.exec(credential) ?? []
      if (deviceId === undefined || secret === undefined) return null
      return db.tx('sanxin_gate', (sql) => devices.selectDevice(sql, deviceId, hashSecret(secret)))
    },
    async addExchange(exchange) {
      const at = clock.now()
      const deviceId = randomUUID()
      const secret = randomBytes(32).toString('base64url')
      await db.tx('sanxin_people', async (sql) => {
        await devices.insertExchange(sql, { deviceId, secretHash: hashSecret(secret), exchange, at })
        const record = { at, actor: null, place: null, object: deviceId, detail: { exchange } }
        await appendAudit(sql, { ...record, action: 'device.enrolled' })
      })
      return { deviceId, credential: `${deviceId}.${secret}` }
    },
    async findExchange(credential) {
      const [, deviceId, secret] = credentialShape.exec(credential) ?? []
      if (deviceId === undefined || secret === undefined) return null
      return db.tx('sanxin_gate', (sql) => devices.selectExchange(sql, deviceId, hashSecret(secret)))
    },
    revoke: (deviceId, by = null) =>
      db.tx('sanxin_people', async (sql) => {
        const at = clock.now()
        const revoked = await devices.revokeDevice(sql, deviceId, at)
        if (revoked) await appendAudit(sql, { at, actor: by, place: null, action: 'device.revoked', object: deviceId })
        return revoked
      }),
    list: () => db.tx('sanxin_people', devices.selectDevices),
    openCodes: (at) => db.tx('sanxin_people', (sql) => devices.selectOpenCodes(sql, at)),
  }
}

/** Adds the demo's code, which may be used again and again; it exists only where the demo was asked for. */
export async function seedDemoEnrolment(db: Db): Promise<void> {
  const codeHash = await hashEnrolmentCode(DEMO_ENROLMENT)
  const enrolment = { codeHash, name: '演示', team: null, expiresAt: Number.MAX_SAFE_INTEGER, reusable: true }
  await db.tx('sanxin_people', (sql) => devices.insertEnrolment(sql, enrolment))
}

/** Adds the credential of the demo's exchange, which everybody knows; it exists only where the demo was asked for. */
export async function seedDemoExchange(db: Db, clock: Clock): Promise<void> {
  const [deviceId = '', secret = ''] = DEMO_EXCHANGE.split('.')
  const demo = { deviceId, secretHash: hashSecret(secret), exchange: 'demo', at: clock.now() }
  await db.tx('sanxin_people', (sql) => devices.insertExchange(sql, demo))
}
