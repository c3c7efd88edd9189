/** What an administrator does to people (H18), and how soon it holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { selectStatuses } from '../../central/live/sql.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { TRIES } from '../../central/people/lockout.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { createPeople } from '../../central/people/service.ts'
import { createStaffChanges } from '../../central/people/staff-changes.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import type { OpenDb } from './open-db.ts'
import { listen, openLive } from './db-contract-live.ts'
import { count, enrol, nextId, openCase, post, postAs, signIn, startCentral, type Central } from './db-fixture.ts'

export function staffContract(openDb: OpenDb): void {
  describe('people', () => {
    let central: Central
    let url: string
    let device: string
    const storeId = nextId()
    beforeAll(async () => {
      central = await startCentral(await openDb(), { live: { pingMs: 1_000 } })
      url = await listen(central)
      device = await enrol(central.app, storeId)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const changes = () => createStaffChanges(central.db, central.clock, 'ops:tests', demoSeal)
    const ask = async (staffNo: string, password: string) => {
      return (await postAs(central.app, '/sign-in', { staffNo, password, storeId }, device)).statusCode
    }
    const signInWith = async (staffNo: string, password: string) => {
      const answer = await postAs(central.app, '/sign-in', { staffNo, password, storeId }, device)
      return answer.json<{ token: string }>().token
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

    it('H22.1 with the old one she gives herself another; her other sessions end, the one that she acts in does not', async () => {
      const [elsewhere, desk] = [await signIn(central.app, '1005'), await signIn(central.app, '1005')]
      const change = async (old: string, fresh: string) => {
        const answer = await post(central.app, '/password', { old, fresh }, desk.token)
        return [answer.statusCode, answer.json<unknown>()]
      }
      expect(await change(DEMO_PASSWORD, 'seven77')).toEqual([400, { code: 'invalidInput', detail: 'fresh' }])
      expect(await change(DEMO_PASSWORD, DEMO_PASSWORD)).toEqual([400, { code: 'invalidInput', detail: 'same' }])
      expect(await change(DEMO_PASSWORD, 'my-own-words')).toEqual([200, {}])
      const asks = async (token: string) =>
        (await post(central.app, '/cases/of-caller', { phone: '1' }, token)).statusCode
      expect([await asks(desk.token), await asks(elsewhere.token)]).toEqual([200, 401])
      expect([await ask('1005', DEMO_PASSWORD), await ask('1005', 'my-own-words')]).toEqual([401, 200])
      const told = JSON.stringify(central.logged)
      for (const secret of ['my-own-words', DEMO_PASSWORD]) expect(told).not.toContain(secret)
      const audited = `audit where action = 'staff.passwordChanged' and actor = '1005' and object = '1005'`
      expect(await count(central.db, audited)).toBe(1)
    })

    it('H22.2 a wrong old one is a guess: five lock the number, at the sign-in as well; of two changes at once one is made', async () => {
      const desk = await signIn(central.app, '1008')
      const change = async (old: string, fresh: string) =>
        (await post(central.app, '/password', { old, fresh }, desk.token)).statusCode
      const both = await Promise.all([change(DEMO_PASSWORD, 'first-words'), change(DEMO_PASSWORD, 'second-words')])
      expect(both.filter((status) => status === 200)).toHaveLength(1)
      const stands = both[0] === 200 ? 'first-words' : 'second-words'
      // One that comes to it only when the other is made has a wrong old one, and is a guess as well.
      const guessed = both.filter((status) => status === 401).length
      for (let tried = guessed; tried < TRIES; tried += 1) expect(await change('guess', 'third-words')).toBe(401)
      expect(await change(stands, 'third-words')).toBe(423)
      const { device: hers, storeId: store } = desk
      const again = await postAs(central.app, '/sign-in', { staffNo: '1008', password: stands, storeId: store }, hers)
      expect(again.statusCode).toBe(423)
      const guesses = await count(central.db, `audit where action = 'staff.passwordWrong' and actor = '1008'`)
      expect(guesses).toBeGreaterThan(4)
      expect(await changes().unlock('1008')).toEqual(done)
      expect(await change(stands, 'third-words')).toBe(200)
    })

    it('H22.4 asked again because the answer was lost it is done, once; whoever signed in since stays, and guesses count', async () => {
      const desk = await signIn(central.app, '1009')
      const change = async (old: string, fresh: string) =>
        (await post(central.app, '/password', { old, fresh }, desk.token)).statusCode
      const both = [change(DEMO_PASSWORD, 'lost-answer'), change(DEMO_PASSWORD, 'lost-answer')]
      expect(await Promise.all(both)).toEqual([200, 200])
      const since = await signInWith('1009', 'lost-answer')
      for (let asked = 0; asked <= TRIES; asked += 1) expect(await change(DEMO_PASSWORD, 'lost-answer')).toBe(200)
      expect((await post(central.app, '/cases/of-caller', { phone: '1' }, since)).statusCode).toBe(200)
      expect(await count(central.db, `audit where action = 'staff.passwordChanged' and actor = '1009'`)).toBe(1)
      expect(await count(central.db, `audit where action = 'staff.passwordWrong' and actor = '1009'`)).toBe(0)
      for (let tried = 0; tried < TRIES; tried += 1) expect(await change(DEMO_PASSWORD, `guessed-${tried}`)).toBe(401)
      expect(await change(DEMO_PASSWORD, 'lost-answer')).toBe(423)
      expect(await changes().unlock('1009')).toEqual(done)
    })

    it('H22.5 the new one tells nothing of the one that stands: without the old one each is a wrong guess', async () => {
      const desk = await signIn(central.app, '1007')
      const change = async (old: string, fresh: string) =>
        (await post(central.app, '/password', { old, fresh }, desk.token)).statusCode
      expect(await change('guess', DEMO_PASSWORD)).toBe(401)
      expect(await change(DEMO_PASSWORD, 'my-own-words')).toBe(200)
      // Nor does another sign-in, or another old one, after that.
      const elsewhere = await post(
        central.app,
        '/password',
        { old: DEMO_PASSWORD, fresh: 'my-own-words' },
        await signInWith('1007', 'my-own-words'),
      )
      expect(elsewhere.statusCode).toBe(401)
      expect(await change('guess', 'my-own-words')).toBe(401)
      for (let tried = 1; tried < TRIES; tried += 1) expect(await change('guess', 'my-own-words')).toBe(401)
      expect(await change('guess', 'my-own-words')).toBe(423)
      expect(await count(central.db, `audit where action = 'staff.passwordWrong' and actor = '1007'`)).toBe(2 + TRIES)
      expect(await changes().unlock('1007')).toEqual(done)
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
        'staff.unlocked 1008',
        'staff.unlocked 1009',
        'staff.unlocked 1007',
        'staff.unlocked 1003',
        'staff.added 2001',
      ])
    })

    it('H18.2 a sign-in by the old password that is under way when the new one comes opens nothing', async () => {
      const { db, clock } = central
      const person = { name: '质检 9', role: 'quality', unit: null, line: null, password: 'the-old-one' } as const
      expect(await changes().add({ ...person, staffNo: '2009' })).toEqual(done)
      let changed = false
      const racing: Db = {
        ...db,
        tx: async (role, work, actor) => {
          // Only the session is opened in her name; just before it her password is changed.
          if (actor !== undefined && !changed) changed = (await changes().resetPassword('2009', 'the-new-one')).ok
          return db.tx(role, work, actor)
        },
      }
      const request = {
        staffNo: '2009',
        password: 'the-old-one',
        code: null,
        place: null,
        whence: { address: null },
      } as const
      expect(await createPeople(racing, clock, demoSeal).signIn(request)).toMatchObject({
        error: { code: 'wrongPassword' },
      })
      expect(changed).toBe(true)
      expect(await count(db, `sessions where staff_no = '2009'`)).toBe(0)
      const now = await createPeople(db, clock, demoSeal).signIn({ ...request, password: 'the-new-one' })
      expect(now.ok).toBe(true)
    })

    it('H18.7 the desks’ directory follows the staff, by the feed: added, renamed, another team, role or line, gone and back', async () => {
      const desk = await signIn(central.app, '1004')
      await desk.pullAll()
      /** What the desk is told of her since it asked last. */
      const told = async () =>
        (await desk.pullAll())
          .flatMap(({ changes: page }) => page)
          .flatMap((change): unknown[] =>
            change.kind === 'directory' ? [change.entry] : change.kind === 'directoryWithdrawn' ? [change.id] : [],
          )
      const line = { extension: '10-77', password: 'x', domain: 'd' }
      const person = {
        staffNo: '1077',
        name: '周宁',
        role: 'operator',
        unit: null,
        password: 'long-enough',
        line,
      } as const
      expect(await changes().add({ ...person, team: '甲班' })).toEqual(done)
      const entry = {
        ...{ id: 'staff:1077', kind: 'colleague', name: '周宁', staffNo: '1077' },
        ...{ extension: '1077', team: '甲班', role: 'operator' },
      }
      expect(await told()).toEqual([entry])
      expect(await changes().change('1077', { name: '周宁宁', team: '乙班' })).toEqual(done)
      expect(await told()).toEqual([{ ...entry, name: '周宁宁', team: '乙班' }])
      expect(await changes().change('1077', { role: 'monitor' })).toMatchObject({
        value: expect.stringMatching(/^otpauth:/),
      })
      const monitor = { ...entry, name: '周宁宁', team: '乙班', role: 'monitor' }
      expect(await told()).toEqual([monitor])
      expect(await changes().deactivate('1077')).toEqual(done)
      expect(await told()).toEqual(['staff:1077'])
      expect(await changes().activate('1077')).toEqual(done)
      expect(await told()).toEqual([monitor])
      // Nobody can call a line that is no number.
      expect(await changes().change('1077', { line: { ...line, extension: 'zhou' } })).toEqual(done)
      expect(await told()).toEqual(['staff:1077'])
      expect(await changes().change('1077', { line: { ...line, extension: '1078' } })).toEqual(done)
      expect(await told()).toEqual([{ ...monitor, extension: '1078' }])
      expect(await changes().unlock('1077')).toEqual(done)
      expect(await told()).toEqual([])
    })

    it('H18.8 what was imported of a person by another id gives way to what the staff say; her team stays', async () => {
      const desk = await signIn(central.app, '1004')
      const imported: DirectoryEntry = {
        ...{ id: 'S-9', kind: 'colleague', name: '坐席 1009', staffNo: '1009' },
        ...{ extension: '1009', team: '丙班', role: null },
      }
      await publishDirectory(central.db, [imported], false)
      await desk.pullAll()
      const told = async () => (await desk.pullAll()).flatMap(({ changes: page }) => page)
      expect(await changes().change('1009', { name: '吴桐' })).toEqual(done)
      expect(await told()).toMatchObject([
        { kind: 'directory', entry: { id: 'staff:1009', name: '吴桐', team: '丙班', role: 'operator' } },
        { kind: 'directoryWithdrawn', id: 'S-9' },
      ])
      await publishDirectory(central.db, [imported], false)
      expect(await told()).toMatchObject([
        { kind: 'directory', entry: { id: 'S-9', name: '坐席 1009' } },
        { kind: 'directoryWithdrawn', id: 'staff:1009' },
      ])
    })

    it('H18.9 a role that asks for what she does not have is refused, and another role signs her out', async () => {
      const refused = (detail: string) => ({ ok: false, error: { code: 'invalidInput', detail } })
      expect(await changes().change('1006', { role: 'unitMember' })).toEqual(refused('role'))
      expect(await changes().change('9999', { name: 'x' })).toMatchObject({ error: { code: 'notFound' } })
      const plain = {
        staffNo: '3001',
        name: '编辑',
        role: 'editor',
        unit: null,
        password: 'long-enough',
        line: null,
      } as const
      expect(await changes().add(plain)).toEqual(done)
      expect(await changes().change('3001', { role: 'operator' })).toEqual(refused('line'))
      const desk = await signIn(central.app, '1006')
      expect(await changes().change('1006', { role: 'quality' })).toEqual(done)
      expect((await post(central.app, '/cases/of-caller', { phone: '1' }, desk.token)).statusCode).toBe(401)
    })
  })
}
