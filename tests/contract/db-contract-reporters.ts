/** Who reports something is known to few (P6): through the API, and under it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mutationSchema } from '../../shared/sync/protocol.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import type { OpenEmptyDb } from './db-contract.ts'
import * as given from './db-fixture.ts'
import { startWithRoles } from './roles-fixture.ts'

const { caseMutation, nextId, post, UNIT } = given
const PHONE = '13800130077'

export function reporterContract(openEmptyDb: OpenEmptyDb): void {
  describe('who reports something', () => {
    let central: given.Central
    let taker: given.Desk
    let caseId: string
    let callerId: string
    let tokenFor: (role: StaffRole) => string
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ central, taker, tokenFor, close } = await startWithRoles(await openEmptyDb()))
      ;({ caseId, callerId } = await take())
    })
    afterAll(() => close())

    /** A report that the desk takes and that waits for dispatch. */
    async function take() {
      const { mutation, ...opened } = given.openCase(PHONE, '举报某店偷排', '举报人')
      const { body } = mutation
      if (body.kind !== 'case' || body.command.type !== 'case.open') throw new Error('no case')
      const groups = { ...body.command.groups, classification: { kind: 'report' as const, code: '0405' } }
      const report = mutationSchema.parse({
        ...mutation,
        at: central.clock.now(),
        body: { ...body, command: { ...body.command, groups } },
      })
      const reply = { mode: 'later' as const, text: '', articles: [] }
      const base = { mutation: mutation.id }
      await taker.sync([report, caseMutation({ type: 'case.reply', caseId: opened.caseId, base, reply })])
      return opened
    }
    const read = async (token: string) =>
      (await central.app.inject({ url: `/cases/${caseId}`, headers: { authorization: `Bearer ${token}` } })).json<{
        caller: { name: string } | null
        reporterHidden: boolean
      }>()
    const found = async (path: string, body: object, token: string) =>
      (await post(central.app, path, body, token)).json<{ cases: { caseId: string }[] }>().cases.length

    it('P6 is shown to who took it and to a monitor; to no other operator, not to the unit, not to quality', async () => {
      const dispatch = { id: nextId(), step: { type: 'dispatch', unit: UNIT } }
      expect((await post(central.app, `/cases/${caseId}/steps`, dispatch, tokenFor('monitor'))).statusCode).toBe(200)
      expect(await read(taker.token)).toMatchObject({ caller: { name: '举报人' }, reporterHidden: false })
      expect(await read(tokenFor('monitor'))).toMatchObject({ caller: { name: '举报人' } })
      for (const role of ['operator', 'unitMember', 'quality'] as const)
        expect(await read(tokenFor(role)), role).toMatchObject({ caller: null, reporterHidden: true })
    })

    it('P6 her number finds it for the same and for nobody else; its words find it for all who may read it', async () => {
      for (const [path, body] of [
        ['/cases/of-caller', { phone: PHONE }],
        ['/cases/find', { words: PHONE }],
      ] as const) {
        expect(await found(path, body, taker.token), path).toBe(1)
        expect(await found(path, body, tokenFor('monitor')), path).toBe(1)
        expect(await found(path, body, tokenFor('operator')), path).toBe(0)
      }
      expect(await found('/cases/find', { words: '偷排' }, tokenFor('operator'))).toBe(1)
    })

    it('P6 no desk is told, neither of the team nor one that asked; of any other matter each is', async () => {
      const beside = await given.signInWithTeam(central, 'A', '1002')
      await beside.pullAll()
      expect(beside.cases.has(caseId)).toBe(true)
      const callersTold = async (desk: given.Desk) =>
        (await desk.pullAll()).flatMap(({ changes }) =>
          changes.flatMap((change) => (change.kind === 'case' ? change.callers : [])),
        )
      const fresh = await given.signInWithTeam(central, 'A', '1003')
      expect(await callersTold(fresh)).toEqual([])
      const { mutation } = given.openCase('13800130078', '路灯不亮', '来电人')
      await taker.sync([{ ...mutation, at: central.clock.now() }])
      expect(await callersTold(beside)).toMatchObject([{ name: '来电人' }])
    })

    it('P6 under the API: the policies give the identity to the same alone', async () => {
      const names = (actor: { staffNo: string; role: StaffRole; unit?: string }) =>
        central.db.tx(
          'sanxin_reader',
          async (sql) =>
            (await sql.query<{ name: string }>('select name from callers where caller_id = $1::uuid', [callerId]))
              .length,
          actor,
        )
      expect(await names({ staffNo: '1001', role: 'operator' })).toBe(1)
      expect(await names({ staffNo: '1010', role: 'monitor' })).toBe(1)
      expect(await names({ staffNo: '1002', role: 'operator' })).toBe(0)
      expect(await names({ staffNo: '2005', role: 'unitMember', unit: UNIT })).toBe(0)
    })
  })
}
