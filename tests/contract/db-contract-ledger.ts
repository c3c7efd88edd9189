/** The ledger at central (E): taken by position, read by who leads and judges. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDevices } from '../../central/devices/service.ts'
import { enrolDesk } from '../../central/ops/enrol.ts'
import type { LegEvent } from '../../shared/ledger/leg-event.ts'
import { staffRoles, type StaffRole } from '../../shared/people/staff-role.ts'
import { mustRead } from '../ledger/cel-lines.ts'
import type { OpenDb } from './open-db.ts'
import { outcomeContract } from './db-contract-ledger-outcomes.ts'
import * as given from './db-fixture.ts'
import { batchOf, newSource, startLedger, type Ledger } from './ledger-fixture.ts'

const { count } = given

export function ledgerContract(openDb: OpenDb): void {
  describe('the ledger', () => {
    let central: given.Central
    let ledger: Ledger
    beforeAll(async () => {
      central = await given.startCentral(await openDb())
      ledger = await startLedger(central)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    describe('is taken by position', () => {
      it('E8.1 a batch is taken where the one before ended, and once', async () => {
        const { credential, send } = ledger
        const events = mustRead('answered')
        const source = newSource()
        const halves = [
          batchOf(events.slice(0, 5), 0, { source, to: 640 }),
          batchOf(events.slice(5), 640, { source, to: 999 }),
        ] as const
        expect((await send(halves[1])).body).toEqual({ position: 0, taken: false })
        expect((await send(halves[0])).body).toEqual({ position: 640, taken: true })
        expect((await send(halves[0])).body).toEqual({ position: 640, taken: false })
        expect((await send(halves[1])).body).toEqual({ position: 999, taken: true })
        const where = await central.app.inject({
          ...{ url: `/ledger/position?source=${source}`, headers: { authorization: `Exchange ${credential}` } },
        })
        expect(where.json()).toEqual({ position: 999 })
        expect(await count(central.db, `ledger where leg = 'hall-1795683574.3'`)).toBe(1)
        expect(await count(central.db, `ledger_events where leg = 'hall-1795683574.3'`)).toBe(events.length)
      })

      it('E8.1 the same events out of another file, in another order, change nothing', async () => {
        const { tell } = ledger
        const before = await central.db.tx('owner', (sql) => sql.query('select * from ledger'))
        await tell(mustRead('answered').toReversed())
        expect(await central.db.tx('owner', (sql) => sql.query('select * from ledger'))).toEqual(before)
      })

      it('E11 the rating that the citizen gave by her keys stands in the row, and with whom she spoke', async () => {
        const { send } = ledger
        const [row] = await central.db.tx('owner', (sql) =>
          sql.query(`select rating, answered_by, staff_no, ending from ledger where leg = 'hall-1795683574.3'`),
        )
        expect(row).toEqual({ rating: 4, answered_by: '1003', staff_no: '1003', ending: 'answered' })
        const again: LegEvent = { kind: 'rated', leg: 'hall-1795683574.3', at: 1_795_683_580_000, level: 6 }
        expect((await send(batchOf([again]))).status).toBe(400)
      })

      it('E7 a line that nobody understood is set aside word for word, and stops nothing', async () => {
        const { openLegs, send, endedLeg } = ledger
        const events = endedLeg('with-strange', '13800002299')
        const strange = [{ at: 17, line: 'half of a l\u0000ine' }]
        expect(await send(batchOf(events, 0, { strange }))).toMatchObject({ body: { taken: true } })
        expect(await openLegs()).toContain('with-strange')
        expect(await count(central.db, `ledger_strange where position = 17 and line = 'half of a l\ufffdine'`)).toBe(1)
      })

      it('E1 what began at no citizen’s leg is kept, and is no row until it is known to be hers', async () => {
        const { openLegs, tell, endedLeg } = ledger
        const [began, ...rest] = endedLeg('late-begun', '13800002298')
        await tell(rest)
        expect(await openLegs()).not.toContain('late-begun')
        await tell(began === undefined ? [] : [began])
        expect(await openLegs()).toContain('late-begun')
      })
    })

    describe('says who may do what', () => {
      it('E9 an exchange’s credential opens the intake and nothing else; no desk’s and no person’s opens that', async () => {
        const { tokens, credential, desk, send, endedLeg } = ledger
        const anyBatch = batchOf(endedLeg('forged', '13800002297'))
        for (const authorization of [
          `Device ${desk.device}`,
          `Exchange ${desk.device}`,
          `Device ${credential}`,
          `Bearer ${tokens.get('monitor') ?? ''}`,
          `Exchange ${credential.slice(0, -1)}x`,
          '',
        ])
          expect(await send(anyBatch, authorization), authorization).toEqual({
            ...{ status: 401, body: { code: 'deviceUnknown' } },
          })
        const asDesk = await given.postAs(central.app, '/calls/answered', { callIds: ['c'] }, credential)
        expect(asDesk.json()).toEqual({ code: 'deviceUnknown' })
        expect(await count(central.db, `ledger where leg = 'forged'`)).toBe(0)
      })

      it('E9 whose calls they are says the credential, which a command makes and revokes', async () => {
        const { open, send, endedLeg } = ledger
        const devices = createDevices(central.db, central.clock)
        const asked = { name: '', team: null, revoke: null, list: false }
        const [made] = (await enrolDesk(devices, { ...asked, exchange: 'annex' })) ?? []
        const { credential: theirs, deviceId } = made as { credential: string; deviceId: string }
        await send(batchOf(endedLeg('of-annex', '13800002296')), `Exchange ${theirs}`)
        expect((await open()).find((row) => row.leg === 'of-annex')?.exchange).toBe('annex')
        const stored = JSON.stringify(await central.db.tx('owner', (sql) => sql.query('select * from devices')))
        expect(stored).not.toContain(theirs.split('.')[1])
        await enrolDesk(devices, { ...asked, revoke: deviceId })
        expect((await send(batchOf([]), `Exchange ${theirs}`)).status).toBe(401)
      })

      it('E10 numbers are whole for the monitor, masked for quality and the auditor; each look stands in the audit', async () => {
        const { ask, tell, endedLeg } = ledger
        await tell(endedLeg('masked', '13812345678'))
        const numberFor = async (role: StaffRole) =>
          (await ask(role, '/ledger?open')).body.rows.find((row) => row.leg === 'masked')?.number
        expect(await numberFor('monitor')).toBe('13812345678')
        for (const role of ['quality', 'auditor'] as const) expect(await numberFor(role), role).toBe('138****5678')
        for (const role of ['operator', 'editor', 'unitMember', 'administrator'] as const)
          expect((await ask(role, '/ledger?open')).status, role).toBe(403)
        expect(
          await count(central.db, `audit where action = 'ledger.read' and actor = '${given.staffNoOf('quality')}'`),
        ).toBe(1)
        expect(JSON.stringify(central.logged)).not.toContain('13812345678')
      })

      it('E10 who reports something is not told by her call either where it has an outcome of its own: another’s word came first', async () => {
        const { ask, desk, tell, told, rowOf, endedLeg } = ledger
        for (const [name, number] of [
          ['opened', '13800000031'],
          ['joined', '13800000032'],
          ['none', '13800000033'],
        ] as const) {
          await tell(endedLeg(name, number, true))
          await told({ callId: name, kind: 'settled', at: central.clock.time, outcome: 'silent', caseId: null })
          expect(await rowOf(name)).toMatchObject({ outcome: 'silent', caseId: null })
        }
        const opened = given.openCase('13800000031')
        const { body } = opened.mutation
        if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
        body.command.callId = 'opened'
        body.command.groups = { ...body.command.groups, classification: { kind: 'report', code: '0101' } }
        await desk.sync([opened.mutation])
        const { caseId } = opened
        await told({ callId: 'joined', kind: 'settled', at: central.clock.time, outcome: 'joinedCase', caseId })
        const from = central.clock.time - 3_600_000
        for (const [role, numbers] of [
          ['quality', ['***', '***', '138****0033']],
          ['auditor', ['***', '***', '138****0033']],
          ['monitor', ['13800000031', '13800000032', '13800000033']],
        ] as const) {
          const { rows } = (await ask(role, `/ledger?from=${from}&until=${central.clock.time}`)).body
          const shown = ['opened', 'joined', 'none'].map((name) => rows.find((row) => row.leg === name)?.number)
          expect(shown, role).toEqual(numbers)
        }
      })

      it('E10 the ledger is read by monitor, quality and auditor, whatever the query asks', async () => {
        const read = (role: StaffRole | undefined) =>
          central.db.tx(
            'sanxin_reader',
            async (sql) => (await sql.query('select leg from ledger')).length > 0,
            role === undefined ? {} : { role, staffNo: given.staffNoOf(role) },
          )
        for (const role of staffRoles)
          expect(await read(role), role).toBe(['monitor', 'quality', 'auditor'].includes(role))
        expect(await read(undefined)).toBe(false)
        for (const [who, table] of [
          ['sanxin_reader', 'ledger_events'],
          ['sanxin_reader', 'ledger_strange'],
          ['sanxin_desk', 'ledger'],
        ] as const)
          await expect(
            central.db.tx(who, (sql) => sql.query(`select * from ${table}`)),
            table,
          ).rejects.toThrow(/permission denied/)
      })
    })

    outcomeContract(() => ledger)
  })
}
