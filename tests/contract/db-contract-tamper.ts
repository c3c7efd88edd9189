/** What the owner of the tables does to the audit shows when it is verified (A6, A7). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import { beginning, hashOf, type AuditHead } from '../../central/audit/chain.ts'
import { appendAudit, selectAudit } from '../../central/audit/sql.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import type { Db, Tx } from '../../central/db/db.ts'
import type { OpenDb } from './open-db.ts'

export function tamperContract(openDb: OpenDb): void {
  const COUNT = 12
  let db: Db
  let head: AuditHead
  beforeAll(async () => {
    db = await openDb()
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
    const hashes = (await db.tx('owner', (sql) => selectAudit(sql, 0, 100))).map(({ hash }) => hash)
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
