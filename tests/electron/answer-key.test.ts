import { describe, expect, test } from 'vitest'
import { createAnswerKey } from '../../electron/answer-key.ts'
import { isHeadset } from '../../electron/is-headset.ts'
import { createRingAttention } from '../../electron/ring-attention.ts'
import { isAccelerator } from '../../shared/accelerator.ts'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { noLines } from '../../shared/call/lines.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'

const ring = (callId: string): LineEvent => ({
  type: 'inviteArrived',
  caller: { callId, number: '1', name: '', queue: '' },
  at: 1,
})
const on = (type: 'answerPressed' | 'sessionEstablished' | 'remoteHungUp', callId = 'a'): LineEvent => ({
  type,
  callId,
  at: 2,
})
const seen = (...events: LineEvent[]) =>
  events.reduce((lines, event) => stepLines(lines, event).lines, noLines) as unknown as PhoneSnapshot
const talking = [ring('a'), on('answerPressed'), on('sessionEstablished')] as const

function fixture(accelerator: string | null = 'Ctrl+Shift+F9', free = true) {
  const acts: string[] = []
  let act: (() => void) | null = null
  const key = createAnswerKey({
    accelerator,
    shortcut: {
      register: (name, press) => {
        acts.push(`register ${name}`)
        if (free) act = press
        return free
      },
      unregister: () => {
        acts.push('unregister')
        act = null
      },
    },
    answer: (callId) => void acts.push(`answer ${callId}`),
    taken: (taken) => void acts.push(`taken ${taken}`),
  })
  return { ...key, acts, press: () => act?.() }
}

describe('the key that answers from another program', () => {
  test('G1 G2 is taken while it rings, answers that call, and is given back', () => {
    const { look, acts, press } = fixture()
    look(seen())
    look(seen(ring('a')))
    look(seen(ring('a')))
    press()
    look(seen(ring('a'), on('answerPressed')))
    press()
    expect(acts).toEqual(['register Ctrl+Shift+F9', 'answer a', 'unregister'])
  })

  test('G1 is given back when the phone is gone, and not taken for one that knocks', () => {
    const { look, acts } = fixture()
    look(seen(ring('a')))
    look(null)
    look(seen(...talking, ring('b')))
    expect(acts).toEqual(['register Ctrl+Shift+F9', 'unregister'])
  })

  test('G2 answers the next call and not the one before', () => {
    const { look, acts, press } = fixture()
    look(seen(ring('a')))
    look(seen(ring('b')))
    press()
    expect(acts.at(-1)).toBe('answer b')
  })

  test('G3 says that another program has it, until it does not matter any more', () => {
    const { look, acts } = fixture('Ctrl+Shift+F9', false)
    look(seen(ring('a')))
    look(seen(...talking))
    expect(acts).toEqual(['register Ctrl+Shift+F9', 'taken true', 'taken false'])
  })

  test('without one nothing is taken', () => {
    const { look, acts } = fixture(null)
    look(seen(ring('a')))
    expect(acts).toEqual([])
  })
})

test('the window asks for attention while it rings behind another program, and no longer', () => {
  const acts: string[] = []
  let focused = false
  const attention = createRingAttention(
    () => ({ isFocused: () => focused, flashFrame: (flash) => void acts.push(`flash ${flash}`) }),
    { bounce: () => acts.push('bounce'), cancelBounce: () => void acts.push('still') },
  )
  attention.look(seen(ring('a')))
  attention.look(seen(ring('a')))
  attention.look(seen(...talking))
  expect(acts).toEqual(['flash true', 'bounce', 'flash false', 'still'])
  focused = true
  attention.look(seen(ring('b')))
  attention.look(null)
  expect(acts).toHaveLength(4)
})

test('a key combination is read as Electron reads it, and takes no letter from what is typed elsewhere', () => {
  expect(
    ['Ctrl+Shift+F9', 'CommandOrControl+Shift+A', 'F9', 'MediaPlayPause', 'alt+num5'].filter(
      (each) => !isAccelerator(each),
    ),
  ).toEqual([])
  expect(['A', 'Enter', 'Ctrl+', 'Ctrl', 'Ctrl+Foo', 'F25', '', 'Ctrl A'].filter(isAccelerator)).toEqual([])
})

test('of devices only those with the buttons of a telephone are within reach', () => {
  const device = (...pages: number[]) => ({
    deviceType: 'hid',
    device: { collections: pages.map((usagePage) => ({ usagePage })) },
  })
  expect(isHeadset(device(0x0c, 0x0b))).toBe(true)
  expect(isHeadset(device(0x01))).toBe(false)
  expect(isHeadset({ ...device(0x0b), deviceType: 'usb' })).toBe(false)
  expect(isHeadset({ deviceType: 'hid', device: {} })).toBe(false)
})
