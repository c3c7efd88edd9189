/** Who was shut out since the backup is not let in again by it. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { updateActive, updatePerson } from '../../central/people/sql.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore } from '../../central/ops/restore.ts'
import { tellColleague } from '../../central/directory/colleague.ts'
import { colleagueId } from '../../shared/directory/entry.ts'
import { must } from '../../shared/errors.ts'
import * as given from '../contract/db-fixture.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'
import { folder } from './support/drill-desk.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** A central with two desks at work, one system and one receiver, and a backup of that. */
async function backedUp(name: string) {
  const url = await createDatabase(server, name, 'ready')
  const { app, db } = await given.startCentral(openPostgres(url, { connections: 3 }))
  const desks = [await given.signIn(app, '1001'), await given.signIn(app, '1002')] as const
  await db.tx('owner', async (sql) => {
    await sql.query(`insert into api_keys (key_id, unit, name, secret_hash, created_at, created_by)
      values (gen_random_uuid(), 'U-CG', 'system', 'x', 1, '1020')`)
    // What no node has sealed yet.
    await sql.script('alter table webhooks drop constraint webhook_secret_sealed')
    await sql.query(`insert into webhooks (webhook_id, url, secret, created_at, created_by)
      select gen_random_uuid(), 'https://platform.example/' || n, 'CLEAR', n, '1020' from generate_series(1, 3) as n`)
    await sql.script(`alter table webhooks add constraint webhook_secret_sealed check (secret like 'v1.%') not valid`)
    await sql.query(`insert into enrolments (code_hash, name, expires_at) values ('unused', 'a desk', 9000000000000)`)
  })
  await db.tx('owner', (sql) =>
    sql.query(`insert into deputies values ('8001', '8002', 'U-CG', '2026-11-01', '2026-12-01', 1),
      ('8002', '8001', 'U-CG', '2026-11-01', '2026-12-01', 1)`),
  )
  await db.tx('sanxin_people', (sql) => tellColleague(sql, '1002'), { staffNo: '1002' })
  const file = join(folder(), 'b')
  await backUp(url, file)
  const close = async () => {
    await app.close()
    await db.close()
  }
  return { url, db, desks, file, close }
}

/** What says who gets in, of one person each who left, changed her password and signed out. */
async function standing(db: Db) {
  const rows = (text: string) => db.tx('owner', (sql) => sql.query<Record<string, unknown>>(text))
  return {
    staff: await rows(
      `select staff_no, active, role, password_hash, desk_until from staff where staff_no in ('1001', '1002', '1010') order by 1`,
    ),
    sessions: await rows('select staff_no, ended_at from sessions order by 1'),
    revoked: await rows('select count(revoked_at)::int as n from devices'),
    codes: await rows(`select used_at from enrolments where code_hash = 'unused'`),
    keys: await rows('select revoked_at from api_keys'),
    webhooks: await rows('select ended_at, paused_at from webhooks order by url'),
    silent: await rows('select phone_key from no_messages'),
    lines: await rows('select * from lines order by 1'),
    deputies: await rows('select * from deputies order by 1'),
  }
}

/** Until when each of three worked at a desk. */
async function deskUntil(url: string): Promise<Record<string, number | null>> {
  const db = openPostgres(url, { connections: 1 })
  onTestFinished(() => db.close())
  const rows = await db.tx('owner', (sql) =>
    sql.query<{ staffNo: string; at: number | null }>(
      `select staff_no as "staffNo", desk_until as at from staff where staff_no in ('1001', '1002', '1010')`,
    ),
  )
  return Object.fromEntries(rows.map(({ staffNo, at }) => [staffNo, at]))
}

async function status(url: string, staffNo: string): Promise<string> {
  const db = openPostgres(url, { connections: 3 })
  const { app } = await given.startCentral(db)
  const said = await given.signIn(app, staffNo).then(() => '200', String)
  await app.close()
  await db.close()
  return said
}

test('R5.19 who was shut out since the backup stays out: people, roles, passwords, lines, deputies, sessions, desks, codes, keys, receivers, numbers', async () => {
  const { url, db, desks, file, close } = await backedUp('shut')
  const lines = (await standing(db)).lines
  const line = (staffNo: string) =>
    must(
      lines.find((one) => one['staff_no'] === staffNo),
      staffNo,
    ) as { extension: string }
  await db.tx('owner', async (sql) => {
    await updateActive(sql, '1002', false, 900)
    await sql.query(`update staff set password_hash = 'another' where staff_no = '1001'`)
    await sql.query(`update staff set role = 'operator' where staff_no = '1010'`)
    await sql.query('update sessions set ended_at = 5 where session_id = $1::uuid', [desks[0].session])
    await sql.query('update devices set revoked_at = 6 where store_id = $1::uuid', [desks[1].storeId])
    await sql.query('update api_keys set revoked_at = 7')
    await sql.query(`update enrolments set used_at = 8 where code_hash = 'unused'`)
    await sql.query(`update webhooks set secret = 'v1.sealed'`)
    await sql.query('update webhooks set ended_at = 9 where created_at = 1')
    await sql.query('update webhooks set paused_at = 10 where created_at = 2')
    await sql.query(`insert into no_messages (phone_key, at) values ('8613800138000', 8)`)
    // Two change places, one is another's now, one has none any more; of the deputies one ended and one is for a day less.
    await sql.query(`update lines set extension = '6999', password = 'changed' where staff_no = '1001'`)
    await sql.query(`update lines set extension = $1::text where staff_no = '1003'`, [line('1001').extension])
    await sql.query(`update lines set extension = $1::text where staff_no = '1001'`, [line('1003').extension])
    await sql.query(`update lines set password = 'changed' where staff_no = '1002'`)
    await sql.query(`delete from lines where staff_no = '1010'`)
    await sql.query(`delete from deputies where staff_no = '8001'`)
    await sql.query(`update deputies set until_day = '2026-11-30' where staff_no = '8002'`)
  })
  const before = await standing(db)
  const named = (on: Db) =>
    on.tx('owner', (sql) =>
      sql.query('select 1 as one from directory where not withdrawn and id = $1::text', [colleagueId('1002')]),
    )
  expect(await named(db)).toEqual([{ one: 1 }])
  await close()
  const { shut } = await restore(url, file, Date.now())
  const once = { sessions: 1, devices: 1, codes: 1, keys: 1, webhooks: 1, paused: 1, silent: 1 }
  expect(shut).toEqual({ people: 3, lines: 4, deputies: 2, ...once })
  const restored = openPostgres(url, { connections: 1 })
  onTestFinished(() => restored.close())
  expect(await standing(restored)).toEqual(before)
  // Her colleagues' desks do not name her any more, and the audit says what was done.
  expect(await named(restored)).toEqual([])
  const told = `select detail::json as detail from audit where action = 'restored'`
  expect(await restored.tx('owner', (sql) => sql.query(told))).toEqual([{ detail: { ...shut, told: 0 } }])
  const clear = restored.tx('owner', (sql) => sql.query(`update webhooks set secret = 'CLEAR'`))
  await expect(clear).rejects.toThrow('webhook_secret_sealed')
  await restored.tx('owner', (sql) => sql.query('delete from webhooks'))
  expect(await status(url, '1002')).toContain('401')
})

test('R5.19 until when somebody worked at a desk holds after a restore, so that what she did is taken (H16.8)', async () => {
  const { url, db, file, close } = await backedUp('until')
  await db.tx('owner', async (sql) => {
    // Deactivated twice since the backup, moved to a role without a desk, and back at one.
    await updateActive(sql, '1001', false, 700)
    await updateActive(sql, '1001', true, 800)
    await updateActive(sql, '1001', false, 900)
    await updatePerson(sql, '1002', { name: null, role: 'quality', team: null }, 950)
    await updateActive(sql, '1010', false, 960)
    await updateActive(sql, '1010', true, 970)
  })
  await close()
  expect((await restore(url, file, Date.now())).shut.people).toBe(2)
  expect(await deskUntil(url)).toEqual({ 1001: 900, 1002: 950, 1010: null })
})

test('R5.19 what stood is taken over where it was older than this code, as far as it says it', async () => {
  const { url, db, file, close } = await backedUp('older')
  await db.tx('owner', async (sql) => {
    await updateActive(sql, '1001', false, 900)
    await sql.script('alter table staff drop column desk_until; alter table webhooks drop column paused_at')
    // Nor did a node seal what was there: she has another password, and needs another secret.
    await sql.script('alter table staff drop constraint totp_secret_sealed')
    await sql.query(`update staff set totp_secret = 'CLEAR', password_hash = 'another' where staff_no = '1010'`)
  })
  await close()
  const at = Date.now()
  expect((await restore(url, file, at)).shut.people).toBe(2)
  expect(await deskUntil(url)).toEqual({ 1001: at, 1002: null, 1010: null })
  const restored = openPostgres(url, { connections: 1 })
  onTestFinished(() => restored.close())
  const monitor = `select password_hash as hash, totp_secret as secret from staff where staff_no = '1010'`
  expect(await restored.tx('owner', (sql) => sql.query(monitor))).toEqual([{ hash: 'another', secret: null }])
})

test('R5.19 where what stood cannot be read all sessions end, and it is said', async () => {
  const { file, close } = await backedUp('lost')
  await close()
  const at = given.fakeClock().time + 60_000
  const { shut } = await restore(`postgres://postgres@127.0.0.1:${server.port}/anew`, file, at)
  const unknown = {
    people: null,
    lines: null,
    deputies: null,
    devices: null,
    codes: null,
    keys: null,
    webhooks: null,
    paused: null,
    silent: null,
  }
  expect(shut).toEqual({ ...unknown, sessions: 2 })
  const db = openPostgres(`postgres://postgres@127.0.0.1:${server.port}/anew`, { connections: 1 })
  onTestFinished(() => db.close())
  expect((await standing(db)).sessions).toEqual([
    { staff_no: '1001', ended_at: at },
    { staff_no: '1002', ended_at: at },
  ])
})

test('R5.22 what was told, settled or withdrawn since the backup is not told after a restore; what is still owed is', async () => {
  const url = await createDatabase(server, 'owed', 'ready')
  const { app, db } = await given.startCentral(openPostgres(url, { connections: 3 }))
  const { caseId, mutation } = given.openCase()
  await (await given.signIn(app)).sync([mutation])
  const owed = ['pending', 'dead', 'byVoice', 'pending', 'pending']
  await db.tx('owner', (sql) =>
    sql.query(
      `insert into outbox (id, channel, kind, case_id, revision, at, data, status, next_at)
       select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'message', 'accepted', $1::uuid, 1, 1, '{}', status, n
       from json_array_elements_text($2::text::json) with ordinality as given(status, n)`,
      [caseId, JSON.stringify(owed)],
    ),
  )
  const read = (on: Db) =>
    on.tx('owner', (sql) =>
      sql.query('select status, reason, done_at, settled_by, data from outbox where kind = $1::text order by next_at', [
        'accepted',
      ]),
    )
  const file = join(folder(), 'b')
  await backUp(url, file)
  await db.tx('owner', async (sql) => {
    await sql.query(`update outbox set status = 'sent', done_at = 1, data = null where next_at = 1`)
    await sql.query(
      `update outbox set status = 'withdrawn', reason = 'left', done_at = 2, data = null where next_at = 2`,
    )
    await sql.query(`update outbox set status = 'settled', reason = 'told', settled_by = '1010', data = null
      where next_at = 3`)
    await sql.query(`update outbox set status = 'dead' where next_at = 4`)
  })
  const before = await read(db)
  await app.close()
  await db.close()
  await restore(url, file, Date.now())
  const restored = openPostgres(url, { connections: 1 })
  onTestFinished(() => restored.close())
  const after = await read(restored)
  expect(after.slice(0, 3)).toEqual(before.slice(0, 3))
  expect(after.slice(3)).toMatchObject([{ status: 'pending' }, { status: 'pending' }])
})

test('R5.22 what was told of a fact that only the desks bring again is not told once more', async () => {
  const url = await createDatabase(server, 'told', 'ready')
  const first = await given.startCentral(openPostgres(url, { connections: 3 }))
  const desk = await given.signIn(first.app)
  await first.db.tx('owner', (sql) =>
    sql.query(`insert into webhooks (webhook_id, url, secret, created_at, created_by)
      values (gen_random_uuid(), 'https://platform.example/', 'v1.x', 1, '1020')`),
  )
  const file = join(folder(), 'b')
  await backUp(url, file)
  const { mutation, caseId } = given.openCase('13800138001')
  const reply = given.replyLater(caseId, mutation.id)
  await desk.sync([mutation, reply])
  const read = (on: Db) =>
    on.tx('owner', (sql) =>
      sql.query<{ id: string; status: string }>('select id, status, done_at, data from outbox order by id'),
    )
  const [last] = (await read(first.db)).toReversed()
  const now = Date.now()
  await first.db.tx('owner', (sql) =>
    sql.query(`update outbox set status = 'sent', done_at = $1::bigint, data = null where id <> $2::uuid`, [
      now,
      must(last ?? null, 'what is owed').id,
    ]),
  )
  const before = await read(first.db)
  expect(before.length).toBeGreaterThan(1)
  await first.app.close()
  await first.db.close()
  // Twice, before any desk has brought its facts.
  const done = { told: before.length - 1 }
  for (const at of [now, now + 5000]) expect(await restore(url, file, at)).toMatchObject(done)
  const second = await given.startCentral(openPostgres(url, { connections: 3 }))
  onTestFinished(async () => {
    await second.app.close()
    await second.db.close()
  })
  expect(await read(second.db)).toEqual([])
  await (await given.signIn(second.app)).sync([mutation, reply])
  expect(await read(second.db)).toEqual(before)
})
