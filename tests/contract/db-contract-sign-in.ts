/** Signing in by guessing (H15): counted over all nodes, on the injected clock. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WRONG_A_MINUTE } from '../../central/people/guesses.ts'
import { LOCK_MS, TRIES, TRIES_OF_ALL } from '../../central/people/lockout.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { OpenDb } from './open-db.ts'
import { addOfEachRole, count, enrol, nextId, postAs, staffNoOf, startCentral, type Central } from './db-fixture.ts'

const MINUTE = 60_000

export function signInContract(openDb: OpenDb): void {
  describe('guessing a password', () => {
    let central: Central
    let other: Central
    let device: string
    const storeId = nextId()
    beforeAll(async () => {
      central = await startCentral(await openDb())
      // A second node over the same database.
      other = await startCentral(central.db)
      device = await enrol(central.app, storeId)
    })
    afterAll(async () => {
      await other.app.close()
      await central.app.close()
      await central.db.close()
    })

    const ask = async (staffNo: string, password: string, node = central) => {
      const answer = await postAs(node.app, '/sign-in', { staffNo, password, storeId }, device)
      return { status: answer.statusCode, body: answer.json<{ code?: string; detail?: string }>() }
    }
    const wrong = { status: 401, body: { code: 'wrongPassword' } }
    const locked = (minutes: number) => ({ status: 423, body: { code: 'lockedOut', detail: String(minutes) } })

    it('H15.1 five wrong tries, over all nodes, lock a number for 15 minutes, the right password too', async () => {
      for (let tried = 0; tried < TRIES; tried += 1)
        expect(await ask('1001', 'guess', tried % 2 === 0 ? central : other)).toEqual(wrong)
      expect(await ask('1001', DEMO_PASSWORD)).toEqual(locked(15))
      expect(await ask('1001', DEMO_PASSWORD, other)).toEqual(locked(15))
      expect((await ask('1002', DEMO_PASSWORD)).status).toBe(200)
      central.clock.time += LOCK_MS - MINUTE
      expect(await ask('1001', DEMO_PASSWORD)).toEqual(locked(1))
      central.clock.time += MINUTE
      expect((await ask('1001', DEMO_PASSWORD)).status).toBe(200)
    })

    it('H15.2 a number that nobody has is locked just so', async () => {
      for (let tried = 0; tried < TRIES; tried += 1) expect(await ask('7777', 'guess')).toEqual(wrong)
      expect(await ask('7777', 'guess')).toEqual(locked(15))
    })

    it('H15.3 a right sign-in gives all tries back, and so do 15 quiet minutes', async () => {
      for (let tried = 1; tried < TRIES; tried += 1) expect(await ask('1003', 'guess')).toEqual(wrong)
      expect((await ask('1003', DEMO_PASSWORD)).status).toBe(200)
      for (let tried = 1; tried < TRIES; tried += 1) expect(await ask('1003', 'guess')).toEqual(wrong)
      central.clock.time += LOCK_MS
      for (let tried = 0; tried < TRIES; tried += 1) expect(await ask('1003', 'guess')).toEqual(wrong)
      expect(await ask('1003', 'guess')).toEqual(locked(15))
    })

    it('H15.4 of fifty guesses at once five are checked', async () => {
      // What was tried before counts for the desk's minute (H15.8).
      central.clock.time += MINUTE
      const nodes = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? central : other))
      other.clock.time = central.clock.time
      const codes = (await Promise.all(nodes.map((node) => ask('1004', 'guess', node)))).map(({ body }) => body.code)
      expect(codes.filter((code) => code === 'wrongPassword')).toHaveLength(TRIES)
      expect(codes.filter((code) => code === 'lockedOut')).toHaveLength(nodes.length - TRIES)
    })

    it('H15.5 numbers that have been quiet are forgotten', async () => {
      await ask('8888', 'guess')
      central.clock.time += LOCK_MS
      expect((await ask('1005', DEMO_PASSWORD)).status).toBe(200)
      expect(await count(central.db, 'sign_in_tries')).toBe(0)
    })
  })

  describe('guessing from somewhere', () => {
    const PROXY = '10.0.0.5'
    let central: Central
    let direct: Central
    const storeId = nextId()
    let device: string
    beforeAll(async () => {
      central = await startCentral(await openDb(), { trustedProxies: PROXY })
      // A node that does not know its proxy: to it all come from one address.
      direct = await startCentral(central.db)
      device = await enrol(central.app, storeId)
      await addOfEachRole(central.db)
    })
    afterAll(async () => {
      await direct.app.close()
      await central.app.close()
      await central.db.close()
    })
    const unitMember = staffNoOf('unitMember')
    const page = async (staffNo: string, password: string, from: string, node = central) => {
      const answer = await node.app.inject({
        ...{ method: 'POST', url: '/unit/sign-in', remoteAddress: PROXY, payload: { staffNo, password } },
        headers: { 'x-forwarded-for': from, origin: 'http://localhost', host: 'localhost', 'x-sanxin-page': '1' },
      })
      return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
    }
    const bare = async (staffNo: string, password: string, from: string) => {
      const answer = await central.app.inject({
        ...{ method: 'POST', url: '/sign-in', remoteAddress: PROXY },
        ...{ payload: { staffNo, password, storeId: null }, headers: { 'x-forwarded-for': from } },
      })
      return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
    }
    const deskAt = async (at: { device: string; storeId: string }, staffNo: string, password: string) =>
      (await postAs(central.app, '/sign-in', { staffNo, password, storeId: at.storeId }, at.device)).statusCode
    const desk = (staffNo: string, password: string) => deskAt({ device, storeId }, staffNo, password)
    const anotherDesk = async () => {
      const fresh = nextId()
      return { device: await enrol(central.app, fresh), storeId: fresh }
    }
    const wrong = { status: 401, code: 'wrongPassword' }
    const locked = { status: 423, code: 'lockedOut' }
    const quiet = () => {
      central.clock.time += LOCK_MS
      direct.clock.time = central.clock.time
    }

    it('H15.6 a stranger without a desk, from whatever addresses, locks nobody out who signs in at one', async () => {
      for (let tried = 0; tried < TRIES; tried += 1) expect(await bare('1001', 'guess', '198.51.100.7')).toEqual(wrong)
      expect(await bare('1001', 'guess', '198.51.100.7')).toEqual(locked)
      for (let tried = 0; tried < 2 * TRIES_OF_ALL; tried += 1) await page('1001', 'guess', `203.0.113.${tried}`)
      expect(await page('1001', 'guess', '203.0.113.99')).toEqual(locked)
      expect(await desk('1001', DEMO_PASSWORD)).toBe(200)
      // Nor does a right one at a desk give the stranger anything back.
      expect(await bare('1001', 'guess', '198.51.100.7')).toEqual(locked)
      // What names a desk and is none is not a try at all.
      for (let tried = 0; tried <= TRIES; tried += 1) {
        const payload = { staffNo: '1002', password: 'guess', storeId }
        const answer = await central.app.inject({ method: 'POST', url: '/sign-in', payload })
        expect(answer.json()).toEqual({ code: 'deviceUnknown' })
      }
      expect(await count(central.db, `sign_in_tries where staff_no = '1002'`)).toBe(0)
      expect(await desk('1002', DEMO_PASSWORD)).toBe(200)
    })

    it('H15.6 a number that nobody has is answered just so, wherever it is tried', async () => {
      for (const staffNo of ['1003', '7777']) {
        const said = []
        for (let tried = 0; tried <= TRIES; tried += 1) said.push(await bare(staffNo, 'guess', '198.51.100.8'))
        expect(said).toEqual([...Array.from({ length: TRIES }, () => wrong), locked])
      }
    })

    it('H15.7 five wrong tries lock a number out where they come from; twenty, of all addresses, everywhere', async () => {
      for (let tried = 0; tried < TRIES; tried += 1) expect(await page(unitMember, 'guess', '192.0.2.1')).toEqual(wrong)
      expect(await page(unitMember, DEMO_PASSWORD, '192.0.2.1')).toEqual(locked)
      expect(await page(unitMember, 'guess', '192.0.2.2')).toEqual(wrong)
      expect(await page(unitMember, DEMO_PASSWORD, '192.0.2.2')).toEqual({ status: 200 })
      // A right one forgets what all tried, and not what one address did that is locked.
      expect(await page(unitMember, DEMO_PASSWORD, '192.0.2.1')).toEqual(locked)
      for (let tried = 0; tried < TRIES_OF_ALL; tried += 1)
        expect(await page(unitMember, 'guess', `192.0.2.${10 + tried}`)).toEqual(wrong)
      expect(await page(unitMember, DEMO_PASSWORD, '192.0.2.3')).toEqual(locked)
      expect(await count(central.db, `sign_in_tries where whence = 'from 192.0.2.3'`)).toBe(0)
      quiet()
      expect(await page(unitMember, DEMO_PASSWORD, '192.0.2.3')).toEqual({ status: 200 })
    })

    it('H15.7 a node that knows no proxy counts all together', async () => {
      quiet()
      for (let tried = 0; tried < TRIES; tried += 1)
        expect(await page(unitMember, 'guess', `192.0.2.${tried}`, direct)).toEqual(wrong)
      expect(await page(unitMember, DEMO_PASSWORD, '192.0.2.200', direct)).toEqual(locked)
    })

    it('H15.9 five wrong tries lock a number out at their desk alone; twenty, of all desks, at each', async () => {
      quiet()
      const other = await anotherDesk()
      for (let tried = 0; tried < TRIES; tried += 1) expect(await desk('1004', 'guess')).toBe(401)
      expect(await desk('1004', DEMO_PASSWORD)).toBe(423)
      expect(await deskAt(other, '1004', DEMO_PASSWORD)).toBe(200)
      // A right one elsewhere forgets what all tried, and not what one desk did that is locked.
      expect(await desk('1004', DEMO_PASSWORD)).toBe(423)
      for (let desks = 0; desks < TRIES_OF_ALL / TRIES; desks += 1) {
        const one = await anotherDesk()
        for (let tried = 0; tried < TRIES; tried += 1) expect(await deskAt(one, '1004', 'guess')).toBe(401)
      }
      expect(await deskAt(other, '1004', DEMO_PASSWORD)).toBe(423)
      expect(await deskAt(other, '1005', DEMO_PASSWORD)).toBe(200)
      quiet()
      expect(await desk('1004', DEMO_PASSWORD)).toBe(200)
    })

    it('H15.8 who guesses at many numbers at one desk waits a minute, and uses up no tries; at another nobody does', async () => {
      quiet()
      const other = await anotherDesk()
      const guess = (tried: number) => desk(`87${tried}`, 'guess')
      const said = await Promise.all(Array.from({ length: WRONG_A_MINUTE + 5 }, (_, tried) => guess(tried)))
      expect(said.filter((status) => status === 429)).toHaveLength(5)
      expect(await desk('1006', DEMO_PASSWORD)).toBe(429)
      expect(await count(central.db, `sign_in_tries where whence = 'desks' and staff_no like '87%'`)).toBe(
        WRONG_A_MINUTE,
      )
      expect(await deskAt(other, '1006', DEMO_PASSWORD)).toBe(200)
      central.clock.time += MINUTE
      expect(await desk('1006', DEMO_PASSWORD)).toBe(200)
    })

    it('H15.8 who guesses at many numbers from one address waits a minute, and uses up no tries; nobody else waits', async () => {
      quiet()
      const guess = (tried: number) => bare(`86${tried}`, 'guess', '198.51.100.9')
      const said = await Promise.all(Array.from({ length: WRONG_A_MINUTE + 5 }, (_, tried) => guess(tried)))
      expect(said.filter(({ code }) => code === 'tooMany')).toHaveLength(5)
      expect(await page(unitMember, DEMO_PASSWORD, '198.51.100.9')).toEqual({ status: 429, code: 'tooMany' })
      expect(await count(central.db, `sign_in_tries where whence = 'pages' and staff_no like '86%'`)).toBe(
        WRONG_A_MINUTE,
      )
      expect(await page(unitMember, DEMO_PASSWORD, '198.51.100.10')).toEqual({ status: 200 })
      central.clock.time += MINUTE
      // Right ones are no guesses, however many sit behind one address.
      for (let asked = 0; asked <= WRONG_A_MINUTE; asked += 1)
        expect(await page(unitMember, DEMO_PASSWORD, '198.51.100.9')).toEqual({ status: 200 })
    })
  })
}
