/** Row-level security (D14 …), proved by going round the API: queries that ask for everything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may } from '../../shared/people/roles.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import { sqlState, type Actor, type DbRole, type Tx } from '../../central/db/db.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const tables = ['cases', 'callers', 'case_events'] as const

export function rowContract(openDb: OpenDb): void {
  describe('rows', () => {
    let central: given.Central
    let mine: given.Desk
    let other: given.Desk
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      mine = await given.signIn(central.app, '1001')
      other = await given.signIn(central.app, '1002')
      await mine.sync([given.openCase().mutation, given.openCase().mutation])
      const given3 = given.openCase()
      await other.sync([given3.mutation])
      await central.db.tx('owner', (sql) =>
        sql.query('update cases set unit = $2::text where case_id = $1::uuid', [given3.caseId, given.UNIT]),
      )
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const all = (sql: Tx, table: string) => sql.query<Record<string, unknown>>(`select * from ${table}`)
    const rows = async (role: DbRole, table: string, actor?: Actor) =>
      (await central.db.tx(role, (sql) => all(sql, table), actor)).length

    it('D14.1 who reads for nobody reads nothing', async () => {
      for (const table of tables) {
        expect(await rows('sanxin_reader', table), table).toBe(0)
        expect(await rows('sanxin_reader', table, {}), table).toBe(0)
        expect(await rows('sanxin_reader', table, { unit: given.UNIT, staffNo: '1010' }), table).toBe(0)
      }
    })

    it('D14.2 a role reads what the table in shared lets it, a unit its own, whatever the query asks', async () => {
      for (const role of staffRoles) {
        const expected = !may(role, 'cases.read') ? 0 : role === 'unitMember' ? 1 : 3
        for (const table of tables) {
          const actor = { staffNo: given.staffNoOf(role), role, unit: role === 'unitMember' ? given.UNIT : null }
          expect(await rows('sanxin_reader', table, actor), `${role}: ${table}`).toBe(expected)
        }
      }
      for (const unit of ['市水务局', '', null])
        expect(await rows('sanxin_reader', 'cases', { role: 'unitMember', unit })).toBe(0)
    })

    it('D18 an event and a fact name a mutation that stands, and it stays', async () => {
      const nothing = given.nextId()
      const fact = `insert into call_facts (mutation_id, store_id, call_id, kind, at) select '${nothing}', store_id, 'c', 'talking', 1 from stores limit 1`
      const tried: [DbRole | 'owner', string][] = [
        ['sanxin_desk', fact],
        [
          'sanxin_desk',
          `insert into case_events (case_id, revision, mutation_id, at, by, type, data) values ('${nothing}', 1, '${nothing}', 1, 'x', 'x', '{}')`,
        ],
        ['owner', `update case_events set mutation_id = '${nothing}'`],
        ['owner', 'update mutations set id = gen_random_uuid()'],
        ['owner', 'delete from mutations'],
        ['owner', 'truncate mutations, quarantine'],
      ]
      for (const [role, text] of tried) {
        const state = await central.db.tx(role, (sql) => sql.script(text)).then(() => null, sqlState)
        expect(state, text).toBe('23503')
      }
      expect(await given.count(central.db, 'mutations')).toBe(3)
      // What nothing came in goes; and all of it together.
      const gone = `update case_events set mutation_id = (select min(mutation_id::text)::uuid from case_events);
        delete from mutations where id not in (select mutation_id from case_events)`
      const undone = new Error('on purpose')
      const emptied = central.db.tx('owner', async (sql) => {
        await sql.script(`${gone}; truncate mutations, quarantine, case_events, call_facts`)
        throw undone
      })
      await expect(emptied).rejects.toBe(undone)
    })

    it('D14.3 a store reads its own of the feed and what is for all', async () => {
      const { publishArticles } = await import('../../central/kb/service.ts')
      const rest = { family: 'f', body: 'b', source: 's', unit: 'u', district: null, questions: [] }
      await publishArticles(central.db, [{ id: 'KB-D14', version: 1, title: 't', validUntil: '2027-01-01', ...rest }])
      const storesSeen = async (actor?: Actor) =>
        (await central.db.tx('sanxin_desk', (sql) => all(sql, 'feed'), actor)).map((row) => row['store_id'])
      expect(await storesSeen({ storeId: mine.storeId })).toEqual([mine.storeId, mine.storeId, null])
      expect(await storesSeen({ storeId: other.storeId })).toEqual([other.storeId, null])
      expect(await storesSeen()).toEqual([null])
      expect(await rows('sanxin_kb', 'feed', { storeId: mine.storeId })).toBe(0)
    })

    it('D14.7 the directory is read by desks and written by who publishes; who reads for a person sees units, and can write nothing', async () => {
      const { publishDirectory } = await import('../../central/directory/service.ts')
      const entry = { id: 'U-D14', kind: 'unit', name: 'u', numbers: [{ number: '110', words: '' }] } as const
      await publishDirectory(central.db, [{ ...entry, numbers: [...entry.numbers], hours: '', district: null }], false)
      expect(await rows('sanxin_desk', 'directory', {})).toBeGreaterThan(0)
      const colleague = {
        ...{ id: 'C-D14', kind: 'colleague', name: 'c', staffNo: '1001', extension: '1001' },
        team: null,
      }
      await publishDirectory(central.db, [{ ...colleague, kind: 'colleague', role: null }], false)
      const read = await central.db.tx('sanxin_reader', (sql) => all(sql, 'directory'), { role: 'operator' })
      expect(read.map(({ id }) => id)).toEqual(['U-D14'])
      await expect(rows('sanxin_live', 'directory')).rejects.toThrow(/permission denied|row-level security/)
      for (const role of ['sanxin_desk', 'sanxin_reader'] as const) {
        const spoil = central.db.tx(role, (sql) => sql.query(`update directory set withdrawn = true`))
        await expect(spoil).rejects.toThrow(/permission denied|row-level security/)
      }
    })

    it('D14.8 who finds sees no name and no number, and writes nothing but the index', async () => {
      await expect(central.db.tx('sanxin_find', (sql) => sql.query('select phone, name from callers'))).rejects.toThrow(
        /permission denied/,
      )
      for (const spoil of [`update cases set state = 'settled'`, 'delete from case_words', 'delete from case_events'])
        await expect(
          central.db.tx('sanxin_find', (sql) => sql.query(spoil)),
          spoil,
        ).rejects.toThrow(/permission denied/)
    })

    it('D14.4 sessions are one’s own: by the token at the gate, by the person elsewhere', async () => {
      expect(await rows('sanxin_gate', 'sessions')).toBe(0)
      expect(await rows('sanxin_gate', 'sessions', { staffNo: '1001', tokenHash: 'x' })).toBe(0)
      expect(await rows('sanxin_people', 'sessions')).toBe(0)
      expect(await rows('sanxin_people', 'sessions', { staffNo: '1001' })).toBe(1)
      const ended = await central.db.tx(
        'sanxin_people',
        (sql) => sql.query('update sessions set ended_at = 1 returning *'),
        { staffNo: '1003' },
      )
      expect(ended).toEqual([])
      const gone = central.db.tx('sanxin_people', (sql) => sql.query('delete from sessions'), { staffNo: '1001' })
      await expect(gone).rejects.toMatchObject({ code: '42501' })
      const forOther = central.db.tx(
        'sanxin_people',
        (sql) =>
          sql.query(
            `insert into sessions (token_hash, session_id, staff_no, created_at, expires_at)
             values ('forged', gen_random_uuid(), '1010', 0, 1)`,
          ),
        { staffNo: '1001' },
      )
      await expect(forOther).rejects.toMatchObject({ code: '42501' })
    })

    it('D14.5 the actor ends with its transaction, and no connection remembers it', async () => {
      expect(await rows('sanxin_reader', 'cases', given.monitor)).toBe(3)
      for (let time = 0; time < 12; time += 1) expect(await rows('sanxin_reader', 'cases')).toBe(0)
      const failing = central.db.tx('sanxin_reader', () => Promise.reject(new Error('on purpose')), given.monitor)
      await expect(failing).rejects.toThrow('on purpose')
      for (let time = 0; time < 12; time += 1) expect(await rows('sanxin_reader', 'cases')).toBe(0)
    })

    it('D14.6 what this does not prevent: any SQL as the login can take another role, and name another actor', async () => {
      const seen = await central.db.tx('sanxin_reader', async (sql) => {
        const before = await all(sql, 'cases')
        await sql.query(`select set_config('sanxin.staff_role', 'monitor', true)`)
        const named = await all(sql, 'cases')
        await sql.query(`select set_config('sanxin.staff_role', '', true)`)
        const unnamed = await all(sql, 'cases')
        await sql.script('reset role')
        return [before.length, named.length, unnamed.length, (await all(sql, 'staff')).length > 0]
      })
      expect(seen).toEqual([0, 3, 0, true])
    })
  })
}
