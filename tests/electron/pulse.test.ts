import { expect, test } from 'vitest'
import { watchPulse } from '../../electron/pulse.ts'
import { fakeEvery, fakeWindow } from './fake-window.ts'

function fixture() {
  const told: string[] = []
  const clock = fakeEvery()
  const { contents, sentOn, says } = fakeWindow()
  watchPulse(contents, clock.every, {
    hangs: () => void told.push('hangs'),
    back: () => void told.push('back'),
    givenUp: () => void told.push('givenUp'),
  })
  return { told, ...clock, contents, sentOn, answers: () => says('pulse') }
}

test('H1: a window that answers no pulse for five seconds hangs, said once; its first answer brings it back', () => {
  const { told, beat, answers } = fixture()
  answers()
  beat(4)
  expect(told).toEqual([])
  beat(1)
  expect(told).toEqual(['hangs'])
  beat(10)
  expect(told).toEqual(['hangs'])
  answers()
  answers()
  expect(told).toEqual(['hangs', 'back'])
})

test('H1: a window that answers late, and answers, does not hang', () => {
  const { told, beat, answers } = fixture()
  answers()
  for (let turn = 0; turn < 10; turn += 1) {
    beat(4)
    answers()
  }
  expect(told).toEqual([])
})

test('H2: one that hangs for half a minute more is given up, once', () => {
  const { told, beat, answers } = fixture()
  answers()
  beat(34)
  expect(told).toEqual(['hangs'])
  beat(1)
  expect(told).toEqual(['hangs', 'givenUp'])
  beat(100)
  expect(told).toEqual(['hangs', 'givenUp'])
})

test('H3: a window that is being loaded does not hang; it is asked all the same', () => {
  const { told, beat, sentOn } = fixture()
  beat(60)
  expect(told).toEqual([])
  expect(sentOn('pulse')).toHaveLength(60)
})

test('a window that is gone is asked no more', () => {
  const { contents, running } = fixture()
  contents.emit('destroyed')
  expect(running()).toBe(0)
})
