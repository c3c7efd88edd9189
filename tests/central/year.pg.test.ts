/** A hundredth of a year, through central's own intake: every count comes out exact, though much came twice. */
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { createDevices } from '../../central/devices/service.ts'
import type { LegBatchAnswer } from '../../shared/ledger/leg-event.ts'
import { callsOfYear } from '../bench/support/year/calls-of-year.ts'
import { countsFound, countsMeant, replay, settleByHand } from '../bench/support/year/replay.ts'
import * as given from '../contract/db-fixture.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function newCentral() {
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  await admin.unsafe('create database year')
  await admin.end()
  const db = openPostgres(`postgres://postgres@127.0.0.1:${server.port}/year`)
  const central = await given.startCentral(db)
  const { credential } = await createDevices(db, central.clock).addExchange('hall')
  return { ...central, credential }
}

describe('a year of calls', () => {
  it('4,141 calls with 1,038 accepted matters: each counted once, each with its outcome, none left open', async () => {
    const { app, db, clock, credential } = await newCentral()
    const desks = [await given.signIn(app, '1001'), await given.signIn(app, '1002'), await given.signIn(app, '1003')]
    const headers = { authorization: `Exchange ${credential}` }
    const tell = async (payload: object) => {
      const answer = await app.inject({ method: 'POST', url: '/ledger/events', payload, headers })
      expect(answer.statusCode).toBe(200)
      return answer.json<LegBatchAnswer>()
    }
    const year = callsOfYear(
      100,
      desks.map(({ deskCode }) => deskCode),
      600,
    )
    await replay(year, { desks, tell }, () => undefined)
    expect(await settleByHand({ db, clock })).toBe(1)
    const found = await db.tx('owner', countsFound)
    expect(found).toEqual(countsMeant(year.tally))
    expect(found).toMatchObject({ calls: 4141, accepted: 1038, open: 0, 'outcome settledByHand': 1 })
    await app.close()
    await db.close()
  })
})
