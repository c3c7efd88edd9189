/** A desk whose file was made anew in mid-shift (H14). */
import { describe, expect, it } from 'vitest'
import { deskResponseSchema, PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import * as given from './db-fixture.ts'

const { count, nextId, openCase, post, signIn } = given

export function deskContract(centralOf: () => given.Central): void {
  describe('a desk made anew', () => {
    const desk = (token: string, storeId: string) => post(centralOf().app, '/desk', { storeId }, token)
    const syncOf = (token: string, storeId: string, mutations: unknown[] = []) =>
      post(centralOf().app, '/sync', { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, mutations }, token)

    it('H14.1 gets a code of its own, and its session speaks for the new store and no more for the old', async () => {
      const before = await signIn(centralOf().app)
      const { caseId, mutation } = openCase()
      await before.sync([mutation])
      const storeId = nextId()
      expect((await syncOf(before.token, storeId)).statusCode).toBe(403)
      const answer = await desk(before.token, storeId)
      const { deskCode } = deskResponseSchema.parse(answer.json())
      expect(deskCode).toMatch(/^[A-Z][1-9]$/)
      expect(deskCode).not.toBe(before.deskCode)
      // The new store had no hand in the case: nothing of the old one's comes to it.
      const answered = await syncOf(before.token, storeId)
      expect(answered.statusCode).toBe(200)
      expect(JSON.stringify(answered.json())).not.toContain(caseId)
      expect((await syncOf(before.token, before.storeId)).json()).toEqual({ code: 'forbidden', detail: 'storeId' })
    })

    it('H14.2 gets the same code again, asked twice, at once, in capitals, or by signing in', async () => {
      const { app, db } = centralOf()
      const { token, storeId: first, deskCode: firstCode } = await signIn(app)
      const storeId = nextId()
      const answers = await Promise.all([storeId, storeId, storeId.toUpperCase()].map((id) => desk(token, id)))
      const codes = answers.map((answer) => answer.json<{ deskCode: string }>().deskCode)
      expect(new Set(codes).size).toBe(1)
      expect((await signIn(app, '1002', storeId)).deskCode).toBe(codes[0])
      expect(await count(db, 'devices where store_id = $1::uuid', [storeId])).toBe(1)
      expect((await desk(token, first)).json()).toEqual({ deskCode: firstCode })
    })

    it('H14.3 is refused without a session, after signing out, out of shape, and when it is too large', async () => {
      const { app, db } = centralOf()
      const { token, storeId } = await signIn(app)
      expect((await desk('x'.repeat(43), nextId())).json()).toEqual({ code: 'notSignedIn' })
      expect((await desk(token, 'no id')).json()).toEqual({ code: 'invalidInput', detail: 'storeId' })
      const large = await post(app, '/desk', { storeId, rest: 'x'.repeat(4096) }, token)
      expect([large.statusCode, large.json()]).toEqual([413, { code: 'invalidInput', detail: 'tooLarge' }])
      await post(app, '/sign-out', {}, token)
      const late = nextId()
      expect((await desk(token, late)).json()).toEqual({ code: 'notSignedIn' })
      expect(await count(db, 'devices where store_id = $1::uuid', [late])).toBe(0)
    })
  })
}
