/** A desk whose file was made anew in mid-shift (H14). */
import { describe, expect, it } from 'vitest'
import { deskResponseSchema, PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import * as given from './db-fixture.ts'

const { count, nextId, openCase, postAs, signIn } = given

export function deskContract(centralOf: () => given.Central): void {
  describe('a desk made anew', () => {
    const desk = (device: string, storeId: string) => postAs(centralOf().app, '/desk', { storeId }, device)
    const syncOf = (device: string, storeId: string, mutations: unknown[] = []) =>
      postAs(
        centralOf().app,
        '/sync',
        { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last: null, mutations },
        device,
      )

    it('H14.1 gets a code of its own, and its device speaks for the new store and no more for the old', async () => {
      const before = await signIn(centralOf().app)
      const { caseId, mutation } = openCase()
      await before.sync([mutation])
      const storeId = nextId()
      expect((await syncOf(before.device, storeId)).statusCode).toBe(403)
      const answer = await desk(before.device, storeId)
      const { deskCode } = deskResponseSchema.parse(answer.json())
      expect(deskCode).toMatch(/^[A-Z][1-9]$/)
      expect(deskCode).not.toBe(before.deskCode)
      // The new store had no hand in the case: nothing of the old one's comes to it.
      const answered = await syncOf(before.device, storeId)
      expect(answered.statusCode).toBe(200)
      expect(JSON.stringify(answered.json())).not.toContain(caseId)
      expect((await syncOf(before.device, before.storeId)).json()).toEqual({ code: 'forbidden', detail: 'storeId' })
    })

    it('H14.2 gets the same code again, asked twice, at once, in capitals, or by signing in', async () => {
      const { app, db } = centralOf()
      const { device, storeId: first, deskCode: firstCode } = await signIn(app)
      const storeId = nextId()
      const answers = await Promise.all([storeId, storeId, storeId.toUpperCase()].map((id) => desk(device, id)))
      const codes = answers.map((answer) => answer.json<{ deskCode: string }>().deskCode)
      expect(new Set(codes).size).toBe(1)
      expect((await signIn(app, '1002', storeId)).deskCode).toBe(codes[0])
      expect(await count(db, 'stores where store_id = $1::uuid', [storeId])).toBe(1)
      expect((await desk(device, first)).json()).toEqual({ deskCode: firstCode })
    })

    it('H14.3 is refused to whoever is no device, out of shape, and when it is too large', async () => {
      const { app, db } = centralOf()
      const { device, token } = await signIn(app)
      const late = nextId()
      expect((await desk(`${nextId()}.${'x'.repeat(43)}`, late)).json()).toEqual({ code: 'deviceUnknown' })
      expect((await given.post(app, '/desk', { storeId: late }, token)).json()).toEqual({ code: 'deviceUnknown' })
      expect(await count(db, 'stores where store_id = $1::uuid', [late])).toBe(0)
      expect((await desk(device, 'no id')).json()).toEqual({ code: 'invalidInput', detail: 'storeId' })
      const large = await postAs(app, '/desk', { storeId: late, rest: 'x'.repeat(4096) }, device)
      expect([large.statusCode, large.json()]).toEqual([413, { code: 'invalidInput', detail: 'tooLarge' }])
    })
  })
}
