import { expect, test } from 'vitest'
import { must } from '../../../shared/errors.ts'
import { maySendTo, readNetworks } from '../../../central/outbox/networks.ts'

const none = must(readNetworks(''), 'no networks')

test('W4.1 sends to public addresses, and to no inner one however it is written', () => {
  for (const address of ['1.1.1.1', '114.114.114.114', '2400:3200::1'])
    expect(maySendTo(address, none), address).toBe(true)
  for (const address of [
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...['255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1'],
    ...['64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', 'nonsense', ''],
  ])
    expect(maySendTo(address, none), address).toBe(false)
})

test('W4.2 the centre names inner networks that it sends to, and they alone are let through', () => {
  const allowed = must(readNetworks('10.20.0.0/16, fd00::/8'), 'networks')
  expect(maySendTo('10.20.1.1', allowed)).toBe(true)
  expect(maySendTo('::ffff:10.20.1.1', allowed)).toBe(true)
  expect(maySendTo('fd00::1', allowed)).toBe(true)
  expect(maySendTo('10.21.1.1', allowed)).toBe(false)
  for (const wrong of ['10.0.0.0', '10.0.0.0/33', 'x/8', 'fd00::/129']) expect(readNetworks(wrong), wrong).toBeNull()
})
