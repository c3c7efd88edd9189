/** The audit (A): what is recorded, that nobody at run time can change it, and that what its owner does shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import { beginning, hashOf, type AuditEntry, type AuditHead } from '../../central/audit/chain.ts'
import { appendAudit, selectAudit } from '../../central/audit/sql.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import { dbRoles, sqlState, type Db, type Tx } from '../../central/db/db.ts'
import { migrate } from '../../central/db/migrate.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { seedDemoPeople } from '../../central/people/service.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import * as given from './db-fixture.ts'

const { nextId, openCase, post, staffNoOf, tokenOf } = given

const entriesOf = (db: Db) => db.tx('owner', (sql) => selectAudit(sql, 0, 100_000))

export function auditContract(openEmptyDb: OpenEmptyDb): void {
  describe('the audit', () => {
    recording(openEmptyDb)
    tampering(openEmptyDb)
  })
}

function recording(openEmptyDb: OpenEmptyDb): void {
  let central: given.Central
  beforeAll(async () => {
    central = await given.startCentral(await openEmptyDb())
    await given.addOfEachRole(central.db)
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
  const tryIn = (staffNo: string, password: string, storeId: string | null) =>
    central.app.inject({ method: 'POST', url: '/sign-in', payload: { staffNo, password, storeId } })

  it('A1 records who got in, who did not and why; an unknown number is not kept: it may be a password', async () => {
    const [place, secret] = [nextId(), 'my-password']
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

  it('A1 records a desk that is bound anew, what is set aside, and the signing out', async () => {
    const desk = await given.signIn(central.app, '1002')
    const [storeId, strange] = [nextId(), nextId()]
    const known = openCase().mutation
    const entries = await recorded(async () => {
      await desk.sync([known, { id: strange, shape: 'unknown' }])
      await desk.sync([{ id: strange, shape: 'unknown' }])
      await post(central.app, '/desk', { storeId: desk.storeId }, desk.token)
      await post(central.app, '/desk', { storeId }, desk.token)
      await post(central.app, '/sign-out', {}, desk.token)
    })
    const of = { actor: '1002', place: desk.storeId }
    expect(entries).toEqual([
      { ...of, action: 'mutation.quarantined', object: strange, detail: '{"code":"invalidInput"}' },
      { ...of, action: 'desk.bound', object: storeId, detail: '{}' },
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

function tampering(openEmptyDb: OpenEmptyDb): void {
  const COUNT = 12
  let db: Db
  let head: AuditHead
  beforeAll(async () => {
    db = await openEmptyDb()
    await migrate(db)
    await db.tx('sanxin_people', async (sql) => {
      for (let at = 1; at <= COUNT; at += 1)
        await appendAudit(sql, { at, actor: `人${at}`, place: null, action: 'signOut', detail: { at, 'é"': '\n' } })
    })
    await db.tx('owner', (sql) =>
      sql.script('create table kept as table audit; create table kept_head as table audit_head'),
    )
    const { head: before, flaw } = await verifyAudit(db, null, 5)
    head = before
    expect([head.seq, flaw]).toEqual([COUNT, null])
  })
  afterAll(() => db.close())

  /** What verifying finds, in small pages, after what its owner did to the chain; then all is as it was. */
  async function flawAfter(tamper: (sql: Tx) => Promise<unknown>, expected: string | null = null) {
    await db.tx('owner', tamper)
    const { flaw } = await verifyAudit(db, expected, 5)
    await db.tx('owner', (sql) =>
      sql.script(`truncate audit, audit_head; insert into audit select * from kept;
                  insert into audit_head select * from kept_head`),
    )
    return flaw
  }

  it('A7 a whole chain has every hash that was its head once, and no other', async () => {
    const hashes = (await entriesOf(db)).map(({ hash }) => hash)
    for (const hash of [beginning.hash, ...hashes]) expect((await verifyAudit(db, hash, 5)).flaw).toBeNull()
    expect((await verifyAudit(db, 'f'.repeat(64), 5)).flaw).toEqual({ seq: COUNT, why: 'expected' })
  })

  it.each([
    ['at', '99'],
    ['actor', `'other'`],
    ['actor', 'null'],
    ['place', `''`],
    ['action', `'signIn.ok'`],
    ['object', `'x'`],
    ['detail', `'{"at": 7}'`],
  ])('A6 an entry whose %s was made %s is named', async (column, value) => {
    expect(await flawAfter((sql) => sql.query(`update audit set ${column} = ${value} where seq = 7`))).toEqual({
      seq: 7,
      why: 'changed',
    })
  })

  it('A6 an entry that was changed with its own hash breaks the next', async () => {
    const flaw = await flawAfter((sql) =>
      sql.query(`update audit set actor = 'x', hash = audit_hash(seq, at, 'x', place, action, object, detail::text, prev_hash)
                 where seq = 7`),
    )
    expect(flaw).toEqual({ seq: 8, why: 'order' })
  })

  it('A6 an entry that was taken out is missed, also where the rest moved up', async () => {
    expect(await flawAfter((sql) => sql.query('delete from audit where seq = 5'))).toEqual({ seq: 5, why: 'missing' })
    expect(await flawAfter((sql) => sql.query('delete from audit where seq = 1'))).toEqual({ seq: 1, why: 'missing' })
    const closed = await flawAfter(async (sql) => {
      await sql.query('delete from audit where seq = 5')
      for (let seq = 6; seq <= COUNT; seq += 1)
        await sql.query('update audit set seq = seq - 1 where seq = $1::bigint', [seq])
    })
    expect(closed).toEqual({ seq: 5, why: 'order' })
  })

  it('A6 two entries that changed places are found', async () => {
    const flaw = await flawAfter((sql) =>
      sql.script(`update audit set seq = 100 where seq = 3; update audit set seq = 3 where seq = 4;
                  update audit set seq = 4 where seq = 100`),
    )
    expect(flaw).toEqual({ seq: 3, why: 'order' })
  })

  it('A6 an end that was cut is found by the head, and one put on behind it', async () => {
    expect(await flawAfter((sql) => sql.query('delete from audit where seq > 9'))).toEqual({ seq: 10, why: 'cut' })
    expect(await flawAfter((sql) => sql.query('delete from audit'))).toEqual({ seq: 1, why: 'cut' })
    expect(await flawAfter((sql) => sql.query('update audit_head set seq = seq - 1'))).toEqual({
      seq: COUNT,
      why: 'head',
    })
    expect(await flawAfter((sql) => sql.query(`update audit_head set hash = prev_hash`))).toEqual({
      seq: COUNT,
      why: 'head',
    })
    expect(await flawAfter((sql) => sql.query('delete from audit_head'))).toEqual({ seq: COUNT, why: 'head' })
  })

  it('A7 an end that was cut with its head, or a chain written anew, shows only by a hash that was kept elsewhere', async () => {
    const cutWhole = (sql: Tx) =>
      sql.script(`delete from audit where seq > 9;
        update audit_head set (seq, prev_hash, hash) = (select seq, prev_hash, hash from audit where seq = 9)`)
    expect(await flawAfter(cutWhole)).toBeNull()
    expect(await flawAfter(cutWhole, head.hash)).toEqual({ seq: 9, why: 'expected' })

    const writeAnew = async (sql: Tx) => {
      await sql.query(`update audit set actor = 'x' where seq = 7`)
      let prevHash = beginning.hash
      for (const entry of await selectAudit(sql, 0, 100)) {
        const hash = hashOf({ ...entry, prevHash })
        await sql.query('update audit set prev_hash = $2::text, hash = $3::text where seq = $1::bigint', [
          entry.seq,
          prevHash,
          hash,
        ])
        prevHash = hash
      }
      await sql.query('update audit_head set hash = $1::text', [must(prevHash, 'a hash')])
    }
    expect(await flawAfter(writeAnew)).toBeNull()
    expect(await flawAfter(writeAnew, head.hash)).toEqual({ seq: COUNT, why: 'expected' })
  })
}
