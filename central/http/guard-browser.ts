import type { FastifyReply } from 'fastify'

/** Seconds for which a browser may go by what it was told: a year. */
export const YEAR_S = 31_536_000

/** What goes with everything that a browser shows of central's. */
export function guardBrowser(reply: FastifyReply): FastifyReply {
  return reply
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    .header('strict-transport-security', `max-age=${YEAR_S}`)
}
