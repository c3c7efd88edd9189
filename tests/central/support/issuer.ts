/** A real OpenID provider on loopback, which knows everybody and asks nothing; for tests. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export const CLIENT = { clientId: 'sanxin-desk', clientSecret: 'a-secret-of-the-tests-that-is-long-enough' }

export type Issuer = {
  readonly url: string
  /** Opens an address as a browser would, signed in as `account`; answers where it is sent back to the desk. */
  browse(address: string, account: string): Promise<URL>
  close(): Promise<void>
}

/** Starts it; the redirect addresses of the one client are on loopback, with any port (RFC 8252). */
export async function startIssuer(): Promise<Issuer> {
  let account = ''
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/'],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    cookies: { keys: ['a key of the tests'] },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    // The claims travel in the ID token itself.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...(id.startsWith('staff-') ? { preferred_username: id.slice(6) } : {}) }),
    }),
  })
  const serve = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void serve(request, response)
    const finish = async () => {
      const grant = new provider.Grant({ accountId: account, clientId: CLIENT.clientId })
      grant.addOIDCScope('openid profile')
      await provider.interactionFinished(request, response, {
        login: { accountId: account },
        consent: { grantId: await grant.save() },
      })
    }
    void finish()
  })

  return {
    url,
    browse: async (address, as) => {
      account = as
      const cookies = new Map<string, string>()
      for (let next = new URL(address); ;) {
        if (next.origin !== url) return next
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await fetch(next, { redirect: 'manual', headers: { cookie } })
        for (const set of answer.headers.getSetCookie()) {
          const [name = '', value = ''] = set.split(';', 1)[0]?.split('=') ?? []
          cookies.set(name, value)
        }
        const location = answer.headers.get('location')
        if (location === null) throw new Error(`the issuer answered ${answer.status}: ${await answer.text()}`)
        next = new URL(location, next)
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
