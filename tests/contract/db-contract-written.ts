/** What a request wrote itself, as its answer tells it (R5.16): the same as whoever pulls it is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesOf } from '../../central/sync/json-parts.ts'
import { takeIn } from '../../central/sync/intake.ts'
import { pull } from '../../central/sync/pull.ts'
import { sync } from '../../central/sync/service.ts'
import type { Db } from '../../central/db/db.ts'
import { must } from '../../shared/errors.ts'
import { PROTOCOL_VERSION, type Change, type Mutation, type SyncResponse } from '../../shared/sync/protocol.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const { caseMutation, editContent, openCase, replyAtOnce, signIn } = given
type Opened = given.Opened

/** Opened, by a mutation that says something else of it. */
function openedAs(opened: Opened, kind: 'help' | 'report', { callerId = opened.callerId } = {}): Mutation {
  const { body } = opened.mutation
  if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('a case that is opened')
  const groups = { ...body.command.groups, classification: { kind, code: '0101' }, caller: { callerId } }
  const caller = body.caller !== null ? { ...body.caller, callerId } : null
  return { ...opened.mutation, body: { ...body, caller, command: { ...body.command, groups } } }
}

/** Another one called, as it turns out: named by the case, and described. */
function correctedTo(opened: Opened, name: string | null): Mutation {
  const callerId = given.nextId()
  const edit = caseMutation({
    ...{ type: 'case.edit', caseId: opened.caseId, base: { mutation: opened.mutation.id } },
    edits: [{ group: 'caller', value: { callerId } }],
  })
  const caller = name === null ? null : { callerId, name, phone: '13900139000' }
  return { ...edit, body: { ...edit.body, caller } } as Mutation
}

/** A database, and the texts of the statements that it is asked. */
function watched(db: Db): { readonly db: Db; readonly asked: string[] } {
  const asked: string[] = []
  const tx: Db['tx'] = (role, fn, actor) =>
    db.tx(
      role,
      (sql) =>
        fn({
          ...sql,
          query: (text, params) => {
            asked.push(text)
            return sql.query(text, params)
          },
        }),
      actor,
    )
  return { db: { ...db, tx }, asked }
}

const casesAmong = (changes: readonly Change[]) => changes.filter((one) => one.kind === 'case')

export function writtenContract(openDb: OpenDb): void {
  describe('what a request wrote itself', () => {
    let central: given.Central
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    /** The page behind a desk's place of before, as any other request is told it. */
    async function pullAgain(desk: given.Desk, { epoch, cursor }: Pick<given.Desk, 'epoch' | 'cursor'>) {
      const { storeId, last, device } = desk
      const request = { protocol: PROTOCOL_VERSION, storeId, epoch, cursor, last, mutations: [] }
      return (await given.postAs(central.app, '/sync', request, device)).json<SyncResponse>()
    }

    it.each([null, '一组'])('R5.16 is told in the same words by its answer and by a pull (team %s)', async (team) => {
      const desk = team === null ? await signIn(central.app) : await given.signInWithTeam(central, team, '1001')
      const other = await signIn(central.app, '1003')
      const [older, foreign] = [openCase(), openCase('0750-3511111', '井盖丢失', '王女士')]
      await desk.sync([older.mutation])
      await other.sync([foreign.mutation])
      const before = { epoch: desk.epoch, cursor: desk.cursor }

      const plain = openCase('13800138001', '“引号”与\n换行', '李“先生”')
      const [report, corrected, unnamed] = [openCase(), openCase(), openCase()]
      const [capital, bare] = [openCase(), openCase()]
      const base = { mutation: plain.mutation.id }
      const answer = await desk.sync([
        // Of this hour: the team's desks follow it, too.
        { ...plain.mutation, at: central.clock.now() },
        editContent(older.caseId, { mutation: older.mutation.id }, '第二版'),
        replyAtOnce(plain.caseId, base),
        openedAs(report, 'report'),
        ...[corrected.mutation, correctedTo(corrected, '赵女士')],
        ...[unnamed.mutation, correctedTo(unnamed, null)],
        openedAs(capital, 'help', { callerId: capital.callerId.toUpperCase() }),
        bare.mutation,
        // Refused, for it stands already; and seen for the first time, so it comes whole.
        replyAtOnce(foreign.caseId, { mutation: given.nextId() }),
        replyAtOnce(plain.caseId, base, '再次答复'),
      ])

      const again = await pullAgain(desk, before)
      const { answers: _answers, ...page } = answer
      const { answers: _none, ...asPulled } = again
      expect(page).toEqual(asPulled)
      const ids = [plain, older, report, corrected, unnamed, capital, bare, foreign].map(({ caseId }) => caseId)
      expect(new Set(casesAmong(again.changes).map(({ caseId }) => caseId))).toEqual(new Set(ids))
      const callersOf = (one: Opened) =>
        must(casesAmong(answer.changes).find(({ caseId }) => caseId === one.caseId) ?? null, 'told').callers
      expect(callersOf(plain)).toMatchObject([{ callerId: plain.callerId, name: '李“先生”' }])
      expect(callersOf(report)).toEqual([])
      expect(callersOf(corrected)).toMatchObject([{ name: '来电人' }, { name: '赵女士' }])
    })

    it('R5.16 nothing is read back of a new case; what another wrote of it since is', async () => {
      const desk = await signIn(central.app)
      const other = await signIn(central.app, '1003')
      await desk.sync()
      const [quiet, busy] = [openCase(), openCase()]
      const { storeId, device, epoch, cursor, last } = desk
      const sender = { deviceId: must(device.split('.')[0] ?? null, 'the device'), storeId, team: null }
      const spy = watched(central.db)
      const deps = { ...central, db: spy.db, log: () => undefined, backupMs: 1000, committed: () => undefined }
      const request = { protocol: PROTOCOL_VERSION, storeId, epoch, cursor, last, mutations: [quiet.mutation] }
      const answer = await sync(deps, sender, request)
      const first = JSON.parse(
        must(answer.ok && Buffer.isBuffer(answer.value) ? answer.value : null, 'an answer').toString(),
      ) as SyncResponse
      expect(casesAmong(first.changes).map(({ events }) => events.length)).toEqual([1])
      expect(spy.asked.filter((text) => /from (?:case_events|case_callers)/.test(text))).toEqual([])

      const claim = { epoch, cursor: first.cursor, last: first.last }
      const { written } = await takeIn(deps, sender, [busy.mutation], claim)
      await other.sync([editContent(busy.caseId, given.baseAfter(busy.mutation), '别人写的', '1003')])
      const second = await pull(deps, { ...sender, epoch, cursor: first.cursor }, written)
      const told = (await second.changes).map((parts) => JSON.parse(bytesOf(parts).toString()) as Change)
      expect(casesAmong(told).map(({ caseId, events }) => [caseId, events.length])).toEqual([[busy.caseId, 2]])
    })
  })
}
