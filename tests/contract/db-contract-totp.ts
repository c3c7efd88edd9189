/** The second factor (H19): a code opens once, over all nodes, on central's clock alone. */
import { randomBytes, randomInt } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import { dbRoles, sqlState } from '../../central/db/db.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import { LOCK_MS, TRIES } from '../../central/people/lockout.ts'
import { demoKeys, demoSeal } from '../../central/people/secret-keys.ts'
import { createSeal, isSealed } from '../../central/people/seal.ts'
import { resealSecrets, SecretsRefused, settleSecrets } from '../../central/people/secrets-at-rest.ts'
import { createStaffChanges } from '../../central/people/staff-changes.ts'
import { STEP_MS } from '../../central/people/totp.ts'
import { claimStep, selectTotpSecrets } from '../../central/people/totp-sql.ts'
import type { OpenDb } from './open-db.ts'
import { addOfEachRole, codeAt, enrol, nextId, post, staffNoOf, startCentral, type Central } from './db-fixture.ts'

const wrong = { status: 401, body: { code: 'codeWrong' } }
const required = { status: 401, body: { code: 'codeRequired' } }

export function totpContract(openDb: OpenDb): void {
  describe('the second factor', () => {
    let central: Central
    let other: Central
    const devices = new Map<Central, string>()
    beforeAll(async () => {
      central = await startCentral(await openDb())
      // A second node over the same database.
      other = await startCentral(central.db)
      await addOfEachRole(central.db)
      // Over one database: the same desk, whichever node it asks.
      const device = await enrol(central.app)
      for (const node of [central, other]) devices.set(node, device)
    })
    afterAll(async () => {
      await other.app.close()
      await central.app.close()
      await central.db.close()
    })
    // Whatever was used or guessed before is long ago.
    beforeEach(() => {
      central.clock.time = Math.ceil((central.clock.time + LOCK_MS) / STEP_MS) * STEP_MS
      other.clock.time = central.clock.time
    })

    const ask = async (staffNo: string, code?: string, password = DEMO_PASSWORD, node = central) => {
      // Administrators work at no desk.
      const [storeId, headers] =
        staffNo === staffNoOf('administrator')
          ? [null, {}]
          : [nextId(), { authorization: `Device ${must(devices.get(node), 'a device')}` }]
      const payload = { staffNo, password, storeId, ...(code === undefined ? {} : { code }) }
      const answer = await node.app.inject({ method: 'POST', url: '/sign-in', payload, headers })
      return { status: answer.statusCode, body: answer.json<{ code?: string; token?: string }>() }
    }
    const now = () => central.clock.time
    /** A code that is right at no time near now. */
    const guess = () => {
      const near = new Set([-1, 0, 1].map((step) => codeAt(now() + step * STEP_MS)))
      for (;;) {
        const code = String(randomInt(1_000_000)).padStart(6, '0')
        if (!near.has(code)) return code
      }
    }
    const changes = () => createStaffChanges(central.db, central.clock, 'ops:tests', demoSeal)
    const actions = async (): Promise<string[]> => {
      const rows = await central.db.tx('owner', (sql) =>
        sql.query<{ action: string; actor: string | null; object: string | null }>(
          'select action, actor, object from audit where at = $1::bigint order by seq',
          [now()],
        ),
      )
      return rows.map(({ action, actor, object }) => `${action} ${actor ?? '-'} ${object ?? '-'}`)
    }

    /** The secret as it stands in the database. */
    const storedOf = async (staffNo: string): Promise<string> => {
      const all = await central.db.tx('sanxin_people', selectTotpSecrets)
      return must(all.find((one) => one.staffNo === staffNo)?.stored, 'a secret')
    }
    const store = (staffNo: string, stored: string) =>
      central.db.tx('owner', (sql) =>
        sql.query('update staff set totp_secret = $2::text where staff_no = $1::text', [staffNo, stored]),
      )

    for (const role of ['monitor', 'administrator'] as const)
      it(`H19.1 ${role}: the right password alone opens nothing, and with the right code it does`, async () => {
        const staffNo = staffNoOf(role)
        expect(await ask(staffNo)).toEqual(required)
        expect(await ask(staffNo, guess())).toEqual(wrong)
        expect((await ask(staffNo, codeAt(now()))).status).toBe(200)
      })

    it('H19.1 a wrong password is answered as ever, whatever code comes with it; other roles are asked for none', async () => {
      const refused = { status: 401, body: { code: 'wrongPassword' } }
      expect(await ask('1010', undefined, 'wrong')).toEqual(refused)
      expect(await ask('1010', codeAt(now()), 'wrong')).toEqual(refused)
      // That code was not looked at: it still opens.
      expect((await ask('1010', codeAt(now()))).status).toBe(200)
      expect((await ask('1001')).status).toBe(200)
      expect((await ask('1001', guess())).status).toBe(200)
    })

    it('H19.1 whether a role works there is said only to who has both', async () => {
      // A monitor away from any desk.
      const send = async (more: object) => {
        const payload = { staffNo: '1010', password: DEMO_PASSWORD, storeId: null, ...more }
        return (await central.app.inject({ method: 'POST', url: '/sign-in', payload })).json<object>()
      }
      expect(await send({})).toEqual({ code: 'codeRequired' })
      expect(await send({ code: guess() })).toEqual({ code: 'codeWrong' })
      expect(await send({ code: codeAt(now()) })).toEqual({ code: 'forbidden' })
    })

    it('H19.2 a code opens once, and none before it any more', async () => {
      const [before, code] = [codeAt(now() - STEP_MS), codeAt(now())]
      expect((await ask('1010', code)).status).toBe(200)
      expect(await ask('1010', code)).toEqual(wrong)
      expect(await ask('1010', code, DEMO_PASSWORD, other)).toEqual(wrong)
      expect(await ask('1010', before)).toEqual(wrong)
      central.clock.time += STEP_MS
      expect((await ask('1010', codeAt(now()))).status).toBe(200)
    })

    it('H19.2 of two nodes that are given the same code at once, one lets in', async () => {
      for (let round = 0; round < 4; round += 1) {
        central.clock.time += LOCK_MS
        other.clock.time = now()
        const code = codeAt(now())
        const nodes = [central, other, central, other]
        const answers = await Promise.all(nodes.map((node) => ask('1010', code, DEMO_PASSWORD, node)))
        expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401])
      }
    })

    it('H19.3 an authenticator whose clock is 30 s off is believed, one that is 90 s off is not', async () => {
      for (const off of [-30_000, 30_000]) {
        central.clock.time += LOCK_MS
        expect((await ask('1010', codeAt(now() + off))).status, String(off)).toBe(200)
      }
      for (const off of [-90_000, 90_000]) {
        central.clock.time += LOCK_MS
        expect(await ask('1010', codeAt(now() + off)), String(off)).toEqual(wrong)
      }
    })

    it('H19.4 wrong codes lock a number as wrong passwords do, over all nodes, against the right code too', async () => {
      for (let tried = 0; tried < TRIES; tried += 1)
        expect(await ask('1010', guess(), DEMO_PASSWORD, tried % 2 === 0 ? central : other)).toEqual(wrong)
      const locked = { status: 423, body: { code: 'lockedOut', detail: '15' } }
      expect(await ask('1010', codeAt(now()))).toEqual(locked)
      expect(await ask('1010', undefined, DEMO_PASSWORD, other)).toEqual(locked)
    })

    it('H19.4 a right password without a code is no try, and gives none back', async () => {
      for (let asked = 0; asked < TRIES + 1; asked += 1) expect(await ask('1010')).toEqual(required)
      for (let tried = 1; tried < TRIES; tried += 1) {
        expect(await ask('1010', guess())).toEqual(wrong)
        expect(await ask('1010')).toEqual(required)
      }
      expect(await ask('1010', guess())).toEqual(wrong)
      expect((await ask('1010')).status).toBe(423)
    })

    it('H19.4 the right code gives all tries back', async () => {
      for (let tried = 1; tried < TRIES; tried += 1) expect(await ask('1010', guess())).toEqual(wrong)
      expect((await ask('1010', codeAt(now()))).status).toBe(200)
      for (let tried = 1; tried < TRIES; tried += 1) expect(await ask('1010', guess())).toEqual(wrong)
      expect(await ask('1010')).toEqual(required)
    })

    it('H19.5 who needs a code and has none set up is not let in by the password', async () => {
      await central.db.tx('owner', (sql) => sql.query(`update staff set totp_secret = null where staff_no = '1010'`))
      const missing = { status: 403, body: { code: 'codeNotEnrolled' } }
      for (let asked = 0; asked < TRIES + 1; asked += 1) expect(await ask('1010')).toEqual(missing)
      expect(await ask('1010', codeAt(now()))).toEqual(missing)
      expect(await ask('1010', undefined, 'wrong')).toEqual({ status: 401, body: { code: 'wrongPassword' } })
      await central.db.tx('owner', (sql) =>
        sql.query(`update staff set totp_secret = $1::text where staff_no = '1010'`, [
          demoSeal.seal(DEMO_TOTP_SECRET, '1010'),
        ]),
      )
      central.clock.time += STEP_MS
      expect((await ask('1010', codeAt(now()))).status).toBe(200)
    })

    it('H19.6 under the API the secret is read and written by the role that signs in, and by no other', async () => {
      for (const statement of [
        'select totp_secret from staff',
        'select totp_last_step from staff',
        'select * from staff',
        `update staff set totp_secret = 'v1.A'`,
        'update staff set totp_last_step = null',
      ]) {
        const states = await Promise.all(
          dbRoles.map(async (role) => {
            // What may be done is not left done.
            const work = central.db.tx(role, async (sql) => {
              await sql.query(statement)
              throw new Error('was done')
            })
            const state = await work.catch((error: unknown) => sqlState(error) ?? (error as Error).message)
            return [role, state]
          }),
        )
        const expected = dbRoles.map((role) => [role, role === 'sanxin_people' ? 'was done' : '42501'])
        expect(states, statement).toEqual(expected)
      }
    })

    it('H19.7 neither code nor secret stands in the log, in an answer or in the audit', async () => {
      const [bad, code] = [guess(), codeAt(now())]
      const said = [await ask('1010', bad), await ask('1010'), await ask('1010', code), await ask('1010', code)]
      const reset = await changes().resetTotp(staffNoOf('monitor'))
      const uri = reset.ok ? must(reset.value, 'an address') : ''
      const fresh = must(new URL(uri).searchParams.get('secret'), 'a secret')
      // A code that is malformed is refused by its field's name only.
      const strange = await ask('1010', '１２３４５６')
      expect(strange).toEqual({ status: 400, body: { code: 'invalidInput', detail: 'code' } })
      const audit = await central.db.tx('owner', (sql) => sql.query('select actor, object, detail::text from audit'))
      const all = JSON.stringify([central.logged, other.logged, said, audit])
      expect(central.logged.length).toBeGreaterThan(3)
      for (const secret of [bad, code, DEMO_TOTP_SECRET, fresh, '１２３４５６']) expect(all).not.toContain(secret)
    })

    it('H19.8 each answer stands in the audit; a number is its actor only once the code was right', async () => {
      await ask('1010')
      await ask('1010', guess())
      await ask('1010', codeAt(now()))
      expect(await actions()).toEqual(['signIn.codeRequired - 1010', 'signIn.codeWrong - 1010', 'signIn.ok 1010 -'])
    })

    it('H19.9 a new secret ends the sessions and the codes of the old one; who needs none gets none', async () => {
      const { token = '' } = (await ask('1010', codeAt(now()))).body
      const reset = await changes().resetTotp('1010')
      const uri = new URL(reset.ok ? must(reset.value, 'an address') : '')
      expect(uri.href).toMatch(/^otpauth:\/\/totp\/Sanxin:1010\?/)
      expect(Object.fromEntries(uri.searchParams)).toMatchObject({ algorithm: 'SHA1', digits: '6', period: '30' })
      expect((await post(central.app, '/cases/of-caller', { phone: '1' }, token)).statusCode).toBe(401)
      const fresh = must(uri.searchParams.get('secret'), 'a secret')
      expect(fresh).toMatch(/^[A-Z2-7]{32}$/)
      expect(await ask('1010', codeAt(now() + STEP_MS))).toEqual(wrong)
      expect((await ask('1010', codeAt(now(), fresh))).status).toBe(200)
      const refused = { ok: false, error: { code: 'invalidInput', detail: 'role' } }
      expect(await changes().resetTotp('1001')).toEqual(refused)
      expect(await changes().resetTotp('9999')).toEqual({ ok: false, error: { code: 'notFound' } })
      expect((await actions()).filter((line) => line.startsWith('staff'))).toEqual(['staff.totpReset ops:tests 1010'])
    })

    it('H19.9 a code of the old secret that was on its way when the new one came opens nothing', async () => {
      const staffNo = staffNoOf('monitor')
      const claim = (totpSecret: string) =>
        central.db.tx('sanxin_people', (sql) => claimStep(sql, { staffNo, totpSecret, step: now() / STEP_MS }))
      const before = await storedOf(staffNo)
      await changes().resetTotp(staffNo)
      expect(await claim(before)).toBe(false)
      expect(await claim(await storedOf(staffNo))).toBe(true)
    })

    it('H19.12 a secret stands sealed, each time in other words, and never in clear', async () => {
      const uris: string[] = []
      for (let time = 0; time < 2; time += 1) {
        const reset = await changes().resetTotp('1010')
        uris.push(reset.ok ? must(reset.value, 'an address') : '')
        const stored = await storedOf('1010')
        const secret = must(new URL(must(uris[time], 'an address')).searchParams.get('secret'), 'a secret')
        expect(stored).toMatch(/^v1\.practice\.[\w-]+$/)
        expect(demoSeal.open(stored, '1010')).toBe(secret)
        expect(Buffer.from(stored.split('.')[2] ?? '', 'base64url').includes(secret)).toBe(false)
      }
      await expect(store('1010', DEMO_TOTP_SECRET)).rejects.toMatchObject({ code: '23514' })
      await store('1010', demoSeal.seal(DEMO_TOTP_SECRET, '1010'))
    })

    it('H19.12 one that was put beside another number opens nothing there', async () => {
      const own = await storedOf(staffNoOf('monitor'))
      await store(staffNoOf('monitor'), await storedOf('1010'))
      expect(await ask(staffNoOf('monitor'), codeAt(now()))).toMatchObject({ status: 500, body: { code: 'internal' } })
      await store(staffNoOf('monitor'), own)
    })

    it('H19.13 a node without the key of what stands is told so before it starts; with it nothing is written', async () => {
      const before = await storedOf('1010')
      const settled = (keys: Parameters<typeof createSeal>[0]) => settleSecrets(central.db, createSeal(keys))
      await expect(settled([])).rejects.toThrow(SecretsRefused)
      await expect(settled([])).rejects.toThrow('SANXIN_CENTRAL_SECRET_KEYS')
      // Another key of another name, and another one of the same name.
      await expect(settled([{ id: 'other', key: randomBytes(32) }])).rejects.toThrow('no key practice')
      await expect(settled([{ id: 'practice', key: randomBytes(32) }])).rejects.toThrow('key practice does not open')
      expect(await settled([{ id: 'new', key: randomBytes(32) }, ...demoKeys])).toMatchObject({ sealed: 0 })
      expect(await storedOf('1010')).toBe(before)
    })

    it('H19.13 under a new key all secrets are sealed anew at once, and the same codes open', async () => {
      const fresh = { id: '2026-11', key: randomBytes(32) }
      const all = (await central.db.tx('sanxin_people', selectTotpSecrets)).length
      expect(await resealSecrets(central.db, createSeal([fresh, ...demoKeys]))).toEqual({ secrets: all, sealed: all })
      for (const { stored } of await central.db.tx('sanxin_people', selectTotpSecrets))
        expect(stored).toMatch(/^v1\.2026-11\./)
      const node = await startCentral(central.db, { seal: createSeal([fresh]) })
      node.clock.time = now()
      devices.set(node, await enrol(node.app))
      expect((await ask('1010', codeAt(now()), DEMO_PASSWORD, node)).status).toBe(200)
      await node.app.close()
      expect(await resealSecrets(central.db, createSeal([...demoKeys, fresh]))).toEqual({ secrets: all, sealed: all })
    })

    it('H19.13 what stood in clear before there were keys is sealed at the start', async () => {
      await central.db.tx('owner', async (sql) => {
        await sql.query('alter table staff drop constraint totp_secret_sealed')
        await sql.query(`update staff set totp_secret = $1::text where staff_no = '1010'`, [DEMO_TOTP_SECRET])
        await sql.query(
          `alter table staff add constraint totp_secret_sealed check (totp_secret is null or totp_secret like 'v1.%') not valid`,
        )
      })
      await expect(settleSecrets(central.db, createSeal([]))).rejects.toThrow(SecretsRefused)
      expect(await settleSecrets(central.db, demoSeal)).toMatchObject({ sealed: 1 })
      expect(isSealed(await storedOf('1010'))).toBe(true)
      expect((await ask('1010', codeAt(now()))).status).toBe(200)
    })

    it('H19.9 who is added in such a role has a second factor from the first day', async () => {
      const person = { name: '管理员 1', role: 'administrator', unit: null, line: null } as const
      const added = await changes().add({ ...person, staffNo: '2901', password: 'a-password' })
      const uri = new URL(added.ok ? must(added.value, 'an address') : '')
      const secret = must(uri.searchParams.get('secret'), 'a secret')
      const payload = { staffNo: '2901', password: 'a-password', storeId: null }
      const send = (more: object) =>
        central.app.inject({ method: 'POST', url: '/sign-in', payload: { ...payload, ...more } })
      expect((await send({})).json()).toEqual({ code: 'codeRequired' })
      expect((await send({ code: codeAt(now(), secret) })).statusCode).toBe(200)
      const quality = { ...person, role: 'quality', staffNo: '2902', password: 'a-password' } as const
      expect(await changes().add(quality)).toEqual({ ok: true, value: null })
    })
  })
}
