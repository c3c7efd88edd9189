/**
 * What central promises of any database under it; the rule of ../../shared/sync and of the design is in the title.
 * central/SPEC.md lists them: D the port · R3 facts · R4 replay · R5 the feed · R6 conflicts · H HTTP · L /live.
 */
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectFactsOf } from '../../central/calls/sql.ts'
import { dbRoles, sqlState, TransactionOver, type Db, type Tx } from '../../central/db/db.ts'
import { migrate, migrationsFolder } from '../../central/db/migrate.ts'
import { columnsOf } from '../../central/db/sql.ts'
import { accessContract } from './db-contract-access.ts'
import { adminAuditContract } from './db-contract-admin-audit.ts'
import { adminOutboxContract } from './db-contract-admin-outbox.ts'
import { adminPeopleContract } from './db-contract-admin-people.ts'
import { adminUnitsContract } from './db-contract-admin-units.ts'
import { auditContract } from './db-contract-audit.ts'
import { callerContract } from './db-contract-callers.ts'
import { findContract } from './db-contract-find.ts'
import { httpContract } from './db-contract-http.ts'
import { kbNoteContract } from './db-contract-kb-notes.ts'
import { ledgerContract } from './db-contract-ledger.ts'
import { liveContract } from './db-contract-live.ts'
import { carriedContract } from './db-contract-articles-carried.ts'
import { articleContract } from './db-contract-articles.ts'
import { leftContract } from './db-contract-left.ts'
import { messageContract } from './db-contract-messages.ts'
import { numberContract } from './db-contract-numbers.ts'
import { liveObjectContract } from './db-contract-live-objects.ts'
import { objectContract } from './db-contract-objects.ts'
import { particularContract } from './db-contract-particulars.ts'
import { progressContract } from './db-contract-progress.ts'
import { ratingContract } from './db-contract-ratings.ts'
import { reporterContract } from './db-contract-reporters.ts'
import { rowContract } from './db-contract-rows.ts'
import { scopeContract } from './db-contract-scopes.ts'
import { signInContract } from './db-contract-sign-in.ts'
import { staffContract } from './db-contract-staff.ts'
import { stepContract } from './db-contract-steps.ts'
import { syncContract } from './db-contract-sync.ts'
import { tableContract } from './db-contract-tables.ts'
import { systemContract } from './db-contract-systems.ts'
import { totpContract } from './db-contract-totp.ts'
import { reminderContract } from './db-contract-reminders.ts'
import { webhookContract } from './db-contract-webhooks.ts'
import { undoContract } from './db-contract-undo.ts'
import { unitContract } from './db-contract-unit.ts'
import { unitFilesContract } from './db-contract-unit-files.ts'
import { count, nextId } from './db-fixture.ts'

/** Gives a new, empty database each time; the suite closes what it opens. */
export type OpenEmptyDb = () => Promise<Db>

async function stateOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => sqlState(error),
  )
}

export function dbContract(name: string, openEmptyDb: OpenEmptyDb): void {
  describe(`central on ${name}`, () => {
    portContract(openEmptyDb)
    migrationContract(openEmptyDb)
    syncContract(openEmptyDb)
    scopeContract(openEmptyDb)
    httpContract(openEmptyDb)
    liveContract(openEmptyDb)
    numberContract(openEmptyDb)
    ledgerContract(openEmptyDb)
    messageContract(openEmptyDb)
    leftContract(openEmptyDb)
    ratingContract(openEmptyDb)
    systemContract(openEmptyDb)
    webhookContract(openEmptyDb)
    reminderContract(openEmptyDb)
    accessContract(openEmptyDb)
    articleContract(openEmptyDb)
    carriedContract(openEmptyDb)
    adminAuditContract(openEmptyDb)
    adminOutboxContract(openEmptyDb)
    adminPeopleContract(openEmptyDb)
    adminUnitsContract(openEmptyDb)
    objectContract(openEmptyDb)
    liveObjectContract(openEmptyDb)
    rowContract(openEmptyDb)
    auditContract(openEmptyDb)
    signInContract(openEmptyDb)
    staffContract(openEmptyDb)
    stepContract(openEmptyDb)
    callerContract(openEmptyDb)
    findContract(openEmptyDb)
    reporterContract(openEmptyDb)
    particularContract(openEmptyDb)
    progressContract(openEmptyDb)
    tableContract(openEmptyDb)
    kbNoteContract(openEmptyDb)
    totpContract(openEmptyDb)
    undoContract(openEmptyDb)
    unitContract(openEmptyDb)
    unitFilesContract(openEmptyDb)
  })
}

function portContract(openEmptyDb: OpenEmptyDb): void {
  describe('the port', () => {
    let db: Db
    beforeAll(async () => {
      db = await openEmptyDb()
      await migrate(db)
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
      const back = await db.tx('owner', (sql) => sql.query(query, columns.bind(rows)))
      expect(back).toEqual(rows)
      expect(await db.tx('owner', (sql) => sql.query(query, columns.bind([])))).toEqual([])

      const lines = columnsOf({ told: 'jsonText', value: 'jsonb' })
      const [told] = await db.tx('owner', (sql) =>
        sql.query(`select * from ${lines.from} as fresh`, lines.bind([{ told: JSON.stringify({ odd }), value: null }])),
      )
      expect(told).toEqual({ told: { odd }, value: null })
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

/** How many files there are to run on an empty database. */
export const migrationCount = async () => (await readdir(migrationsFolder)).length

function migrationContract(openEmptyDb: OpenEmptyDb): void {
  describe('migrations', () => {
    let db: Db
    let folder: string
    beforeAll(async () => {
      db = await openEmptyDb()
      folder = await mkdtemp(join(tmpdir(), 'sanxin-migrations-'))
    })
    afterAll(async () => {
      await db.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('D5 run once, also when several nodes start at the same time', async () => {
      const ran = await Promise.all([migrate(db), migrate(db), migrate(db)])
      expect(ran.toSorted((one, other) => one - other)).toEqual([0, 0, await migrationCount()])
      expect(await migrate(db)).toBe(0)
      expect(await count(db, 'feed_head')).toBe(1)
    })

    it('D6 refuse a database from the future', async () => {
      await expect(migrate(db, folder)).rejects.toMatchObject({ code: 'databaseFromFuture' })
    })

    it('D7 refuse a file that was changed after it ran', async () => {
      await writeFile(join(folder, '0001-first-call.sql'), 'select 1')
      await expect(migrate(db, folder)).rejects.toMatchObject({ code: 'databaseBroken' })
    })

    it('D8 leave nothing of a migration that fails', async () => {
      const empty = await openEmptyDb()
      await writeFile(join(folder, '0001-first-call.sql'), 'create table half (n int); select 1/0;')
      expect(await stateOf(migrate(empty, folder))).toBe('22012')
      expect(await count(empty, `pg_tables where tablename in ('half', 'schema_migrations')`)).toBe(0)
      await empty.close()
    })

    it('D13 bring a database of the first version up with what is in it', async () => {
      const first = join(folder, 'first')
      await mkdir(first)
      await copyFile(join(migrationsFolder, '0001-first-call.sql'), join(first, '0001-first-call.sql'))
      const old = await openEmptyDb()
      expect(await migrate(old, first)).toBe(1)
      const [id, storeId] = [nextId(), nextId()]
      await old.tx('owner', async (sql) => {
        await sql.query(
          `insert into mutations (id, store_id, staff_no, received_at, status) values ($1::uuid, $2::uuid, '1001', 1, 'applied')`,
          [id, storeId],
        )
        await sql.query(
          `insert into call_facts (mutation_id, call_id, kind, at) values ($1::uuid, 'c', 'answered', 1)`,
          [id],
        )
      })
      expect(await migrate(old)).toBe((await migrationCount()) - 1)
      const facts = await old.tx('sanxin_desk', (sql) => selectFactsOf(sql, ['c']))
      expect(facts.get('c')).toMatchObject([
        { kind: 'answered', at: 1, outcome: null, caseId: null, estimated: false, storeId },
      ])
      await old.close()
    })
  })
}
