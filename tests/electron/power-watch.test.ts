import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { watchPower } from '../../electron/power-watch.ts'

function fixture() {
  const power = new EventEmitter()
  const asked: string[] = []
  watchPower(power, {
    check: () => void asked.push('check'),
    ends: (event) => {
      event.preventDefault()
      asked.push('ends')
    },
  })
  return { power, asked }
}

test('N10 the phone looks at its link when the machine goes to sleep and when it wakes', () => {
  const { power, asked } = fixture()
  power.emit('lock-screen')
  expect(asked).toEqual([])
  power.emit('suspend')
  power.emit('resume')
  expect(asked).toEqual(['check', 'check'])
})

test('Q2 a machine that goes down waits until the app has gone', () => {
  const { power, asked } = fixture()
  power.emit('shutdown', { preventDefault: () => void asked.push('wait') })
  expect(asked).toEqual(['wait', 'ends'])
})
