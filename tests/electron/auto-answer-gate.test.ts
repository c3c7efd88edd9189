import { expect, test } from 'vitest'
import { createAutoAnswerGate } from '../../electron/auto-answer-gate.ts'

/** What the phone was told, newest last. */
function fixture(seconds: number | null = 3) {
  const told: (number | null)[] = []
  return { ...createAutoAnswerGate(seconds, (it) => told.push(it)), told }
}

test('nothing is answered by itself before the desk is painted', () => {
  const { say, painted, told } = fixture()
  say()
  painted(true)
  expect(told).toEqual([null, 3])
})

test('after a sign-out nothing is, until the next desk is painted', () => {
  const { painted, told } = fixture()
  painted(true)
  painted(false)
  painted(true)
  expect(told).toEqual([3, null, 3])
})

test('nor while the desk hangs, also when the phone is started anew meanwhile', () => {
  const { painted, hangs, say, told } = fixture()
  painted(true)
  hangs(true)
  say()
  hangs(false)
  expect(told).toEqual([3, null, null, 3])
})

test('a desk that hung and is painted anew is still one that hangs until it turns', () => {
  const { painted, hangs, told } = fixture()
  hangs(true)
  painted(true)
  hangs(false)
  expect(told).toEqual([3])
})

test('where the centre has none, there is none', () => {
  const { painted, told } = fixture(null)
  painted(true)
  expect(told).toEqual([])
})
