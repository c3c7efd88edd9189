import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok, type Result } from '../shared/errors.ts'
import type { OidcAnswer, OidcOffer } from '../shared/sync/oidc.ts'

type Deps = {
  /** Opens the address in the system's browser: the password of the organisation's account is never typed here. */
  readonly open: (url: string) => Promise<void>
  /** Ends the asking: the operator did not come back, or chose another way. */
  readonly signal: AbortSignal
}

const page = (words: string) =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>三心</title><body style="font:18px sans-serif;text-align:center;padding-top:20vh">${words}`

const secret = () => randomBytes(32).toString('base64url')

/** Waits for the one request that carries our `state`; whatever else comes to this port is told nothing. */
function answered(server: Server, state: string, signal: AbortSignal): Promise<Result<string>> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(fail('notSignedIn', 'cancelled')), { once: true })
    server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
      if (pathname !== '/' || searchParams.get('state') !== state) return void response.writeHead(404).end()
      const code = searchParams.get('code')
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
          connection: 'close',
        })
        .end(page(code === null ? '没有登录，请回到三心。' : '已登录，请关闭此页，回到三心。'))
      resolve(code === null ? fail('notSignedIn', 'issuer') : ok(code))
    })
  })
}

/**
 * Asks the organisation's issuer who is at this desk: in the system's browser, answered on a loopback address
 * that lives as long as the asking (RFC 8252), the code bound to this desk by PKCE and nonce.
 */
export async function askIssuer(offer: OidcOffer, { open, signal }: Deps): Promise<Result<OidcAnswer>> {
  if (signal.aborted) return fail('notSignedIn', 'cancelled')
  const [verifier, nonce, state] = [secret(), secret(), secret()]
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const address = new URL(offer.authorizationEndpoint)
    const query = {
      client_id: offer.clientId,
      scope: offer.scope,
      response_type: 'code',
      redirect_uri: redirectUri,
      nonce,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
    const answer = answered(server, state, signal)
    await open(address.href)
    const code = await answer
    return code.ok ? ok({ code: code.value, verifier, nonce, redirectUri }) : code
  } finally {
    server.close()
  }
}
