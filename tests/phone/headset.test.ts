import { describe, expect, test } from 'vitest'
import { createHeadset, type HidDevice, type InputReport } from '../../renderer/phone/headset.ts'
import { usages } from '../../renderer/phone/hid-report.ts'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { noLines, type Lines } from '../../shared/call/lines.ts'

const caller = { callId: 'a', number: '13800002210', name: '', queue: '12345' }
const on = (
  type: 'answerPressed' | 'sessionEstablished' | 'remoteHungUp' | 'holdPressed' | 'resumePressed',
): LineEvent => ({ type, callId: 'a', at: 2 })

/** A headset whose switch and mute button are bits of report 1, and whose three lights are bits of report 2. */
class FakeHeadset implements HidDevice {
  opened = false
  readonly sent: number[] = []
  readonly #heard: ((event: InputReport) => void)[] = []
  readonly collections
  constructor(isAbsolute: boolean, usagePage = 0x0b) {
    const item = (named: readonly number[]) => ({ usages: named, reportSize: 1, reportCount: named.length, isAbsolute })
    this.collections = [
      {
        usagePage,
        usage: 5,
        inputReports: [{ reportId: 1, items: [item([usages.hookSwitch, usages.phoneMute])] }],
        outputReports: [{ reportId: 2, items: [item([usages.ringLight, usages.offHookLight, usages.muteLight])] }],
      },
    ]
  }

  open(): Promise<void> {
    this.opened = true
    return Promise.resolve()
  }

  close(): Promise<void> {
    this.opened = false
    return Promise.resolve()
  }

  sendReport(_reportId: number, data: Uint8Array): Promise<void> {
    this.sent.push(data[0] ?? 0)
    return Promise.resolve()
  }

  addEventListener(_type: 'inputreport', heard: (event: InputReport) => void): void {
    this.#heard.push(heard)
  }

  say(...values: number[]): void {
    for (const value of values)
      for (const heard of this.#heard) heard({ reportId: 1, data: new DataView(Uint8Array.of(value).buffer) })
  }
}

const [HOOK, MUTE] = [0b01, 0b10]
const [RING, OFF_HOOK, MUTED] = [0b001, 0b010, 0b100]

async function fixture(device: FakeHeadset | null = new FakeHeadset(true)) {
  const acts: string[] = []
  const listeners = new Map<string, (event: { device: HidDevice }) => void>()
  const headset = createHeadset({
    hid: {
      getDevices: () => Promise.resolve(device === null ? [] : [device]),
      addEventListener: (type, heard) => void listeners.set(type, heard),
    },
    answer: (callId) => void acts.push(`answer ${callId}`),
    hangUp: (callId) => void acts.push(`hang up ${callId}`),
    mute: (callId, muted) => void acts.push(`mute ${callId} ${muted}`),
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  await turn()
  let lines: Lines = noLines
  const step = (...events: LineEvent[]) => {
    for (const event of events) {
      lines = stepLines(lines, event).lines
      headset.look({ ...lines, line: 'registered' })
    }
  }
  const tell = async (type: 'connect' | 'disconnect', plugged: HidDevice) => {
    listeners.get(type)?.({ device: plugged })
    await turn()
  }
  return {
    acts,
    step,
    tell,
    ring: () => step({ type: 'inviteArrived', caller, at: 1 }),
    talk: () => step(on('answerPressed'), on('sessionEstablished')),
  }
}

describe('the hook switch', () => {
  test('H1 off the hook answers what rings; on the hook ends what is spoken with', async () => {
    const device = new FakeHeadset(true)
    const { acts, ring, talk } = await fixture(device)
    ring()
    device.say(HOOK)
    talk()
    device.say(0)
    expect(acts).toEqual(['answer a', 'hang up a'])
  })

  test('H1 on the hook ends a held call only where it cannot be taken back', async () => {
    const device = new FakeHeadset(true)
    const { acts, ring, talk, step } = await fixture(device)
    ring()
    device.say(HOOK)
    talk()
    step(on('holdPressed'), { type: 'holdSettled', callId: 'a', held: true, ok: true, at: 3 })
    device.say(0)
    expect(acts).toEqual(['answer a'])
    device.say(HOOK)
    step(on('resumePressed'), { type: 'holdSettled', callId: 'a', held: false, ok: false, at: 4 })
    device.say(0)
    expect(acts).toEqual(['answer a', 'hang up a'])
  })

  test('H1 means nothing where it only follows the desk', async () => {
    const device = new FakeHeadset(true)
    const { acts, ring, talk, step } = await fixture(device)
    device.say(HOOK, 0)
    ring()
    device.say(0)
    talk()
    // The switch follows the light of a call that was answered by key, and of one that the citizen ended.
    device.say(HOOK)
    step(on('remoteHungUp'))
    device.say(0)
    expect(acts).toEqual([])
  })

  test('H2 a switch that only says that it was pressed does what means anything', async () => {
    const device = new FakeHeadset(false)
    const { acts, ring, talk } = await fixture(device)
    device.say(HOOK, 0)
    ring()
    device.say(HOOK, 0)
    talk()
    device.say(HOOK, 0)
    expect(acts).toEqual(['answer a', 'hang up a'])
  })
})

describe('the mute button', () => {
  test('H3 turns over as a press, and is believed as a switch', async () => {
    const press = new FakeHeadset(false)
    const pressed = await fixture(press)
    pressed.ring()
    pressed.talk()
    press.say(MUTE, 0)
    pressed.step({ type: 'mutePressed', callId: 'a', muted: true, at: 3 })
    press.say(MUTE, 0)
    expect(pressed.acts).toEqual(['mute a true', 'mute a false'])
    const toggle = new FakeHeadset(true)
    const switched = await fixture(toggle)
    switched.ring()
    switched.talk()
    toggle.say(MUTE)
    switched.step({ type: 'mutePressed', callId: 'a', muted: true, at: 3 })
    toggle.say(MUTE, 0)
    expect(switched.acts).toEqual(['mute a true', 'mute a false'])
  })

  test('H3 means nothing while nobody is spoken with', async () => {
    const device = new FakeHeadset(false)
    const { acts, ring } = await fixture(device)
    ring()
    device.say(MUTE, 0)
    expect(acts).toEqual([])
  })
})

describe('H4 the lights', () => {
  test('follow the call, each change said once', async () => {
    const device = new FakeHeadset(true)
    const { ring, talk, step } = await fixture(device)
    ring()
    talk()
    step({ type: 'mutePressed', callId: 'a', muted: true, at: 3 }, on('remoteHungUp'))
    expect(device.sent).toEqual([0, RING, OFF_HOOK, OFF_HOOK | MUTED, 0])
  })

  test('are right on a headset that comes in the middle of a call, and it works; the one that is gone is told nothing', async () => {
    const [first, second] = [new FakeHeadset(true), new FakeHeadset(true)]
    const { acts, ring, talk, step, tell } = await fixture(first)
    ring()
    talk()
    await first.close()
    await tell('disconnect', first)
    await tell('connect', second)
    expect(second.sent).toEqual([OFF_HOOK])
    step({ type: 'mutePressed', callId: 'a', muted: true, at: 3 })
    expect([first.sent.length, second.sent.at(-1)]).toEqual([3, OFF_HOOK | MUTED])
    second.say(HOOK, 0)
    expect(acts).toEqual(['hang up a'])
  })
})

describe('where there is none', () => {
  test('a keyboard is not opened, and one that another program has is left alone', async () => {
    const keyboard = new FakeHeadset(true, 0x01)
    await fixture(keyboard)
    expect(keyboard.opened).toBe(false)
    const held = new FakeHeadset(true)
    held.open = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    const { ring } = await fixture(held)
    ring()
    expect(held.sent).toEqual([])
  })

  test('nothing happens, and nothing fails', async () => {
    const { acts, ring, talk } = await fixture(null)
    ring()
    talk()
    const silent = createHeadset({ hid: undefined, answer: () => {}, hangUp: () => {}, mute: () => {} })
    silent.look({ ...noLines, line: 'off' })
    expect(acts).toEqual([])
  })
})
