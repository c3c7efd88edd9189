/**
 * What central promises of any database under it; the rule of ../../shared/sync and of the design is in the title.
 * central/SPEC.md lists them: D the port · R3 facts · R4 replay · R5 the feed · R6 conflicts · H HTTP · L /live.
 */
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectFactsOf } from '../../central/calls/sql.ts'
import type { Db } from '../../central/db/db.ts'
import { migrate, migrationsFolder } from '../../central/db/migrate.ts'
import { accessContract } from './db-contract-access.ts'
import { adminAuditContract } from './db-contract-admin-audit.ts'
import { adminOutboxContract } from './db-contract-admin-outbox.ts'
import { adminPeopleContract } from './db-contract-admin-people.ts'
import { adminUnitsContract } from './db-contract-admin-units.ts'
import { auditContract } from './db-contract-audit.ts'
import { authorContract } from './db-contract-authors.ts'
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
import { portContract, stateOf } from './db-contract-port.ts'
import { progressContract } from './db-contract-progress.ts'
import { ratingContract } from './db-contract-ratings.ts'
import { reporterContract } from './db-contract-reporters.ts'
import { secrecyContract } from './db-contract-secrecy.ts'
import { secretCallContract } from './db-contract-secret-calls.ts'
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
import { writtenContract } from './db-contract-written.ts'
import { count, nextId } from './db-fixture.ts'
import type { OpenDb } from './open-db.ts'

/** `openEmptyDb` opens one in which no migration has run. */
export function dbContract(name: string, openDb: OpenDb, openEmptyDb: OpenDb): void {
  describe(`central on ${name}`, () => {
    portContract(openDb)
    migrationContract(openEmptyDb)
    syncContract(openDb)
    writtenContract(openDb)
    scopeContract(openDb)
    httpContract(openDb)
    liveContract(openDb)
    numberContract(openDb)
    ledgerContract(openDb)
    messageContract(openDb)
    leftContract(openDb)
    ratingContract(openDb)
    systemContract(openDb)
    webhookContract(openDb)
    reminderContract(openDb)
    accessContract(openDb)
    articleContract(openDb)
    carriedContract(openDb)
    adminAuditContract(openDb)
    adminOutboxContract(openDb)
    adminPeopleContract(openDb)
    adminUnitsContract(openDb)
    objectContract(openDb)
    liveObjectContract(openDb)
    rowContract(openDb)
    auditContract(openDb)
    signInContract(openDb)
    staffContract(openDb)
    authorContract(openDb, openEmptyDb)
    stepContract(openDb)
    callerContract(openDb)
    findContract(openDb)
    reporterContract(openDb)
    secrecyContract(openDb)
    secretCallContract(openDb)
    particularContract(openDb)
    progressContract(openDb)
    tableContract(openDb)
    kbNoteContract(openDb)
    totpContract(openDb)
    undoContract(openDb)
    unitContract(openDb)
    unitFilesContract(openDb)
  })
}

/** How many files there are to run on an empty database. */
export const migrationCount = async () => (await readdir(migrationsFolder)).length

function migrationContract(openEmptyDb: OpenDb): void {
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
