import { expect, test } from 'vitest'
import { askerKey } from '../../central/http/asker-key.ts'

test('H15.7 an address stands for itself, one of IPv6 for its network of 64 bits, however it is written', () => {
  expect(askerKey('192.0.2.1')).toBe('192.0.2.1')
  expect(askerKey('::ffff:192.0.2.1')).toBe('192.0.2.1')
  const network = '2001:db8:0:a::/64'
  for (const one of ['2001:db8::a:1:2:3:4', '2001:0DB8:0000:000a::1', '2001:db8:0:a::', '2001:db8:0:a:ffff::192.0.2.1'])
    expect(askerKey(one)).toBe(network)
  expect(askerKey('2001:db8:0:b::1')).not.toBe(network)
  expect(askerKey('::1')).toBe('0:0:0:0::/64')
  expect(askerKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  expect(askerKey('unknown')).toBe('unknown')
})
