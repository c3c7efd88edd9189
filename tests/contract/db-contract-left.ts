/** Who leaves a case is told nothing more of it, and her own number (M1.7, M1.8): the messages beside R8.11. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageCarrier } from '../../central/messages/carrier.ts'
import type { ReplyMode } from '../../shared/case/case-record.ts'
import { callAbout } from './call-fixture.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openMessageOffice, type MessageOffice } from './message-office.ts'

const DAY = 24 * 3_600_000
/** Longer than the first wait of a message, in ms. */
const LATER = 60_000
const refusing = () => ({ became: 'failed', reason: 'http422', again: false }) as const

export function leftContract(openDb: OpenDb): void {
  describe('messages to who leaves a case', () => {
    let office: MessageOffice
    let second: given.Desk
    beforeAll(async () => {
      office = await openMessageOffice(await openDb())
      second = await given.signIn(office.central.app, '1002')
    })
    afterAll(() => office.close())
    beforeEach(async () => {
      office.gatewayAnswers(() => ({ became: 'sent' }))
      office.central.clock.time += LATER
      await office.worker.round()
      office.sent.length = 0
    })

    /** Somebody who calls the second desk about a case, now or some days ago. */
    async function calls(
      caseId: string,
      phone: string,
      { mode = 'later', daysAgo = 0 }: { mode?: ReplyMode; daysAgo?: number } = {},
    ) {
      const { callerId, mutation } = callAbout(caseId, phone, { mode, at: office.central.clock.time - daysAgo * DAY })
      await second.sync([mutation])
      return callerId
    }
    const takeOut = (caseId: string, caller: string) =>
      office.centreSteps(caseId, { type: 'takeOut', caller, reason: '说的是井盖' })
    const undo = (caseId: string) => office.centreSteps(caseId, { type: 'unjoin', reason: '不是同一处' })
    const lastStep = async (caseId: string) => {
      await office.desk.pullAll()
      return office.desk.cases.get(caseId)?.at(-1)
    }
    const toldOf = (phone: string) =>
      office.sent.filter(({ to }) => to === `+86${phone}`).map(({ kind, text }) => [kind, /JM[\w-]+/.exec(text)?.[0]])
    const answeredRows = async (caseId: string) =>
      (await office.rowsOf(caseId))
        .filter(({ kind }) => kind === 'answered')
        .map(({ status }) => status)
        .toSorted()

    it('M1.7 what waits, is given up or is owed by voice to who leaves is withdrawn; to all others it goes', async () => {
      const { caseId } = await office.take('13800131001')
      const gone = await calls(caseId, '13800131002')
      const [dead, voice] = [await calls(caseId, '13800131003'), await calls(caseId, '07503500131')]
      await calls(caseId, '13800131004')
      await office.worker.round()
      await office.answerBy(caseId)
      office.gatewayAnswers(({ to }) =>
        to.endsWith('1002')
          ? { became: 'failed', reason: 'timeout', again: true }
          : to.endsWith('1003')
            ? refusing()
            : { became: 'sent' },
      )
      await office.worker.round()
      expect(await answeredRows(caseId)).toEqual(['byVoice', 'dead', 'pending', 'sent', 'sent'])
      for (const caller of [gone, dead, voice]) await takeOut(caseId, caller)
      expect(await answeredRows(caseId)).toEqual(['sent', 'sent', 'withdrawn', 'withdrawn', 'withdrawn'])
      // No word of it is kept, and nobody is asked to send or to say it.
      expect(JSON.stringify(await office.rowsOf(caseId))).not.toContain('路灯已修好')
      for (const which of ['dead', 'by-voice'] as const)
        expect((await office.list(which)).map((one) => one.caseId)).not.toContain(caseId)
      office.gatewayAnswers(() => ({ became: 'sent' }))
      office.central.clock.time += LATER
      await office.worker.round()
      for (const phone of ['13800131002', '13800131003'])
        expect(toldOf(phone).map(([kind]) => kind)).toEqual(['accepted'])
      expect(toldOf('13800131004')).toHaveLength(1)
      // A node that had taken it, and asks only now whom to write to, writes to nobody.
      const to = { callerId: gone, from: null, report: false }
      const taken = {
        id: given.nextId(),
        target: '',
        kind: 'answered',
        caseId,
        revision: 1,
        at: 0,
        data: { to },
        tries: 1,
      }
      const prepared = await office.central.db.tx('sanxin_outbox', (sql) =>
        messageCarrier(office.messaging).prepare(sql, taken, office.central.clock.time),
      )
      expect(prepared).toEqual({ became: 'skipped', reason: 'noNumber' })
      // Nothing of it had gone to them.
      expect(await lastStep(caseId)).not.toHaveProperty('sent')
    })

    it('M1.7 so where a joining is undone: who opened the other case is told nothing of this one any more', async () => {
      const [goesOn, joined] = [await office.take('13800131005'), await office.take('13800131006')]
      await calls(joined.caseId, '13800131007')
      await office.worker.round()
      await office.centreSteps(joined.caseId, { type: 'join', into: goesOn.caseId })
      await office.answerBy(goesOn.caseId)
      await undo(joined.caseId)
      office.sent.length = 0
      await office.worker.round()
      expect(office.sent.map(({ to, kind }) => [to, kind])).toEqual([['+8613800131005', 'answered']])
      // Joined once more and answered anew she is told like all.
      await office.centreSteps(joined.caseId, { type: 'join', into: goesOn.caseId })
      await office.centreSteps(goesOn.caseId, { type: 'sendBack', reason: '还没修' })
      await office.steps(await office.signIn(), goesOn.caseId, { type: 'answer', text: '都修好了' })
      await office.worker.round()
      expect(toldOf('13800131007')).toEqual([['answered', joined.caseNo]])
      await undo(joined.caseId)
      expect(await lastStep(joined.caseId)).toMatchObject({ step: { type: 'unjoin' }, sent: ['answered'] })
      expect(await lastStep(goesOn.caseId)).toMatchObject({ step: { type: 'takeOut' }, sent: ['answered'] })
    })

    it('M1.7 what a node is sending at this moment may arrive: the case says so, and it is not tried again', async () => {
      for (const [phone, handed, status] of [
        ['13800131011', { became: 'sent' }, 'sent'],
        ['13800131012', { became: 'failed', reason: 'timeout', again: true }, 'withdrawn'],
      ] as const) {
        const { caseId } = await office.take('13800131010')
        const caller = await calls(caseId, phone)
        await office.worker.round()
        await office.answerBy(caseId)
        const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
        office.gatewayAnswers(async ({ to }) => {
          if (!to.endsWith(phone)) return { became: 'sent' }
          reached.resolve()
          await gate.promise
          return handed
        })
        const round = office.worker.round()
        await reached.promise
        await takeOut(caseId, caller)
        gate.resolve()
        await round
        expect(await answeredRows(caseId)).toEqual(['sent', status].toSorted())
        expect(await lastStep(caseId)).toMatchObject({ step: { type: 'takeOut' }, sent: ['answered'] })
        office.gatewayAnswers(() => ({ became: 'sent' }))
        office.central.clock.time += LATER
        await office.worker.round()
        const arrived = toldOf(phone).filter(([kind]) => kind === 'answered')
        expect(arrived).toHaveLength(status === 'sent' ? 1 : 0)
      }
    })

    it('M1.8 who is taken out is told the number of her own case, however long ago she called, and no day that is over', async () => {
      const { caseId, caseNo } = await office.take('13800131020')
      const [late, recent, none] = [
        await calls(caseId, '13800131021', { daysAgo: 90 }),
        await calls(caseId, '13800131022'),
        await calls(caseId, '13800131023', { mode: 'notWanted' }),
      ]
      await office.worker.round()
      office.sent.length = 0
      for (const caller of [late, recent, none]) await takeOut(caseId, caller)
      await office.worker.round()
      const [old, fresh] = [toldOf('13800131021'), toldOf('13800131022')]
      for (const told of [old, fresh]) {
        expect(told).toEqual([['accepted', expect.stringMatching(/^JM\d{8}-00-\d{4}$/)]])
        expect(told[0]?.[1]).not.toBe(caseNo)
      }
      const hasDay = (phone: string) => office.sent.find(({ to }) => to === `+86${phone}`)?.text.includes('前答复')
      expect([hasDay('13800131021'), hasDay('13800131022')]).toEqual([false, true])
      // Who wants no reply is told nothing, as in her call.
      expect(toldOf('13800131023')).toEqual([])
    })
  })
}
