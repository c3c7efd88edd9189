/** A random number in [0, 1) with 53 bits from the system's generator. */
export function strongRandom(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53
}

/** That many random bytes from the system's generator, in hexadecimal. */
export function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}

/** What of SIP.js's ClientTransaction makes the branch of a request. */
type BranchMaker = { prototype: object }

/**
 * Lets SIP.js draw tags, Call-IDs and branches from the system's generator (RFC 3261 19.3 asks for it), in the phone
 * window alone. It calls Math.random in nine places of seven modules, and an ES module's exports cannot be replaced
 * from outside; a patch of the package at build time would let the unit tests run other code than the app. So
 * Math.random itself is replaced where SIP.js runs. A branch would then still be a number below 10^7, so its maker,
 * a static method, is replaced as well: 128 bits. (The ACK of a 2xx keeps the short one: nothing answers an ACK.)
 */
export function drawStrongly(clientTransaction: BranchMaker): void {
  Math.random = strongRandom
  Object.assign(clientTransaction, {
    makeId: (request: { method: string; branch?: string }): string => {
      if (request.method !== 'CANCEL') return `z9hG4bK${randomHex(16)}`
      // RFC 3261 9.1: a CANCEL has the branch of what it cancels.
      if (request.branch === undefined) throw new Error('a CANCEL without the branch of its INVITE')
      return request.branch
    },
  })
}
