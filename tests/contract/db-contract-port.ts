/** What the one door to the database promises of any database behind it (rules D). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbRoles, sqlState, TransactionOver, type Db, type Tx } from '../../central/db/db.ts'
import { columnsOf, inPieces } from '../../central/db/sql.ts'
import type { OpenDb } from './open-db.ts'
import { count, nextId } from './db-fixture.ts'

/** The SQLSTATE that something fails with; null where it does not, or not by the database. */
export async function stateOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => sqlState(error),
  )
}

export function portContract(openDb: OpenDb): void {
  describe('the port', () => {
    let db: Db
    beforeAll(async () => {
      db = await openDb()
    })
    afterAll(() => db.close())

    it('D1 gives int8 as numbers, json as values, text as it was', async () => {
      const [row] = await db.tx('owner', (sql) =>
        sql.query<{ big: number; value: unknown; text: string; flag: boolean; none: null }>(
          'select $1::bigint as big, $2::text::json as value, $3::text as text, $4::boolean as flag, $5::int as none',
          [1_795_462_736_629, '{"b":1,"aa":[true]}', `'; drop table staff; -- "引号" \\ 𠮷`, true, null],
        ),
      )
      expect(row).toEqual({
        big: 1_795_462_736_629,
        value: { b: 1, aa: [true] },
        text: `'; drop table staff; -- "引号" \\ 𠮷`,
        flag: true,
        none: null,
      })
    })

    it('D22 gives the bytes of what only goes on, as the database has them', async () => {
      const text = `'; drop table staff; -- "引号" \\ 𠮷 ${'长'.repeat(100_000)}`
      const json = '{ "b" : 1,  "aa":[true] }'
      const rows = await db.tx('owner', (sql) =>
        sql.bytes('select $1::text, $2::text::json, null, n, $3::text from generate_series(8, 9) as n', [
          text,
          json,
          '',
        ]),
      )
      const read = rows.map((row) => row.map((value) => (value === null ? null : Buffer.from(value).toString())))
      expect(read).toEqual([
        [text, json, null, '8', ''],
        [text, json, null, '9', ''],
      ])
      expect(await db.tx('owner', (sql) => sql.bytes('select 1 where false'))).toEqual([])
      expect(await stateOf(db.tx('sanxin_desk', (sql) => sql.bytes('select * from staff')))).toBe('42501')
    })

    it('D17 takes many rows in one statement as they are', async () => {
      const odd = ['', 'NULL', 'null', '{}', '{a,b}', `"引号" 'x' \\ \\"`, '\\N', ' 空 格 ', 'a\nb\tc', '𠮷,é', '\\\\']
      const columns = columnsOf({
        at: 'bigint',
        id: 'uuid',
        on: 'boolean',
        text: 'text',
        texts: 'text[]',
        value: 'json',
      })
      const id = nextId()
      const rows = [
        { at: 1_795_462_736_629, id, on: true, text: 'a', texts: odd, value: { [odd[5] ?? '']: odd, none: null } },
        { at: null, id: null, on: null, text: null, texts: null, value: null },
        ...odd.map((text) => ({ at: -1, id, on: false, text, texts: [], value: text })),
        { at: 0, id, on: false, text: 'b', texts: [], value: 12 },
      ]
      const query = `select * from ${columns.from} as fresh`
      const texts = rows.filter(({ text }) => text !== null)
      const bare = rows.map((row) => ({ ...row, on: null, text: null, texts: null, value: null }))
      // As they are, without one that is null, such as need no sign before any of theirs, and columns that hold nothing.
      for (const some of [rows, texts, texts.filter(({ text }) => !/["\\]/.test(text ?? '')), bare, []])
        expect(await db.tx('owner', (sql) => sql.query(query, columns.bind(some)))).toEqual(some)

      const lines = columnsOf({ told: 'jsonText', value: 'jsonb' })
      const [told] = await db.tx('owner', (sql) =>
        sql.query(`select * from ${lines.from} as fresh`, lines.bind([{ told: JSON.stringify({ odd }), value: null }])),
      )
      expect(told).toEqual({ told: { odd }, value: null })
    })

    it('D17 writes rows in pieces in their order, or not at all', async () => {
      const columns = columnsOf({ n: 'int', text: 'text' })
      const into = `insert into pieces (n, text) select * from ${columns.from} as fresh`
      type Row = { readonly n: number; readonly text: null }
      const write = (rows: readonly Row[], before: (piece: readonly Row[]) => void = () => {}) =>
        db.tx('owner', async (sql) => {
          await sql.script('create temp table pieces (place serial, n int check (n < 1000), text text) on commit drop')
          await inPieces(rows, (piece) => {
            before(piece)
            return sql.query(into, columns.bind(piece))
          })
          return sql.query<{ n: number }>('select n from pieces order by place')
        })
      const rows = Array.from({ length: 600 }, (_, n) => ({ n, text: null }))
      const numbers = rows.map(({ n }) => ({ n }))
      expect(await write(rows)).toEqual(numbers)
      expect(await write([])).toEqual([])
      const broken = (at: number) => rows.map((row) => (row.n === at ? { ...row, n: 1000 } : row))
      for (const at of [0, 400, 599]) expect(await stateOf(write(broken(at)))).toBe('23514')
      // One that is not even sent leaves nothing unheard of what was before it.
      const unsent = write(broken(0), ([first]) => {
        if (first?.n === 500) throw new Error('unsent')
      })
      await expect(unsent).rejects.toThrow(/unsent|violates/)
    })

    it('D2 runs each transaction under its role, and leaves none behind', async () => {
      for (const role of dbRoles) {
        const [row] = await db.tx(role, (sql) => sql.query<{ who: string }>('select current_user::text as who'))
        expect(row?.who).toBe(role)
      }
      const [row] = await db.tx('owner', (sql) =>
        sql.query<{ same: boolean }>('select current_user = session_user as same'),
      )
      expect(row?.same).toBe(true)
    })

    it('D3 denies what the role was not granted', async () => {
      const denied: [Parameters<Db['tx']>[0], string][] = [
        ['sanxin_desk', 'select * from staff'],
        ['sanxin_desk', 'select * from sessions'],
        ['sanxin_desk', 'select * from lines'],
        ['sanxin_desk', 'delete from case_events'],
        ['sanxin_desk', 'update case_events set by = $$x$$'],
        ['sanxin_desk', 'select * from quarantine'],
        ['sanxin_gate', 'select password_hash from staff'],
        ['sanxin_gate', 'select totp_secret from staff'],
        ['sanxin_gate', 'select * from callers'],
        ['sanxin_gate', 'select * from sign_in_tries'],
        ['sanxin_people', 'select * from callers'],
        ['sanxin_people', 'update sessions set expires_at = 0'],
        ['sanxin_gate', 'update sessions set ended_at = 0'],
        ['sanxin_people', 'delete from sessions'],
        ['sanxin_people', 'update devices set secret_hash = $$x$$'],
        ['sanxin_desk', 'select token_hash from sessions'],
        ['sanxin_desk', 'select name from staff'],
        ['sanxin_desk', 'update staff set desk_until = null'],
        ['sanxin_desk', 'select * from devices'],
        ['sanxin_live', 'select * from enrolments'],
        ['sanxin_live', 'select * from case_events'],
        ['sanxin_kb', 'select * from callers'],
        ['sanxin_kb', 'select * from sessions'],
        ['sanxin_reader', 'select * from staff'],
        ['sanxin_reader', 'select * from sessions'],
        ['sanxin_reader', 'select * from callers_before'],
        ['sanxin_reader', 'update cases set unit = $$x$$'],
        ['sanxin_reader', 'delete from case_events'],
        ['sanxin_reader', 'delete from attachments'],
        ['sanxin_reader', 'select * from unit_drafts'],
        ['sanxin_desk', 'select data from attachments'],
      ]
      for (const [role, text] of denied) {
        expect(await stateOf(db.tx(role, (sql) => sql.query(text))), `${role}: ${text}`).toBe('42501')
      }
    })

    it('D4 rolls back whole when the work throws, and goes on afterwards', async () => {
      const store = `insert into stores (store_id, ordinal, desk_code, created_at) values ('01890a5d-ac96-7000-8000-000000000001', 0, 'A1', 0)`
      const failing = db.tx('sanxin_people', async (sql) => {
        await sql.query(store)
        throw new Error('on purpose')
      })
      await expect(failing).rejects.toThrow('on purpose')
      expect(await count(db, 'stores')).toBe(0)
    })

    it('D19 what is asked of a transaction that is over is refused, and nothing of it is done', async () => {
      const store = `insert into stores (store_id, ordinal, desk_code, created_at) values ('01890a5d-ac96-7000-8000-000000000002', 0, 'A2', 0)`
      const kept: Tx[] = []
      await db.tx('sanxin_people', async (sql) => void kept.push(sql))
      await expect(
        db.tx('sanxin_people', async (sql) => {
          kept.push(sql)
          throw new Error('on purpose')
        }),
      ).rejects.toThrow('on purpose')
      for (const sql of kept) {
        await expect(sql.query(store)).rejects.toThrow(TransactionOver)
        await expect(sql.script(store)).rejects.toThrow(TransactionOver)
      }
      expect(await count(db, 'stores')).toBe(0)
    })
  })
}
