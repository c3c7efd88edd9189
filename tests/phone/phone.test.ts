/** One call of the phone, its line, and the test of the sound. */
import { describe, expect, test } from 'vitest'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { connection, fixture, ready, sounded } from './support/phone-fixture.ts'

describe('a call', () => {
  test('rings, is answered, becomes talking only when both sides are heard, and ends in wrap-up', async () => {
    const phone = await ready()
    phone.ring()
    expect(phone.last()).toMatchObject({ operator: { status: 'ringing' }, call: { phase: 'ringing' } })
    await phone.handlers['phone.answer']({ callId: 'a' })
    await phone.turn()
    expect(phone.asked).toEqual(['ring', 'silence', 'accept a'])
    phone.sip.established('a')
    expect(phone.last()?.call?.phase).toBe('connected')
    phone.confirm()
    expect(phone.last()?.call?.phase).toBe('talking')
    await phone.handlers['phone.hangUp']({ callId: 'a' })
    phone.sip.over('a', false, null)
    expect(phone.last()).toMatchObject({
      operator: { status: 'wrapUp' },
      call: { phase: 'ended', outcome: 'completed' },
    })
    expect(phone.asked.slice(-2)).toEqual(['silence', 'release'])
    expect(phone.sounds[0]?.track.stopped).toBe(true)
    expect(phone.facts.map(({ kind }) => kind)).toEqual(['offered', 'answered', 'talking', 'quality', 'ended'])
    expect(phone.facts[3]).toEqual({ callId: 'a', kind: 'quality', at: 7, ...sounded })
  })

  test('whose citizen hangs up while the microphone opens leaves no microphone open', async () => {
    const phone = await ready()
    phone.hold()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    phone.sip.over('a', false, null)
    phone.openMicrophone()
    await phone.turn()
    expect(phone.sounds[0]?.track.stopped).toBe(true)
    expect(phone.asked).not.toContain('accept a')
  })

  test('L12 that comes directly while she is away is told as missed, without a ring; one of the queue is not', async () => {
    const phone = await ready()
    await phone.handlers['phone.connect']({ line: { extension: '1003', domain: 'x', password: 'y' }, ...connection })
    await phone.handlers['phone.away']({ reason: 'meal' })
    phone.ring()
    expect(phone.facts).toEqual([])
    phone.sip.invited({ callId: 'b', number: '13800002210', name: '', queue: '' })
    phone.sip.over('b', false, null)
    expect(phone.asked).toEqual(['refuse a 480', 'refuse b 480'])
    expect(phone.facts).toMatchObject([
      { callId: 'b', kind: 'offered', queue: '' },
      { callId: 'b', kind: 'ended', outcome: 'missed' },
    ])
    expect(phone.last()?.operator).toMatchObject({ status: 'away', away: 'meal' })
  })

  test('C14 O3 that somebody else answers is not missed: she is ready for the next one', async () => {
    const phone = await ready()
    phone.ring()
    phone.sip.over('a', false, null, true)
    expect(phone.last()).toMatchObject({
      operator: { status: 'ready' },
      call: { phase: 'ended', outcome: 'elsewhere' },
    })
    expect(phone.facts.at(-1)).toMatchObject({ kind: 'ended', outcome: 'elsewhere' })
    phone.ring('b')
    expect(phone.last()?.call).toMatchObject({ phase: 'ringing', caller: { callId: 'b' } })
  })

  test('that is given up while the microphone opens is answered no more', async () => {
    const phone = await ready()
    phone.hold()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    await phone.handlers['phone.hangUp']({ callId: 'a' })
    phone.openMicrophone()
    await phone.turn()
    expect(phone.asked).toEqual(['ring', 'silence', 'bye a'])
    phone.sip.over('a', false, null)
    expect(phone.last()).toMatchObject({
      operator: { status: 'wrapUp' },
      call: { phase: 'ended', outcome: 'rejected' },
    })
  })

  test('that comes in wrap-up is passed on without a ring', async () => {
    const phone = await ready()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    phone.sip.over('a', false, null)
    phone.ring('b')
    expect(phone.asked).toContain('refuse b 480')
    expect(phone.last()?.call?.caller.callId).toBe('a')
    await phone.handlers['phone.wrapUpDone'](null)
    phone.ring('b')
    expect(phone.last()?.operator.status).toBe('ringing')
  })

  test('that comes while one is being answered is refused as busy', async () => {
    const phone = await ready()
    phone.ring()
    await phone.handlers['phone.answer']({ callId: 'a' })
    phone.ring('b')
    expect(phone.asked).toContain('refuse b 486')
  })

  test('N14 of two in the same second one rings, and the other one hears busy', async () => {
    const phone = await ready()
    phone.ring()
    phone.ring('b')
    expect(phone.last()?.call?.caller.callId).toBe('a')
    expect(phone.asked).toEqual(['ring', 'refuse b 486'])
    phone.sip.over('b', false, null)
    expect(phone.last()).toMatchObject({ call: { caller: { callId: 'a' }, phase: 'ringing' }, other: null })
  })

  test('N14 that comes in the second in which a number is dialled hears busy; the other way round nothing is dialled', async () => {
    const dialling = await ready()
    await dialling.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })
    dialling.ring()
    expect(dialling.asked).toContain('refuse a 486')
    const rung = await ready()
    rung.ring()
    expect(await rung.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })).toMatchObject({ ok: false })
    await rung.turn()
    expect(rung.asked).toEqual(['ring'])
  })

  test('that is dialled goes out with the prefixes of the exchange, and is known by its number without them', async () => {
    const dialRules = { outside: '9', mobilePrefix: '0', homeMobiles: [] }
    const phone = await ready()
    await phone.handlers['phone.connect']({
      ...connection,
      dialRules,
      line: { extension: '1003', password: 'x', domain: 'x' },
    })
    await phone.handlers['phone.dial']({ number: '13900138000', purpose: 'citizen' })
    await phone.turn()
    expect(phone.asked).toContain('dial mine 9013900138000')
    expect(phone.last()?.call?.caller.number).toBe('13900138000')
  })

  test('at home in Guangzhou goes out as a local one there', async () => {
    const phone = await ready()
    await phone.handlers['phone.connect']({
      ...connection,
      numberPlan: { ...defaultNumberPlan, areaCode: '20' },
      dialRules: { outside: '9', mobilePrefix: '', homeMobiles: [] },
      line: { extension: '1003', password: 'x', domain: 'x' },
    })
    await phone.handlers['phone.dial']({ number: '02083500123', purpose: 'citizen' })
    await phone.turn()
    expect(phone.asked).toContain('dial mine 983500123')
  })

  test('that was missed makes the operator away, and cameBack makes ready', async () => {
    const phone = await ready()
    phone.ring()
    phone.sip.over('a', false, null)
    expect(phone.last()).toMatchObject({ operator: { status: 'away' }, call: { outcome: 'missed' } })
    await phone.handlers['phone.away']({ reason: null })
    expect(phone.last()?.operator.status).toBe('ready')
  })

  test('can not be answered by the name of another', async () => {
    const phone = await ready()
    phone.ring()
    expect(await phone.handlers['phone.answer']({ callId: 'b' })).toMatchObject({ ok: false })
  })
})

describe('E1 a test of the sound', () => {
  const connected = async () => {
    const phone = await ready()
    await phone.handlers['phone.connect']({ ...connection, line: { extension: '1003', password: 'x', domain: 'x' } })
    return phone
  }

  test('is no call: no fact is told of it, and the operator stays ready', async () => {
    const phone = await connected()
    expect(await phone.handlers['phone.echoTest']({ on: true })).toMatchObject({ ok: true })
    await phone.turn()
    phone.sip.established('echo-mine')
    expect(phone.last()).toMatchObject({ operator: { status: 'ready' }, call: null, echo: { state: 'up' } })
    phone.sip.over('echo-mine', false, null)
    expect(phone.last()).toMatchObject({ operator: { status: 'ready' }, call: null, echo: { state: 'over' } })
    expect(phone.facts).toEqual([])
  })

  test('gives way at once to a call that comes', async () => {
    const phone = await connected()
    await phone.handlers['phone.echoTest']({ on: true })
    await phone.turn()
    phone.sip.established('echo-mine')
    phone.ring()
    expect(phone.asked.filter((what) => /^(bye|ring)/.test(what))).toEqual(['bye echo-mine', 'ring'])
    expect(phone.sounds[0]?.track.stopped).toBe(true)
    expect(phone.last()).toMatchObject({ operator: { status: 'ringing' }, call: { phase: 'ringing' } })
    phone.sip.over('echo-mine', false, null)
    expect(phone.last()?.call?.phase).toBe('ringing')
    expect(await phone.handlers['phone.echoTest']({ on: true })).toMatchObject({ ok: false })
  })
})

test('N10 whoever wakes lets the wire look at its link', async () => {
  const phone = await ready()
  expect(await phone.handlers['phone.checkLink'](null)).toMatchObject({ ok: true })
  expect(phone.asked).toEqual(['doubt'])
})

test('the status is ready only between REGISTER 200 and the loss of the line', async () => {
  const phone = fixture()
  phone.sip.line('connecting', null)
  expect(phone.last()?.operator.status).toBe('offline')
  phone.sip.line('registered', null)
  expect(phone.last()?.operator.status).toBe('ready')
  phone.sip.line('connecting', 'unreachable')
  expect(phone.last()).toMatchObject({ operator: { status: 'offline' }, problem: 'unreachable' })
})

test('O7 a desk that is gone while nobody is signed in makes nobody away: the next operator starts ready', async () => {
  const phone = fixture()
  const line = { extension: '1003', password: 'x', domain: 'x' }
  await phone.handlers['phone.connect']({ ...connection, line })
  phone.sip.line('registered', null)
  await phone.handlers['phone.disconnect'](null)
  phone.sip.line('off', null)
  expect(await phone.handlers['phone.away']({ reason: 'deskGone' })).toMatchObject({ error: { code: 'notSignedIn' } })
  await phone.handlers['phone.connect']({ ...connection, line, author: '1004' })
  phone.sip.line('registered', null)
  expect(phone.last()).toMatchObject({ author: '1004', operator: { status: 'ready', away: null } })
})
