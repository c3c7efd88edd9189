/** Who asks, as far as guesses and floods are counted. */

/**
 * One key for whoever holds an address: an IPv6 one stands for its network of 64 bits, of which one asker has all.
 * What is no address stands for itself.
 */
export function askerKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped !== null) return mapped[1] ?? ip
  const [address = ''] = ip.split('%')
  if (!address.includes(':')) return ip
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  // What :: stands for is all zeros; a dotted end counts as two groups, and lies behind the first four.
  const zeros = 8 - groups.length - last.length
  const all = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, zeros)).fill('0'), ...last]
  const network = all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}
