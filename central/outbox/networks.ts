/** To which addresses central sends of itself: to public ones, and to those that the centre says. */
import { BlockList, isIP } from 'node:net'

/** What is of nobody's public network: RFC 6890 and its registries (IANA special-purpose addresses). */
const inner: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

function listOf(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [address, bits] of networks) list.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return list
}

const innerV4 = listOf(inner)
/** Unicast that is public, RFC 4291 §2.4: all else of IPv6 is not. */
const publicV6 = listOf([['2000::', 3]])
/** Within it: documentation, benchmarking, and what carries an IPv4 address that is not looked at (Teredo, 6to4). */
const strangeV6 = listOf([
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** The networks of a setting, `10.20.0.0/16` each; null where one is none. */
export function readNetworks(text: string): BlockList | null {
  const list = new BlockList()
  for (const one of text.split(',').map((each) => each.trim())) {
    if (one === '') continue
    const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(one) ?? []
    const version = isIP(address)
    if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) return null
    list.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/** Whether central may send to an address: a public one, or one within `allowed`. */
export function maySendTo(address: string, allowed: BlockList): boolean {
  const version = isIP(address)
  if (version === 0) return false
  // An IPv4 address that is written as an IPv6 one (`::ffff:10.0.0.1`) is none of the public ones, and is found among the allowed.
  if (allowed.check(address, version === 4 ? 'ipv4' : 'ipv6')) return true
  if (version === 4) return !innerV4.check(address, 'ipv4')
  return publicV6.check(address, 'ipv6') && !strangeV6.check(address, 'ipv6')
}

export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
