/** Central becomes another in the middle of a request: a standby took over between two transactions of it. */
import { expect, it, onTestFinished } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { openPglite } from '../../central/db/pglite.ts'
import { renewEpoch } from '../../central/feed/sql.ts'
import { count, openCase, signIn, startCentral } from '../contract/db-fixture.ts'

/** Renews the epoch before the nth transaction of a desk's from now. */
async function startTurning() {
  const db = await openPglite()
  let turnIn = 0
  const turning: Db = {
    ...db,
    tx: async (role, fn, actor) => {
      if (role === 'sanxin_desk' && turnIn > 0 && --turnIn === 0) await db.tx('owner', (sql) => renewEpoch(sql, 1))
      return db.tx(role, fn, actor)
    },
  }
  const central = await startCentral(turning)
  onTestFinished(async () => {
    await central.app.close()
    await db.close()
  })
  return { ...central, db, turnBefore: (transaction: number) => void (turnIn = transaction) }
}

// A request with one mutation is two transactions: the batch and the pull; before them a desk that is new begins.
for (const [place, known, transaction, applied] of [
  ['the mutation', true, 1, 0],
  ['the pull', true, 2, 1],
  // Who had never met the one before begins first, and learns nothing new from another one till the pull.
  ['the pull', false, 3, 1],
] as const) {
  it(`R5.9 another central before ${place} of a desk that ${known ? 'knew' : 'had never met'} the one before: send all again`, async () => {
    const { app, db, turnBefore } = await startTurning()
    const desk = await signIn(app)
    if (known) await desk.sync([openCase().mutation])
    const { epoch } = desk
    const before = await count(db, 'mutations')
    const { mutation } = openCase()
    turnBefore(transaction)
    expect(await desk.sync([mutation])).toMatchObject({ sendAgain: true, cursor: 0, answers: [], changes: [] })
    expect(desk.epoch).not.toBe(epoch)
    expect((await count(db, 'mutations')) - before).toBe(applied)
    expect(await desk.sync([mutation])).toMatchObject({ sendAgain: false, answers: [{ status: 'applied' }] })
    expect((await count(db, 'mutations')) - before).toBe(1)
  })
}
