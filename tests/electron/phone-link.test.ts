import { expect, test } from 'vitest'
import { createPhoneLink } from '../../electron/ipc/phone-link.ts'
import { fakeEvery, fakeWindow } from './fake-window.ts'

/** A phone that serves and has answered a pulse; `answer` answers its oldest request. */
function fixture() {
  const told: string[] = []
  const clock = fakeEvery()
  const phone = fakeWindow()
  const tell = (what: string) => () => void told.push(what)
  const link = createPhoneLink(() => phone.window, clock.every, {
    up: tell('up'),
    down: tell('down'),
    hangs: tell('hangs'),
    back: tell('back'),
  })
  link.start()
  phone.says('pulse')
  phone.says('serving')
  const answer = () => {
    const [id] = phone.sentOn('request')[0] ?? []
    phone.says('reply', id, { ok: true, value: 'done' })
  }
  return { ...link, phone, told, beat: clock.beat, pulse: () => phone.says('pulse'), answer }
}

const hangUp = ['phone.hangUp', { callId: 'a' }] as const
const phoneDown = { ok: false, error: { code: 'phoneDown' } }

test('a phone that turns is waited for, however long it takes to answer', async () => {
  const { ask, beat, pulse, answer, told } = fixture()
  const asked = ask(...hangUp)
  for (let second = 0; second < 60; second += 1) {
    beat(1)
    pulse()
  }
  answer()
  expect(await asked).toEqual({ ok: true, value: 'done' })
  expect(told).toEqual(['up'])
})

test('H1: who waits for a phone that hangs is told so, and nobody else begins to wait', async () => {
  const { ask, beat, told, phone } = fixture()
  const asked = ask(...hangUp)
  beat(5)
  expect(told).toEqual(['up', 'hangs'])
  expect(await asked).toEqual(phoneDown)
  expect(await ask(...hangUp)).toEqual(phoneDown)
  expect(phone.sentOn('request')).toHaveLength(1)
})

test('H1: a phone that turns again is asked again', async () => {
  const { ask, beat, pulse, told, phone, answer } = fixture()
  beat(5)
  pulse()
  expect(told).toEqual(['up', 'hangs', 'back'])
  const asked = ask(...hangUp)
  expect(phone.sentOn('request')).toHaveLength(1)
  answer()
  expect(await asked).toEqual({ ok: true, value: 'done' })
})

test('an act of the operator is stale after five seconds, what main says to its phone never is', () => {
  const { ask, phone } = fixture()
  const before = Date.now()
  void ask(...hangUp)
  void ask('phone.checkLink', null)
  const untils = phone.sentOn('request').map(([, , , until]) => until)
  expect(untils[0]).toBeGreaterThanOrEqual(before + 5_000)
  expect(untils[0]).toBeLessThanOrEqual(Date.now() + 5_000)
  expect(untils[1]).toBeNull()
})

test('H2: a phone that does not come back is ended, and is down as one that died', () => {
  const { beat, told, phone } = fixture()
  beat(35)
  expect(phone.seen).toEqual({ crashed: 1, destroyed: true })
  expect(told).toEqual(['up', 'hangs', 'down'])
})
