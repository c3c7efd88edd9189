/** What an administrator does to people (H18), and how soon it holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectStatuses } from '../../central/live/sql.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { TRIES } from '../../central/people/lockout.ts'
import { createStaffChanges } from '../../central/people/staff-changes.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import { listen, openLive } from './db-contract-live.ts'
import { count, enrol, nextId, openCase, post, postAs, signIn, startCentral, type Central } from './db-fixture.ts'

export function staffContract(openEmptyDb: OpenEmptyDb): void {
  describe('people', () => {
    let central: Central
    let url: string
    let device: string
    const storeId = nextId()
    beforeAll(async () => {
      central = await startCentral(await openEmptyDb(), { live: { pingMs: 20 } })
      url = await listen(central)
      device = await enrol(central.app, storeId)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const changes = () => createStaffChanges(central.db, central.clock, 'ops:tests')
    const ask = async (staffNo: string, password: string) => {
      return (await postAs(central.app, '/sign-in', { staffNo, password, storeId }, device)).statusCode
    }
    const statusOf = async () =>
      (await central.db.tx('sanxin_live', selectStatuses)).find((one) => one.staffNo === '1001')
    const done = { ok: true, value: null }

    it('H18.1 who is deactivated gets no answer from then on, her status ends, and what she did stays', async () => {
      const desk = await signIn(central.app, '1001')
      const { mutation, caseId } = openCase()
      await desk.sync([mutation])
      const live = await openLive(url)
      live.send({ type: 'hello', device: desk.device, token: desk.token, storeId: desk.storeId })
      expect(await live.next()).toMatchObject({ type: 'welcome' })
      live.send({ type: 'status', status: 'ready', since: 7 })
      await expect.poll(statusOf).toMatchObject({ connected: true })
      expect(await changes().deactivate('1001')).toEqual(done)
      expect((await post(central.app, '/cases/of-caller', { phone: '1' }, desk.token)).statusCode).toBe(401)
      await expect.poll(statusOf).toMatchObject({ status: 'ready', connected: false })
      // The feed is the desk's and goes on.
      await desk.sync([openCase().mutation])
      expect(await live.next()).toMatchObject({ type: 'changed' })
      live.socket.terminate()
      expect(await ask('1001', DEMO_PASSWORD)).toBe(401)
      expect(await count(central.db, 'cases where case_id = $1::uuid', [caseId])).toBe(1)
      expect(await changes().activate('1001')).toEqual(done)
      expect(await ask('1001', DEMO_PASSWORD)).toBe(200)
    })

    it('H18.2 a new password ends the sessions of the old one', async () => {
      const desk = await signIn(central.app, '1002')
      expect(await changes().resetPassword('1002', 'another-one')).toEqual(done)
      expect((await post(central.app, '/cases/of-caller', { phone: '1' }, desk.token)).statusCode).toBe(401)
      expect(await ask('1002', DEMO_PASSWORD)).toBe(401)
      expect(await ask('1002', 'another-one')).toBe(200)
    })

    it('H18.3 a number that was guessed at is given its tries back', async () => {
      for (let tried = 0; tried < TRIES; tried += 1) await ask('1003', 'guess')
      expect(await ask('1003', DEMO_PASSWORD)).toBe(423)
      expect(await changes().unlock('1003')).toEqual(done)
      expect(await ask('1003', DEMO_PASSWORD)).toBe(200)
    })

    it('H18.4 each change stands in the audit under who made it; of a number that nobody has there is none', async () => {
      const person = { name: '质检 1', role: 'quality', unit: null, line: null, password: 'a-password' } as const
      expect(await changes().add({ ...person, staffNo: '2001' })).toEqual(done)
      expect(await changes().add({ ...person, staffNo: '2001' })).toMatchObject({ error: { code: 'invalidInput' } })
      const elsewhere = { ...person, staffNo: '2002', role: 'unitMember', unit: 'U-NONE' } as const
      expect(await changes().add(elsewhere)).toMatchObject({ error: { code: 'invalidInput', detail: 'unit' } })
      const before = await count(central.db, 'audit')
      const refused = { ok: false, error: { code: 'notFound' } }
      expect(await changes().deactivate('9999')).toEqual(refused)
      expect(await changes().activate('9999')).toEqual(refused)
      expect(await changes().unlock('9999')).toEqual(refused)
      expect(await changes().resetPassword('9999', 'a-password')).toEqual(refused)
      expect(await count(central.db, 'audit')).toBe(before)
      const recorded = await central.db.tx('owner', (sql) =>
        sql.query<{ action: string; object: string }>(
          `select action, object from audit where actor = 'ops:tests' order by seq`,
        ),
      )
      expect(recorded.map(({ action, object }) => `${action} ${object}`)).toEqual([
        'staff.deactivated 1001',
        'staff.activated 1001',
        'staff.passwordReset 1002',
        'staff.unlocked 1003',
        'staff.added 2001',
      ])
    })
  })
}
