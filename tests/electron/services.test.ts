import { expect, test } from 'vitest'
import { createServices } from '../../electron/services.ts'

test('a desk that opens late is told what is amiss, and of nothing else', () => {
  const told: unknown[] = []
  const services = createServices((service) => told.push(service))
  services.tellAgain()
  expect(told).toEqual([])
  services.tell('store', 'down', 'storeDown')
  services.tell('phone', 'up', 'certificateRefused')
  services.tell('store', 'up', null)
  told.length = 0
  services.tellAgain()
  expect(told).toEqual([{ service: 'phone', state: 'up', code: 'certificateRefused' }])
  expect(services.of('store')).toEqual({ service: 'store', state: 'up', code: null })
})
