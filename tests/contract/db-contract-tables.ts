/** The rule tables: versions, who reads and publishes them, what goes by them (rules T in central/SPEC.md). */
import { isSaidTable } from '../../shared/tables/publish-right.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { must } from '../../shared/errors.ts'
import { staffRoles, type StaffRole } from '../../shared/people/staff-role.ts'
import type { Change } from '../../shared/sync/protocol.ts'
import { classesOf } from '../../shared/case/classes.ts'
import { readBody, shippedBodies, tableNames, type TableBodies, type TableName } from '../../shared/tables/tables.ts'
import {
  flawedSchema,
  tableListSchema,
  tableVersionSchema,
  tableVersionsSchema,
  type TableVersion,
} from '../../shared/tables/versions.ts'
import { recount } from '../../central/cases/recount.ts'
import { rulesOf } from '../../central/cases/deadline-rules.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const units = [...new Set(classesOf(shippedBodies.classes).map(({ unit }) => unit))]
const unitEntry = (id: string): DirectoryEntry => ({
  ...{ id, kind: 'unit', name: `单位 ${id}`, numbers: [{ number: '110', words: '' }], hours: '', district: null },
})

/** The deadlines that are shipped, each as long as this. */
const allIn = (minutes: number) => shippedBodies.deadlines.map((row) => ({ ...row, span: { minutes } }))

/** Turns a case over to a unit. */
export const replyLater = ({ caseId, mutation }: given.Opened) =>
  given.caseMutation({
    ...{ type: 'case.reply', caseId, base: { mutation: mutation.id } },
    reply: { mode: 'later', text: '', articles: [] },
  })

/** What of an answer's changes is a table. */
const tablesIn = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === 'table' ? [change.table] : []))

export function tableContract(openDb: OpenDb): void {
  describe('rule tables', () => {
    let central: given.Central
    let tokens: Map<StaffRole, string>
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      await given.addOfEachRole(central.db)
      await publishDirectory(central.db, units.map(unitEntry), false)
      tokens = new Map()
      for (const role of staffRoles) tokens.set(role, (await given.tokenOf(central.app, role)).token)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })
    const ask = (role: StaffRole, method: 'GET' | 'PUT', url: string, payload?: object) =>
      central.app.inject({
        ...{ method, url, headers: { authorization: `Bearer ${must(tokens.get(role), role)}` } },
        ...(payload === undefined ? {} : { payload }),
      })
    const get = async (url: string, role: StaffRole = 'operator') => (await ask(role, 'GET', url)).json<unknown>()
    const newest = async (name: TableName) => tableVersionSchema.parse(await get(`/tables/${name}`))
    const put = (name: string, payload: object, role: StaffRole = 'administrator') =>
      ask(role, 'PUT', `/tables/${name}`, payload)
    /** Publishes a body upon what stands; answers the version. */
    async function publish<N extends TableName>(name: N, body: TableBodies[N], why = '试用'): Promise<TableVersion> {
      const answer = await put(name, { base: (await newest(name)).version, body, why })
      expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, ''])
      return tableVersionSchema.parse(answer.json())
    }
    /** Counts by the tables that hold what was counted by others, and waits for it. */
    const recounted = () =>
      recount(
        central.db,
        async (sql) => rulesOf((await central.tables.hold(sql)).bodies),
        () => undefined,
        () => false,
      )

    it('T1 what comes with the program is version 0 of each, and nobody published it', async () => {
      const { tables } = tableListSchema.parse(await get('/tables'))
      expect(tables).toEqual(tableNames.map((name) => ({ name, version: 0, author: null, why: '', at: null })))
      for (const name of tableNames) {
        const { body, version } = await newest(name)
        expect([version, readBody(name, body)]).toEqual([0, shippedBodies[name]])
      }
      expect((await ask('operator', 'GET', '/tables/staff')).statusCode).toBe(404)
      expect((await ask('operator', 'GET', '/tables/classes?version=7')).statusCode).toBe(404)
      expect((await ask('operator', 'GET', '/tables/classes?version=x')).json()).toMatchObject({ detail: 'version' })
    })

    it('T4 whoever is signed in reads them; only who has tables.edit publishes, a monitor what is said, and an editor what means the same, also under the API', async () => {
      for (const role of staffRoles) {
        expect((await ask(role, 'GET', '/tables')).statusCode, role).toBe(200)
        if (role === 'administrator') continue
        const answer = await put('deadlines', { base: 0, body: allIn(30), why: 'w' }, role)
        expect([answer.statusCode, answer.json()], role).toEqual([403, { code: 'forbidden' }])
      }
      for (const name of tableNames)
        for (const role of staffRoles.filter((one) => one !== 'administrator')) {
          const may = (role === 'monitor' && isSaidTable(name)) || (role === 'editor' && name === 'synonyms')
          const answer = await put(name, { base: 0, body: 'not a table', why: 'w' }, role)
          expect([answer.statusCode, answer.json<{ code: string }>().code], `${role} ${name}`).toEqual(
            may ? [400, 'invalidInput'] : [403, 'forbidden'],
          )
        }
      const insert = (actor: object, name: TableName) =>
        central.db.tx(
          'sanxin_kb',
          (sql) =>
            sql.query(
              `insert into rule_tables (name, version, body, hash, staff_no, why, at)
               values ($1::text, 1, '[]', '', '205', '', 0)`,
              [name],
            ),
          actor,
        )
      const monitor = { role: 'monitor', staffNo: '205' }
      for (const name of tableNames) {
        const strangers = [{}, { role: 'operator', staffNo: '205' }, { role: 'administrator', staffNo: '1001' }]
        const editor = { role: 'editor', staffNo: name === 'synonyms' ? '1010' : '205' }
        for (const actor of [...strangers, editor, isSaidTable(name) ? { ...monitor, staffNo: '1010' } : monitor])
          await expect(insert(actor, name), `${JSON.stringify(actor)} ${name}`).rejects.toMatchObject({ code: '42501' })
      }
      for (const spoil of [`update rule_tables set why = ''`, 'delete from rule_tables', 'truncate rule_tables'])
        for (const role of ['sanxin_kb', 'sanxin_desk', 'sanxin_reader'] as const)
          await expect(
            central.db.tx(role, (sql) => sql.query(spoil), { role: 'administrator' }),
            `${role}: ${spoil}`,
          ).rejects.toMatchObject({ code: '42501' })
    })

    it('T5 a body is published after the newest; upon an older one it is refused with the number of the newest', async () => {
      const { clock } = central
      const first = await publish('deadlines', allIn(60), '试行一小时')
      expect(first).toMatchObject({ name: 'deadlines', version: 1, why: '试行一小时', at: clock.time })
      expect(first.author).toBe(given.staffNoOf('administrator'))
      const late = await put('deadlines', { base: 0, body: allIn(90), why: '同时改的' })
      expect([late.statusCode, late.json()]).toEqual([409, { code: 'outdated', detail: '1' }])
      // The same once more, because its answer was lost.
      const again = await put('deadlines', { base: 0, body: allIn(60), why: '试行一小时' })
      expect([again.statusCode, again.json()]).toEqual([200, first])
      const same = await put('deadlines', { base: 1, body: allIn(60), why: '没有改' })
      expect([same.statusCode, same.json()]).toEqual([400, { code: 'invalidInput', detail: 'unchanged' }])
      const back = await publish('deadlines', shippedBodies.deadlines, '恢复')
      expect(back).toMatchObject({ version: 2, body: shippedBodies.deadlines })
      const { versions } = tableVersionsSchema.parse(await get('/tables/deadlines/versions'))
      expect(versions.map(({ version, why }) => `${version} ${why}`)).toEqual(['2 恢复', '1 试行一小时', '0 '])
      const old = tableVersionSchema.parse(await get('/tables/deadlines?version=1'))
      expect([old, (await get('/tables/deadlines?version=0')) as TableVersion]).toMatchObject([first, { version: 0 }])
      const { tables } = tableListSchema.parse(await get('/tables'))
      expect(tables.map(({ name, version }) => `${name} ${version}`)).toContain('deadlines 2')
    })

    it('T5 of many who publish upon the same version one does', async () => {
      const base = (await newest('calendar')).version
      const bodies = Array.from({ length: 6 }, (_, n) => ({ ...shippedBodies.calendar, source: `通知 ${n}` }))
      const answers = await Promise.all(bodies.map((body) => put('calendar', { base, body, why: 'w' })))
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409, 409, 409, 409])
      expect((await newest('calendar')).version).toBe(base + 1)
    })

    it('T2 one that is wrong is refused with all that is, by its place, and leaves nothing', async () => {
      const [row, ...rest] = shippedBodies.deadlines
      const body = [{ ...row, codes: ['99'] }, ...rest, row]
      const before = await newest('deadlines')
      const answer = await put('deadlines', { base: before.version, body, why: 'w' })
      expect(answer.statusCode).toBe(400)
      expect(flawedSchema.parse(answer.json()).flaws).toEqual([
        { path: [rest.length + 1, 'rule'], code: 'twice' },
        { path: [0, 'codes', 0], code: 'unknownClass' },
        { path: [rest.length + 1], code: 'unreachable' },
      ])
      const tree = structuredClone(shippedBodies.classes)
      must(tree[0]?.children[0], 'a class').unit = 'U-NONE'
      const unknown = await put('classes', { base: 0, body: tree, why: 'w' })
      expect(flawedSchema.parse(unknown.json()).flaws).toEqual([
        { path: [0, 'children', 0, 'unit'], code: 'unknownUnit' },
      ])
      for (const [payload, detail] of [
        [{ base: 0, body: [], why: ' ' }, 'why'],
        [{ base: -1, body: [], why: 'w' }, 'base'],
      ] as const)
        expect((await put('deadlines', payload)).json()).toEqual({ code: 'invalidInput', detail })
      expect(await newest('deadlines')).toEqual(before)
    })

    it('T6 each publication stands in the audit with the hash of what was published', async () => {
      const { version } = await publish('divisions', shippedBodies.divisions.slice(0, 3), '只留三区')
      const [row] = await central.db.tx('owner', (sql) =>
        sql.query<{
          actor: string
          object: string
          detail: { version: number; hash: string; why: string }
          hash: string
        }>(
          `select audit.actor, audit.object, audit.detail, rule_tables.hash from audit
           join rule_tables on name = 'divisions' and version = (detail->>'version')::int
           where action = 'table.published' and object = 'divisions' order by seq desc limit 1`,
        ),
      )
      expect(row).toMatchObject({ actor: given.staffNoOf('administrator'), detail: { version, why: '只留三区' } })
      expect(row?.detail.hash).toBe(row?.hash)
    })

    it('T7 every desk is brought the newest by the feed, a new one all that were published', async () => {
      const [one, other] = [await given.signIn(central.app, '1001'), await given.signIn(central.app, '1002')]
      await one.pullAll()
      await other.pullAll()
      const { version } = await publish('deadlines', allIn(45))
      await publish('deadlines', shippedBodies.deadlines)
      for (const desk of [one, other])
        expect(tablesIn((await desk.pullAll()).flatMap(({ changes }) => changes))).toEqual([
          { name: 'deadlines', version: version + 1, body: shippedBodies.deadlines },
        ])
      const fresh = await given.signIn(central.app, '1003')
      const brought = tablesIn((await fresh.pullAll()).flatMap(({ changes }) => changes))
      expect(brought.map(({ name }) => name).toSorted()).toEqual(['calendar', 'deadlines', 'divisions'])
    })

    it('T8 from its commit on everything is counted by the newest, and what is open anew', async () => {
      const desk = await given.signIn(central.app, '1001')
      const open = given.openCase('13800138000', '路灯不亮，待转办')
      await desk.sync([open.mutation, replyLater(open)])
      const dueOf = async (caseId: string) => {
        const [row] = await central.db.tx('owner', (sql) =>
          sql.query<{ due: number; rule: string }>('select due, due_rule as rule from cases where case_id = $1::uuid', [
            caseId,
          ]),
        )
        return must(row, 'the case').due
      }
      const before = await dueOf(open.caseId)
      await publish('deadlines', allIn(25))
      await recounted()
      const after = await dueOf(open.caseId)
      expect(after).toBeLessThan(before)
      // Another case is counted so by whoever takes it, without waiting for anything.
      const next = given.openCase('13800138001', '井盖缺失，待转办')
      await desk.sync([next.mutation, replyLater(next)])
      expect(await dueOf(next.caseId)).toBe(after)
      const shown = (await get(`/cases/${open.caseId}`, 'monitor')) as { deadlines: { sign: { due: number } } }
      expect(shown.deadlines.sign.due).toBe(after)
      await publish('deadlines', shippedBodies.deadlines)
      await recounted()
      expect([await dueOf(open.caseId), await dueOf(next.caseId)]).toEqual([before, before])
    })

    it('T3 a class that left the table stays in it as retired, and a case of an older desk that names it is taken', async () => {
      const without = structuredClone(shippedBodies.classes)
      const [gone] = must(without[0], 'a group').children.splice(0, 1)
      const { body } = await publish('classes', without, '合并')
      const stored = must(readBody('classes', body), 'a tree')
      expect(stored[0]?.children.at(-1)).toEqual({ ...gone, retired: true })
      const desk = await given.signIn(central.app, '1001')
      const opened = given.openCase('13800138002', '旧分类的事')
      expect(await desk.sync([opened.mutation])).toMatchObject({ answers: [{ status: 'applied' }] })
      const found = (await get(`/cases/${opened.caseId}`, 'monitor')) as {
        record: { groups: { classification: { code: string } } }
      }
      expect(found.record.groups.classification.code).toBe(gone?.code)
      const exported = await given.post(
        central.app,
        '/cases/export',
        { words: '旧分类的事' },
        must(tokens.get('monitor'), 'a monitor'),
      )
      expect(exported.body).toContain(must(gone, 'a class').name)
    })

    it('T9 a table that this program does not understand leaves what comes with it, and stops nothing', async () => {
      await central.db.tx('owner', (sql) =>
        sql.query(
          `insert into rule_tables (name, version, body, hash, staff_no, why, at)
           select 'calendar', max(version) + 1, '{"years":"2030"}', 'x', '0', 'w', 0 from rule_tables where name = 'calendar'`,
        ),
      )
      const holding = await central.db.tx('sanxin_desk', (sql) => central.tables.read(sql))
      expect([holding.bodies.calendar, holding.versions.calendar]).toEqual([shippedBodies.calendar, 0])
      expect(central.logged.map(({ event }) => event)).toContain('tableUnreadable')
      const desk = await given.signIn(central.app, '1001')
      expect(await desk.sync([given.openCase().mutation])).toMatchObject({ answers: [{ status: 'applied' }] })
    })
  })
}
