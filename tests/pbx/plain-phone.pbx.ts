import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startPbx, type Pbx } from '../../build/pbx/pbx.ts'
import { HOLD_HZ, SERVICE_HZ } from '../../build/pbx/tones.ts'
import { openPlainPhone, type PlainPhone } from './plain/plain-phone.ts'
import type { Refused } from './plain/plain-call.ts'

let pbx: Pbx
beforeAll(async () => {
  pbx = await startPbx()
})
afterAll(() => pbx.stop())

async function phone(user: string, password?: string): Promise<PlainPhone> {
  const opened = await openPlainPhone({ sipPort: pbx.sipPort, user, ...(password === undefined ? {} : { password }) })
  onTestFinished(() => opened.close())
  return opened
}

async function registered(extension: string): Promise<PlainPhone> {
  const opened = await phone(extension, pbx.passwordOf(extension))
  await opened.register()
  return opened
}

describe('asterisk', () => {
  test('a plain telephone hears its echo, the tone and the music on hold, and tells them apart', async () => {
    const citizen = await phone('13800002210')
    const echo = await citizen.call('600', 700)
    await echo.answered
    await echo.sound.ear.untilTones([700], [SERVICE_HZ, HOLD_HZ])
    echo.sound.hum(0)
    await echo.sound.ear.untilSilence()
    await echo.hangUp()
    expect(await echo.ended).toEqual({ by: 'us' })
    const tone = await citizen.call('601')
    await tone.sound.ear.untilTones([SERVICE_HZ], [HOLD_HZ])
    const music = await citizen.call('602')
    await music.sound.ear.untilTones([HOLD_HZ], [SERVICE_HZ])
  })

  test('digits arrive, and who answers with digits is hung up on', async () => {
    const events = pbx.ami.listen()
    const citizen = await phone('13800002211')
    const call = await citizen.call('620')
    await call.answered
    await call.sound.press('4079')
    const { Digits } = await events.until('UserEvent', { UserEvent: 'Digits', From: '13800002211' })
    expect(Digits).toBe('4079')
    expect(await call.ended).toEqual({ by: 'them' })
  })

  test('busy, refused and unknown numbers are told as such', async () => {
    const citizen = await phone('13800002212')
    const refusal = async (number: string): Promise<number> => {
      const call = await citizen.call(number)
      return call.answered.then(
        () => 200,
        (error: Refused) => error.status,
      )
    }
    expect(await refusal('630')).toBe(486)
    expect(await refusal('633')).toBe(403)
    expect(await refusal('634')).toBe(404)
    // A telephone that is not registered is not there.
    expect(await refusal('1101')).toBe(404)
  })

  test('a wrong password is refused, the right one registers, a second telephone is a second contact, and it goes again', async () => {
    const wrong = await phone('1101', 'wrong')
    await expect(wrong.register()).rejects.toMatchObject({ status: 401 })
    const events = pbx.ami.listen()
    const right = await registered('1101')
    await events.until('ContactStatus', { AOR: '1101', ContactStatus: 'NonQualified' })
    await right.register()
    expect(await pbx.contacts('1101')).toHaveLength(1)
    const second = await registered('1101')
    expect(await pbx.contacts('1101')).toHaveLength(2)
    await second.register(0)
    await right.register(0)
    expect(await pbx.contacts('1101')).toHaveLength(0)
  })

  test('one calls the other: both are heard, one holds and the other hears the music, one hangs up', async () => {
    const [one, two] = [await registered('1102'), await registered('1103')]
    const out = await one.call('1103', 800)
    const incoming = await two.rung()
    incoming.ring()
    await out.ringing
    const call = incoming.answer()
    call.sound.hum(1200)
    await out.answered
    await Promise.all([out.sound.ear.untilTones([1200], [HOLD_HZ]), call.sound.ear.untilTones([800], [HOLD_HZ])])
    await out.hold(true)
    await call.sound.ear.untilTones([HOLD_HZ], [800])
    await out.hold(false)
    await call.sound.ear.untilTones([800], [HOLD_HZ])
    await call.hangUp()
    expect(await out.ended).toEqual({ by: 'them' })
  })

  test('one refuses, one does not answer and the caller gives up', async () => {
    const [one, two] = [await registered('1104'), await registered('1105')]
    const refused = await one.call('1105')
    ;(await two.rung()).refuse(486)
    await expect(refused.answered).rejects.toMatchObject({ status: 486 })
    const unanswered = await one.call('1105')
    const incoming = await two.rung()
    incoming.ring()
    await unanswered.ringing
    await unanswered.hangUp()
    await incoming.cancelled
  })

  test('numbers outside go to the carrier, and digits arrive there too', async () => {
    const carrier = await registered('carrier')
    const inside = await registered('1101')
    const out = await inside.call('13900001111', 800)
    const incoming = await carrier.rung()
    expect(incoming.to).toContain('13900001111')
    const call = incoming.answer()
    await out.answered
    await call.sound.ear.untilTone(800)
    await out.sound.press('12#')
    await call.sound.untilDigits('12#')
  })
})
