/** Signing in by guessing (H15): counted over all nodes, on the injected clock. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCK_MS, TRIES } from '../../central/people/lockout.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import { count, enrol, nextId, postAs, startCentral, type Central } from './db-fixture.ts'

const MINUTE = 60_000

export function signInContract(openEmptyDb: OpenEmptyDb): void {
  describe('guessing a password', () => {
    let central: Central
    let other: Central
    let device: string
    const storeId = nextId()
    beforeAll(async () => {
      central = await startCentral(await openEmptyDb())
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
}
