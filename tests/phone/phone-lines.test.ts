/** Calls beside each other, and what a hard one means for the operator. */
import { describe, expect, test } from 'vitest'
import { connection, fixture, inCall, ready } from './support/phone-fixture.ts'

describe('a hard call', () => {
  test('O8 C12 the operator is away after its wrap-up, also where the phone died in it', async () => {
    const phone = await inCall()
    await phone.handlers['phone.warn']({ callId: 'a', withdraw: false })
    expect(phone.facts.at(-1)).toEqual({ callId: 'a', kind: 'warned', at: 7, count: 1 })
    const after = await ready()
    await after.handlers['phone.restore'](phone.last() ?? expect.fail())
    expect(after.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { care: { warnings: [7] } } })
    await after.handlers['phone.wrapUpDone'](null)
    expect(after.last()?.operator).toMatchObject({ status: 'away', away: 'afterHardCall' })
  })

  test('O8 is none where the warning was taken back', async () => {
    const phone = await inCall()
    await phone.handlers['phone.warn']({ callId: 'a', withdraw: false })
    phone.sip.over('a', false, null)
    await phone.handlers['phone.warn']({ callId: 'a', withdraw: true })
    await phone.handlers['phone.wrapUpDone'](null)
    expect(phone.last()?.operator.status).toBe('ready')
  })

  test('C13 what is paused is recorded again before the citizen is put through', async () => {
    const phone = await inCall()
    await phone.handlers['phone.connect']({ ...connection, line: { extension: '1003', password: 'x', domain: 'x' } })
    await phone.handlers['phone.pauseRecording']({ callId: 'a', paused: true })
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'handOver' })
    await phone.turn()
    phone.sip.established('mine')
    await phone.turn()
    const order = phone.asked.filter((what) => /^(tones|complete)/.test(what))
    expect(order).toEqual(['tones a *91 rtp', 'tones a *92 rtp', 'complete a mine'])
  })
})

describe('calls beside each other', () => {
  test('a held citizen hears nothing from the press on, and is heard again once the exchange took her back', async () => {
    const phone = await inCall()
    await phone.handlers['phone.hold']({ callId: 'a', held: true })
    expect(phone.asked).toEqual(['hear a false false', 'hold a'])
    await phone.turn()
    await phone.handlers['phone.hold']({ callId: 'a', held: false })
    await phone.turn()
    expect(phone.asked.slice(2)).toEqual(['resume a', 'hear a true true'])
    expect(phone.facts.map(({ kind }) => kind).slice(-2)).toEqual(['held', 'resumed'])
  })

  test('O9 the status is held while everybody is put aside, and talking as soon as somebody is dialled', async () => {
    const phone = await inCall()
    const status = () => phone.last()?.operator.status
    await phone.handlers['phone.hold']({ callId: 'a', held: true })
    await phone.turn()
    expect(status()).toBe('held')
    await phone.handlers['phone.hold']({ callId: 'a', held: false })
    await phone.turn()
    expect(status()).toBe('talking')
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'consult' })
    await phone.turn()
    expect(status()).toBe('talking')
    expect(phone.last()).toMatchObject({ call: { hold: { wanted: true } }, beside: { phase: 'dialling' } })
  })

  test('one that knocks is no ring, and the operator stays in her call', async () => {
    const phone = await inCall()
    phone.ring('b')
    expect(phone.asked).toEqual(['knock'])
    expect(phone.last()).toMatchObject({ operator: { status: 'talking' }, other: { phase: 'ringing' } })
  })

  test('a citizen is handed over to who answers, and the operator has her to wrap up', async () => {
    const phone = await inCall()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'handOver' })
    await phone.turn()
    phone.sip.established('mine')
    await phone.turn()
    expect(phone.asked).toContain('complete a mine')
    expect(phone.asked.filter((what) => what.startsWith('bye'))).toEqual(['bye a', 'bye mine'])
    phone.sip.over('mine', false, null)
    expect(phone.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { outcome: 'transferred' } })
  })

  test('C15 the operator hears it ring there from the report on, until somebody answers', async () => {
    const phone = await inCall()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'consult' })
    await phone.turn()
    expect(phone.ringsBack()).toBe(false)
    phone.sip.rangThere('mine')
    expect(phone.ringsBack()).toBe(true)
    expect(phone.last()?.beside).toMatchObject({ phase: 'dialling', rangThere: true })
    phone.sip.established('mine')
    expect(phone.ringsBack()).toBe(false)
  })

  test('C18 an announcement before the answer silences the ring while it lasts, and hears nothing of the operator', async () => {
    const phone = await ready()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })
    await phone.turn()
    phone.sip.rangThere('mine')
    phone.sip.early('mine')
    // Told that it may come, not that it does.
    expect(phone.ringsBack()).toBe(true)
    phone.flows(true)
    expect(phone.ringsBack()).toBe(false)
    expect(phone.asked.filter((what) => what.startsWith('hear'))).toEqual(['hear mine false true'])
    phone.confirm()
    expect(phone.last()?.call).toMatchObject({ phase: 'dialling', answeredAt: null })
    phone.flows(false)
    expect(phone.ringsBack()).toBe(true)
    phone.sip.established('mine')
    phone.confirm()
    expect(phone.last()?.call).toMatchObject({ phase: 'talking' })
    expect(phone.asked.at(-1)).toBe('hear mine true true')
  })

  test('C18 of an announcement alone no quality is told', async () => {
    const phone = await ready()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })
    await phone.turn()
    phone.sip.early('mine')
    phone.sip.over('mine', true, 486)
    expect(phone.last()?.call).toMatchObject({ outcome: 'failed', status: 486 })
    expect(phone.facts.map(({ kind }) => kind)).toEqual(['dialled', 'ended'])
    expect(phone.asked).toContain('release')
  })

  test('a number that is given up before the microphone opens is dialled by nobody, and the call is over', async () => {
    const phone = await ready()
    phone.hold()
    await phone.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })
    await phone.handlers['phone.hangUp']({ callId: 'mine' })
    phone.openMicrophone()
    await phone.turn()
    expect(phone.asked.some((what) => what.startsWith('dial'))).toBe(false)
    expect(phone.last()?.call).toMatchObject({ phase: 'ended', outcome: 'failed' })
    expect(phone.sounds[0]?.track.stopped).toBe(true)
  })

  test('a number that is dialled while the line is not registered is refused, and nothing begins', async () => {
    const phone = fixture()
    expect(await phone.handlers['phone.dial']({ number: '1004', purpose: 'citizen' })).toMatchObject({ ok: false })
    expect(phone.facts).toEqual([])
  })

  test('a number dialled while nobody calls makes the operator busy, and ends in wrap-up', async () => {
    const phone = await ready()
    await phone.handlers['phone.dial']({ number: '13800002210', purpose: 'citizen' })
    expect(phone.last()).toMatchObject({
      operator: { status: 'talking' },
      call: { direction: 'out', phase: 'dialling' },
    })
    phone.sip.over('mine', true, 486)
    expect(phone.last()).toMatchObject({ operator: { status: 'wrapUp' }, call: { outcome: 'failed', status: 486 } })
  })
})
