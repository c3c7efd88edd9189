/** /live by whoever says hello, and of whose cases it tells (P8): a desk is let in by its own credential for its own store, and hears of nothing else. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closing } from '../../central/live/connection.ts'
import { DEMO_EXCHANGE } from '../../central/people/demo.ts'
import { may } from '../../shared/people/roles.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import { PROTOCOL_VERSION, type Mutation, type SyncResponse } from '../../shared/sync/protocol.ts'
import type { OpenDb } from './open-db.ts'
import { listen, openLive } from './db-contract-live.ts'
import * as given from './db-fixture.ts'

type Place = { readonly token: string; readonly storeId: string; readonly device: string }
type Heard = { readonly type: string; readonly page?: { readonly changes: readonly { caseId?: string }[] } }

export function liveObjectContract(openDb: OpenDb): void {
  describe('who hears what on /live', () => {
    let central: given.Central
    let url: string
    let other: given.Desk
    beforeAll(async () => {
      central = await given.startCentral(await openDb(), { live: { coalesceMs: 1, pollMs: 60_000 } })
      await given.addOfEachRole(central.db)
      url = await listen(central)
      other = await given.signIn(central.app, '1001')
    })
    afterAll(async () => {
      await central.app.close()
      await central.db.close()
    })

    /** A request of the device itself, where the feed begins. */
    async function send({ storeId, device }: Place, mutations: readonly Mutation[]): Promise<SyncResponse> {
      const request = { protocol: PROTOCOL_VERSION, storeId, epoch: null, cursor: 0, last: null, mutations }
      return (await given.postAs(central.app, '/sync', request, device)).json<SyncResponse>()
    }

    for (const role of staffRoles) {
      it(`P8 ${role}: nobody’s sign-in opens it, only the desk’s own credential for its own store`, async () => {
        const own = await given.tokenOf(central.app, role)
        const said: Readonly<Record<string, Partial<Place>>> = {
          'another’s store': { storeId: other.storeId },
          'another’s credential': { device: other.device },
          'no store': { storeId: randomUUID() },
          'her token for a credential': { device: own.token },
          'an unknown credential': { device: `${randomUUID()}.${'x'.repeat(43)}` },
          'a wrong secret': { device: `${own.device.split('.')[0]}.${'x'.repeat(43)}` },
          'an exchange’s credential': { device: DEMO_EXCHANGE },
          'no credential': { device: '' },
        }
        for (const [what, wrong] of Object.entries(said)) {
          const live = await openLive(url)
          live.send({ type: 'hello', ...own, ...wrong })
          expect(await live.closed, `${role} with ${what}`).toBe(closing.deviceUnknown)
        }
        const early = await openLive(url)
        early.send({ type: 'status', status: 'ready', since: 1 })
        expect(await early.closed, 'before any hello').toBe(closing.strange)
      })

      it(`P8 ${role}: of all cases that change the desk hears of its own, whoever is signed in`, async () => {
        const own = await given.tokenOf(central.app, role)
        const [mine, others] = [given.openCase(), given.openCase()]
        const taken = await send(own, [mine.mutation])
        expect(taken.answers.map(({ status }) => status)).toEqual(['applied'])
        await other.sync([others.mutation])

        const live = await openLive(url)
        live.send({ type: 'hello', ...own })
        expect(await live.next()).toMatchObject({ type: 'welcome' })
        // One of somebody else's, a new one of somebody else's, and then the desk's own, by somebody else.
        await other.sync([given.editContent(others.caseId, given.baseAfter(others.mutation), '别人的')])
        await other.sync([given.openCase().mutation])
        await other.sync([given.editContent(mine.caseId, given.baseAfter(mine.mutation), '自己的')])
        let heard = (await live.next()) as Heard
        // What calls are open is for who leads the shift, and says no more than how many.
        while (may(role, 'ledger.read') && heard.type === 'ledger') heard = (await live.next()) as Heard
        expect(heard.type).toBe('changed')
        expect(heard.page?.changes.map(({ caseId }) => caseId)).toEqual([mine.caseId])
        live.socket.terminate()
      })
    }
  })
}
