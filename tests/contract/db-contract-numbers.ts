/** How numbers are meant at a centre (H21): under which area code local ones are kept and found. */
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { selectAudit } from '../../central/audit/sql.ts'
import { AreaCodeRefused, rekey, settlePlan } from '../../central/numbers/service.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { signInResponseSchema, type CaseSummary } from '../../shared/sync/protocol.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'

const by = { actor: 'ops:test', at: 1000 }
const guangzhou = { areaCode: '20', extension: { least: 4, most: 4 } }

export function numberContract(openDb: OpenDb): void {
  describe('how numbers are meant', () => {
    let central: given.Central
    beforeAll(async () => {
      const db = await openDb()
      await settlePlan(db, guangzhou)
      central = await given.startCentral(db)
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    /** The cases that are found by a number, each by its content. */
    async function found(token: string, phone: string): Promise<string[]> {
      const answer = await given.post(central.app, '/cases/of-caller', { phone }, token)
      return answer.json<{ cases: CaseSummary[] }>().cases.map(({ content }) => content)
    }
    const answeredOf = async (device: string, callId: string) =>
      (await given.postAs(central.app, '/calls/answered', { callIds: [callId] }, device)).json<{ answered: string[] }>()
        .answered

    it('H21.1 the plan that a node is told is told to each desk with the sign-in; what it is not told stays', async () => {
      const { app, db } = central
      const storeId = given.nextId()
      const device = await given.enrol(app, storeId)
      const signIn = async () => {
        const answer = await given.postAs(
          app,
          '/sign-in',
          { staffNo: '1001', password: DEMO_PASSWORD, storeId },
          device,
        )
        return signInResponseSchema.parse(answer.json()).numberPlan
      }
      expect(await signIn()).toEqual(guangzhou)
      expect(await settlePlan(db, { areaCode: null, extension: { least: 3, most: 5 } })).toEqual({
        areaCode: '20',
        extension: { least: 3, most: 5 },
      })
      expect(await settlePlan(db, { areaCode: null, extension: null })).toMatchObject({ areaCode: '20' })
      expect(await signIn()).toEqual({ ...defaultNumberPlan, areaCode: '20' })
    })

    it('H21.2 a local number is kept and found under the area code of the centre, and is no other city’s', async () => {
      const desk = await given.signIn(central.app)
      await desk.sync([
        given.openCase('83500123', '本地号码').mutation,
        given.openCase('0750-83500123', '外地号码').mutation,
      ])
      expect(await found(desk.token, '020-83500123')).toEqual(['本地号码'])
      expect(await found(desk.token, '+86 20 8350 0123')).toEqual(['本地号码'])
      expect(await found(desk.token, '83500123')).toEqual(['本地号码'])
      expect(await found(desk.token, '0750 83500123')).toEqual(['外地号码'])
    })

    it('H21.3 where numbers are kept a node that is told another area code does not start, and says what to do', async () => {
      const { db } = central
      const refused = settlePlan(db, { areaCode: '755', extension: { least: 2, most: 2 } })
      await expect(refused).rejects.toThrow(AreaCodeRefused)
      await expect(refused).rejects.toThrow(/755.*20[^]*central\/ops\/area-code\.ts 755/)
      // Nothing of it was taken.
      expect(await settlePlan(db, { areaCode: '20', extension: null })).toMatchObject({
        areaCode: '20',
        extension: { least: 3, most: 5 },
      })
    })

    it('H21.4 another area code keys all local numbers anew, of cases and of calls, and no other; it stands in the audit', async () => {
      const { app, db } = central
      const desk = await given.signIn(app)
      const offered = (callId: string, at: number, number: string) =>
        given.callMutation({ callId, kind: 'offered', at, number, queue: '12345' })
      await desk.sync([
        given.openCase('36005001', '改区号').mutation,
        given.openCase('13600136000', '手机').mutation,
        given.openCase('020-36005002', '写全的').mutation,
        offered('missed-local', 100, '36005001'),
        offered('again-whole', 150, '0755-36005001'),
        given.callMutation({ callId: 'again-whole', kind: 'answered', at: 160 }),
      ])
      expect(await answeredOf(desk.device, 'missed-local')).toEqual([])
      expect(await rekey(db, '755', by)).toMatchObject({ ok: true, value: { from: '20', calls: 1 } })
      expect(await found(desk.token, '0755-36005001')).toEqual(['改区号'])
      expect(await found(desk.token, '020-36005001')).toEqual([])
      expect(await found(desk.token, '13600136000')).toEqual(['手机'])
      expect(await found(desk.token, '020-36005002')).toEqual(['写全的'])
      expect(await answeredOf(desk.device, 'missed-local')).toEqual(['missed-local'])
      // What comes after it is meant as what stood.
      await desk.sync([given.openCase('36005001', '其后').mutation])
      expect((await found(desk.token, '36005001')).toSorted()).toEqual(['其后', '改区号'])
      expect(await rekey(db, '755', by)).toMatchObject({ ok: false, error: { code: 'invalidInput' } })
      const audit = await db.tx('owner', (sql) => selectAudit(sql, 0, 10_000))
      expect(audit.filter(({ action }) => action === 'numbers.rekeyed')).toMatchObject([
        { actor: 'ops:test', detail: expect.stringContaining('"to":"755"') },
      ])
    })
  })
}
