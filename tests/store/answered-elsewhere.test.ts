import { expect, test } from 'vitest'
import { openFixture, signedIn } from './store-fixture.ts'

test('B8 what cannot be kept of central’s answer, on a full disk say, keeps nobody from being called back', async () => {
  const store = await signedIn(await openFixture())
  const told = {
    callId: 'rang on',
    kind: 'offered',
    at: store.clock.time,
    number: '13800132210',
    queue: '12345',
  } as const
  await store.ask('call.record', { fact: told, author: '' })
  const ended = { callId: 'rang on', kind: 'ended', at: store.clock.time, outcome: 'missed' } as const
  await store.ask('call.record', { fact: ended, author: '' })
  store.central.answered.add('rang on')
  store.db.exec(`CREATE TRIGGER full BEFORE UPDATE OF answered_elsewhere ON calls
    BEGIN SELECT raise(ABORT, 'database or disk is full'); END`)
  expect((await store.ask('call.nextOwed', null))?.callId).toBe('rang on')
  expect(store.logged).toContainEqual(expect.objectContaining({ event: 'answeredElsewhereFailed' }))
})
