import { expect, test } from 'vitest'
import { createLeaving, type ReasonToStay } from '../../electron/leaving.ts'

/** An app that is asked to go; `prevented` counts what was held back, `left` resolves the phone's leave. */
function fixture(reason: ReasonToStay | null) {
  const told: ReasonToStay[] = []
  const seen = { prevented: 0, handedOver: 0, quits: 0 }
  let why = reason
  let left = () => {}
  const leaving = createLeaving({
    why: () => why,
    tell: (each) => void told.push(each),
    handOver: () => {
      seen.handedOver += 1
      return new Promise<void>((done) => (left = done))
    },
    quit: () => void seen.quits++,
  })
  const event = { preventDefault: () => void seen.prevented++ }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    told,
    seen,
    close: () => leaving.closing(event),
    closed: () => leaving.closed(),
    quit: () => leaving.quitting(event),
    endSession: () => leaving.sessionEnds(event),
    now: (reasonNow: ReasonToStay | null) => (why = reasonNow),
    leave: () => {
      left()
      return turn()
    },
  }
}

test('Q1: quitting in a call is held and told, as closing the window is; the call is not touched', () => {
  const app = fixture('call')
  app.quit()
  app.close()
  expect(app.told).toEqual(['call', 'call'])
  expect(app.seen).toEqual({ prevented: 2, handedOver: 0, quits: 0 })
})

test('Q1: after the call the same quit is obeyed', async () => {
  const app = fixture('call')
  app.quit()
  app.now(null)
  app.quit()
  await app.leave()
  expect(app.told).toEqual(['call'])
  expect(app.seen).toMatchObject({ handedOver: 1, quits: 1 })
})

test('Q2: the end of the session hangs up first, and then the app goes', async () => {
  const app = fixture('call')
  app.endSession()
  app.quit()
  app.close()
  expect(app.told).toEqual([])
  expect(app.seen.handedOver).toBe(1)
  const { quits, prevented } = app.seen
  await app.leave()
  expect(app.seen.quits).toBe(quits + 1)
  app.quit()
  expect(app.seen.prevented).toBe(prevented)
})

test('Q3: whoever quits again while the phone takes leave does not cut it short', async () => {
  const app = fixture(null)
  app.quit()
  app.quit()
  expect(app.seen).toEqual({ prevented: 2, handedOver: 1, quits: 0 })
  await app.leave()
  app.quit()
  expect(app.seen).toEqual({ prevented: 2, handedOver: 1, quits: 1 })
})

test('Q4: a call that comes when the desk is closed already keeps no app without a desk', () => {
  const app = fixture(null)
  app.close()
  app.now('call')
  app.closed()
  app.quit()
  expect(app.told).toEqual([])
  expect(app.seen).toMatchObject({ handedOver: 1, quits: 1 })
})
