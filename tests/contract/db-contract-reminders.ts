/** Reminders of deadlines to systems outside (W7): each step of each deadline once, to whom it concerns. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Value } from '../../central/db/db.ts'
import { webhookBody, webhookBodySchema } from '../../central/webhooks/body.ts'
import { createReminders } from '../../central/webhooks/reminders.ts'
import { takeReached } from '../../central/webhooks/reminders-sql.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import { must } from '../../shared/errors.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { plansOf } from './explain.ts'
import { openUnitOffice, OTHER, type UnitOffice } from './unit-office.ts'

const { post, UNIT } = given
const MINUTE = 60_000

type Owed = { kind: string; caseId: string; revision: number; at: number; unit: string | null; data: { due: number } }

export function reminderContract(openDb: OpenDb): void {
  describe('reminders of deadlines', () => {
    let office: UnitOffice
    let desk: given.Desk
    beforeAll(async () => {
      office = await openUnitOffice(await openDb())
      desk = await given.signIn(office.central.app, '1001')
      for (const unit of [UNIT, OTHER]) await subscribe(unit)
      await subscribe(null)
    })
    afterAll(() => office.close())

    const owner = <Row>(text: string, params: readonly Value[] = []) =>
      office.central.db.tx('owner', (sql) => sql.query<Row>(text, params))
    const subscribe = (unit: string | null) =>
      owner(
        `insert into webhooks (webhook_id, unit, url, secret, created_at, created_by)
         values (gen_random_uuid(), $1::text, 'https://example.com/', 'v1.x', 0, 'x')`,
        [unit],
      )
    /** As a node does it, once through. */
    const look = () => {
      const { db, clock } = office.central
      return createReminders({ db, clock, log: () => undefined, committed: () => undefined }).round()
    }
    /** What was owed of one case by reminders since it was asked last, by whom it is for; null is the platform above. */
    const told = async (caseId: string) => {
      const rows = await owner<Owed>(
        `delete from outbox using webhooks
         where target = webhook_id::text and kind in ('case.amber', 'case.red') and case_id = $1::uuid
         returning kind, case_id as "caseId", outbox.revision, at, unit, data`,
        [caseId],
      )
      return rows.toSorted((one, other) => String(one.unit).localeCompare(String(other.unit)))
    }
    const toldTo = async (caseId: string) => (await told(caseId)).map(({ kind, unit }) => [kind, unit])
    const deadlineOf = async (caseId: string) => {
      const text = 'select due, amber, revision from cases where case_id = $1::uuid'
      const [row] = await owner<{ due: number; amber: number; revision: number }>(text, [caseId])
      return must(row, 'a case')
    }
    /** A case of now that UNIT has to sign. */
    async function dispatched(): Promise<string> {
      const { caseId, mutation } = given.openCase()
      const at = office.central.clock.time
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await desk.sync([
        { ...mutation, at },
        given.caseMutation({ type: 'case.reply', caseId, base, reply }, '1001', at),
      ])
      await step(caseId, { type: 'dispatch', unit: UNIT })
      return caseId
    }
    const step = async (caseId: string, one: CaseStep) => {
      const by = (await given.tokenOf(office.central.app, 'monitor')).token
      const answer = await post(office.central.app, `/cases/${caseId}/steps`, { id: given.nextId(), step: one }, by)
      expect(answer.statusCode, answer.body).toBe(200)
    }
    const byUnit = async (caseId: string, one: CaseStep) =>
      expect((await office.steps(await office.signIn(), caseId, one)).statusCode).toBe(200)

    it('W7.1 amber and red are told to the unit that leads and to the platform, with the deadline and nothing of the matter', async () => {
      const caseId = await dispatched()
      await byUnit(caseId, { type: 'sign' })
      await byUnit(caseId, { type: 'invite', units: [OTHER] })
      const { due, amber, revision } = await deadlineOf(caseId)
      await look()
      expect(await told(caseId)).toEqual([])
      office.central.clock.time = amber
      await look()
      const rows = await told(caseId)
      expect(rows.map(({ kind, unit }) => [kind, unit])).toEqual([
        ['case.amber', null],
        ['case.amber', UNIT],
      ])
      expect(rows).toMatchObject([{ revision, at: amber, data: { due } }, {}])
      const owed = { ...must(rows[0], 'a row'), id: 'x', target: 'x', tries: 1 }
      const body = webhookBodySchema.parse(JSON.parse(webhookBody(owed, UNIT)))
      expect(body).toMatchObject({ type: 'case.amber', data: { caseId, yours: true, state: 'inHand', due } })
      expect(JSON.stringify(body)).not.toMatch(/路灯|138|来电人/)
      office.central.clock.time = due
      await look()
      expect(await toldTo(caseId)).toEqual([
        ['case.red', null],
        ['case.red', UNIT],
      ])
    })

    it('W7.2 each step is told once, whoever looks and however often; what was passed meanwhile is told as red alone', async () => {
      const caseId = await dispatched()
      office.central.clock.time = (await deadlineOf(caseId)).due + MINUTE
      await Promise.all([look(), look(), look()])
      await look()
      expect(await toldTo(caseId)).toEqual([
        ['case.red', null],
        ['case.red', UNIT],
      ])
      await look()
      expect(await told(caseId)).toEqual([])
    })

    it('W7.2 another deadline, by the next phase or by more days, comes to its steps anew; an answer ends it', async () => {
      const caseId = await dispatched()
      office.central.clock.time = (await deadlineOf(caseId)).due
      await look()
      await byUnit(caseId, { type: 'sign' })
      const first = await deadlineOf(caseId)
      office.central.clock.time = first.due
      await look()
      await byUnit(caseId, { type: 'askExtension', days: 5, reason: '等材料' })
      await step(caseId, { type: 'grantExtension', days: 5 })
      const later = await deadlineOf(caseId)
      expect(later.due).toBeGreaterThan(first.due)
      office.central.clock.time = later.amber
      await look()
      const mine = (await told(caseId)).filter(({ unit }) => unit === UNIT)
      expect(mine.map(({ kind }) => kind).toSorted()).toEqual(['case.amber', 'case.red', 'case.red'])
      await byUnit(caseId, { type: 'answer', text: '已修好' })
      office.central.clock.time = later.due
      await look()
      expect(await told(caseId)).toEqual([])
    })

    it('W7.2 what has come to a step is found by an index, however many cases are over', async () => {
      const plan = await office.central.db.tx('owner', async (sql) => {
        await sql.query(
          `insert into cases (case_id, case_no, state, content, caller_id, opened_at, opened_by, revision, bytes, unit)
           select gen_random_uuid(), 'JM20250101-A1-' || (10000 + n), 'archived', '', gen_random_uuid(), 0, '1001', 1, 1,
             'U-CG' from generate_series(1, 20000) as n`,
        )
        await sql.script('analyze cases; set local role sanxin_desk')
        return plansOf(sql, (explained) => takeReached(explained, office.central.clock.time, 200))
      })
      expect(plan).toMatch(/cases_(?:open|due|by_unit)/)
      expect(plan).not.toContain('Seq Scan')
    })
  })
}
