import type { Connection } from './connection.ts'
import type { ExchangeCore } from './exchange-core.ts'
import { header } from './sip-message.ts'
import type { SipRequest } from './sip-message.ts'
import { parseNameAddress, parseUri } from './sip-address.ts'
import { makeReply } from './sip-reply.ts'

const wrongPasswordsMax = 5

/** The user who sends a request, or null: then the challenge or the refusal has been sent. */
export function authenticate(core: ExchangeCore, connection: Connection, request: SipRequest): string | null {
  const asRegistrar = request.method === 'REGISTER'
  const refuse = (reason: string): null => {
    connection.send(makeReply(request, 403, { reason, toTag: core.newId() }))
    return null
  }
  const wrongs = core.wrongPasswords.get(connection) ?? 0
  if (wrongs >= wrongPasswordsMax) return refuse('Too many wrong passwords')
  const credentials = header(request, asRegistrar ? 'authorization' : 'proxy-authorization')
  const verdict = core.digest.verify(request.method, request.uri, credentials)
  if (verdict.kind === 'ok') {
    const from = parseUri(parseNameAddress(header(request, 'from') ?? '')?.uri ?? '')
    return from?.user === verdict.user ? verdict.user : refuse('From is not the authenticated user')
  }
  if (verdict.kind === 'wrong') core.wrongPasswords.set(connection, wrongs + 1)
  const name = asRegistrar ? 'www-authenticate' : 'proxy-authenticate'
  const headers = core.digest.challenge(verdict.kind === 'stale').map((challenge) => [name, challenge] as const)
  connection.send(makeReply(request, asRegistrar ? 401 : 407, { headers, toTag: core.newId() }))
  return null
}
