import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { watchPower } from '../../electron/power-watch.ts'

test('N10 the phone looks at its link when the machine goes to sleep and when it wakes', () => {
  const power = new EventEmitter<{ suspend: []; resume: []; 'lock-screen': [] }>()
  const asked: string[] = []
  watchPower(power, () => void asked.push('check'))
  power.emit('lock-screen')
  expect(asked).toEqual([])
  power.emit('suspend')
  power.emit('resume')
  expect(asked).toEqual(['check', 'check'])
})
