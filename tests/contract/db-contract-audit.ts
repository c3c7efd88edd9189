/** The audit (A): what is recorded, and that nobody at run time can change it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../central/audit/chain.ts'
import { appendAudit, selectAudit } from '../../central/audit/sql.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import { dbRoles, sqlState, type Db } from '../../central/db/db.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { createPeople, seedDemoPeople } from '../../central/people/service.ts'
import { tamperContract } from './db-contract-tamper.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { nextId, openCase, post, staffNoOf, tokenOf } = given

const entriesOf = (db: Db) => db.tx('owner', (sql) => selectAudit(sql, 0, 100_000))

export function auditContract(openDb: OpenDb): void {
  describe('the audit', () => {
    recording(openDb)
    tamperContract(openDb)
  })
}

function recording(openDb: OpenDb): void {
  let central: given.Central
  beforeAll(async () => {
    central = await given.startCentral(await openDb())
    await given.addOfEachRole(central.db)
    device = await given.enrol(central.app, deskOfAll)
  })
  afterAll(async () => {
    await central.app.close()
    await central.db.close()
  })
  /** What `work` left in the chain. */
  const recorded = async (work: () => Promise<unknown>) => {
    const before = (await entriesOf(central.db)).length
    await work()
    const entries = (await entriesOf(central.db)).slice(before)
    return entries.map(({ actor, place, action, object, detail }) => ({ actor, place, action, object, detail }))
  }
  let device: string
  const deskOfAll = nextId()
  const tryIn = (staffNo: string, password: string, storeId: string | null) =>
    given.postAs(central.app, '/sign-in', { staffNo, password, storeId }, device)

  it('A1 records who got in, who did not and why; an unknown number is not kept: it may be a password', async () => {
    const [place, secret] = [deskOfAll, 'my-password']
    const entries = await recorded(async () => {
      await tryIn('1001', DEMO_PASSWORD, place.toUpperCase())
      await tryIn('1001', 'wrong', place)
      await tryIn(secret, 'wrong', place)
      await tryIn('1001', DEMO_PASSWORD, null)
    })
    expect(entries).toEqual([
      { actor: '1001', place, action: 'signIn.ok', object: null, detail: '{"role":"operator"}' },
      { actor: null, place, action: 'signIn.wrong', object: '1001', detail: '{}' },
      { actor: null, place, action: 'signIn.wrong', object: null, detail: '{}' },
      { actor: '1001', place: null, action: 'signIn.forbidden', object: null, detail: '{"role":"operator"}' },
    ])
  })

  it('A1 records whom the issuer vouched for, also who works elsewhere or is nobody here', async () => {
    const people = createPeople(central.db, central.clock, demoSeal)
    const storeId = nextId()
    const [deviceId = ''] = (await given.enrol(central.app, storeId)).split('.')
    const place = { device: { deviceId, storeId, team: null }, storeId }
    const entries = await recorded(async () => {
      expect((await people.signInAs('1001', place)).ok).toBe(true)
      expect(await people.signInAs(staffNoOf('auditor'), place)).toMatchObject({ error: { code: 'forbidden' } })
      expect(await people.signInAs('nobody', place)).toMatchObject({ error: { code: 'notStaff' } })
    })
    const of = { place: storeId, object: null }
    expect(entries).toEqual([
      { ...of, actor: '1001', action: 'signIn.ok', detail: '{"role":"operator","by":"issuer"}' },
      { ...of, actor: staffNoOf('auditor'), action: 'signIn.forbidden', detail: '{"role":"auditor","by":"issuer"}' },
      { ...of, actor: null, action: 'signIn.wrong', detail: '{"by":"issuer"}' },
    ])
  })

  it('A1 records a desk that is bound anew, what is set aside, and the signing out', async () => {
    const desk = await given.signIn(central.app, '1002')
    const [storeId, strange] = [nextId(), nextId()]
    const proof = { author: '1002', session: desk.session, at: central.clock.now() }
    const entries = await recorded(async () => {
      await desk.sync([
        { ...openCase().mutation, ...proof },
        { id: strange, shape: 'unknown' },
      ])
      await desk.sync([{ id: strange, shape: 'unknown' }])
      await given.postAs(central.app, '/desk', { storeId: desk.storeId }, desk.device)
      await given.postAs(central.app, '/desk', { storeId }, desk.device)
      await post(central.app, '/sign-out', {}, desk.token)
    })
    const of = { actor: '1002', place: desk.storeId }
    expect(entries).toEqual([
      { ...of, actor: null, action: 'mutation.quarantined', object: strange, detail: '{"code":"invalidInput"}' },
      { ...of, actor: null, action: 'desk.bound', object: storeId, detail: '{}' },
      { ...of, place: storeId, action: 'signOut', object: null, detail: '{}' },
    ])
  })

  it('A1 records people who are added', async () => {
    const added = (await entriesOf(central.db)).filter(({ action }) => action === 'staff.added')
    expect(added.map(({ object }) => object)).toContain('1010')
    const nodes = [central.db, central.db].map((db) => seedDemoPeople(db, central.clock))
    expect(await recorded(() => Promise.all(nodes))).toEqual([])
  })

  it('A2 records who looked at which citizen: the case, or a keyed hash of the number, never the number', async () => {
    const desk = await given.signIn(central.app, '1003')
    const { caseId, mutation } = openCase('13612345678', '内容', '张三')
    await desk.sync([mutation])
    const headers = { authorization: `Bearer ${desk.token}` }
    const unknown = nextId()
    const entries = await recorded(async () => {
      await central.app.inject({ url: `/cases/${caseId}`, headers })
      await central.app.inject({ url: `/cases/${unknown}`, headers })
      await post(central.app, '/cases/of-caller', { phone: '13612345678' }, desk.token)
      await post(central.app, '/cases/of-caller', { phone: '+86 136 1234 5678' }, desk.token)
      await post(central.app, '/cases/of-caller', { phone: '13612345679' }, desk.token)
      await post(central.app, '/cases/of-caller', { phone: 'none' }, desk.token)
    })
    const of = { actor: '1003', place: desk.storeId }
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    expect(entries).toEqual([
      { ...of, action: 'case.read', object: caseId, detail: '{"found":true}' },
      { ...of, action: 'case.read', object: unknown, detail: '{"found":false}' },
      { ...of, action: 'cases.ofCaller', object: hash, detail: '{"found":1}' },
      { ...of, action: 'cases.ofCaller', object: hash, detail: '{"found":1}' },
      { ...of, action: 'cases.ofCaller', object: hash, detail: '{"found":0}' },
    ])
    expect(entries[3]?.object).toBe(entries[2]?.object)
    expect(entries[4]?.object).not.toBe(entries[2]?.object)
    const text = JSON.stringify(await entriesOf(central.db))
    for (const secret of ['13612345678', '8613612345678', '张三', desk.token, DEMO_PASSWORD, 'my-password'])
      expect(text).not.toContain(secret)
  })

  it('A3 what is undone leaves no entry, and none is written that does not stand', async () => {
    const failing = () =>
      central.db.tx('sanxin_people', async (sql) => {
        await appendAudit(sql, { at: 1, actor: null, place: null, action: 'signOut' })
        throw new Error('on purpose')
      })
    expect(await recorded(() => expect(failing()).rejects.toThrow('on purpose'))).toEqual([])
  })

  it('A3 many at once: one chain, without a gap', async () => {
    const desk = await given.signIn(central.app, '1004')
    const ask = () => post(central.app, '/cases/of-caller', { phone: '13612345678' }, desk.token)
    const entries = await recorded(() => Promise.all(Array.from({ length: 30 }, ask)))
    expect(entries).toHaveLength(30)
    expect((await verifyAudit(central.db)).flaw).toBeNull()
  })

  it('A4 no role of the run time changes, removes or forges an entry, or reads the key', async () => {
    for (const role of dbRoles) {
      for (const text of [
        `update audit set actor = 'x'`,
        'delete from audit',
        'truncate audit',
        `insert into audit values (0, 0, null, null, 'x', null, '{}', '', '')`,
        'update audit_head set seq = 0',
        'delete from audit_head',
        'select * from audit_key',
      ]) {
        const denied = await central.db
          .tx(role, (sql) => sql.query(text))
          .then(
            () => null,
            (error: unknown) => sqlState(error),
          )
        expect(denied, `${role}: ${text}`).toBe('42501')
      }
    }
  })

  it('A5 an auditor reads it a page at a time, nobody else at all, the API or not', async () => {
    const { token } = await tokenOf(central.app, 'auditor')
    const headers = { authorization: `Bearer ${token}` }
    await central.db.tx('sanxin_people', async (sql) => {
      for (let time = 0; time < 210; time += 1)
        await appendAudit(sql, { at: time, actor: staffNoOf('operator'), place: null, action: 'signOut' })
    })
    const all = await entriesOf(central.db)
    const read: AuditEntry[] = []
    for (;;) {
      const answer = await central.app.inject({ url: `/audit?after=${read.length}`, headers })
      const { entries, head } = answer.json<{ entries: AuditEntry[]; head: { seq: number; hash: string } }>()
      expect(head).toEqual({ seq: all.length, hash: all.at(-1)?.hash })
      expect(entries.length).toBeLessThanOrEqual(200)
      if (entries.length === 0) break
      read.push(...entries)
    }
    expect(read).toEqual(all)
    for (const after of ['-1', 'x', '1e3', '9'.repeat(20)])
      expect((await central.app.inject({ url: `/audit?after=${after}`, headers })).statusCode).toBe(400)
    const seen = (actor?: typeof given.monitor) =>
      central.db.tx('sanxin_reader', (sql) => selectAudit(sql, 0, 10), actor)
    expect([await seen(), await seen(given.monitor)]).toEqual([[], []])
  })
}
