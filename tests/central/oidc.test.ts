import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOidc } from '../../central/people/oidc.ts'
import { must } from '../../shared/errors.ts'
import type { OidcAnswer } from '../../shared/sync/oidc.ts'
import { CLIENT, startIssuer, type Issuer } from './support/issuer.ts'

const redirectUri = 'http://127.0.0.1:41999/'
const logged: string[] = []
const log = (event: string, data?: unknown) => void logged.push(JSON.stringify({ event, data }))
let issuer: Issuer
const settings = (url = issuer.url) => ({ ...CLIENT, issuer: url, claim: 'preferred_username' })

beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

/** Asks the issuer as the desk does; answers what it got and bound. */
async function ask(account: string): Promise<OidcAnswer> {
  const offer = await createOidc(settings(), log).offer()
  if (!offer.ok) throw new Error(offer.error.code)
  const verifier = randomPKCECodeVerifier()
  const nonce = randomNonce()
  const address = new URL(offer.value.authorizationEndpoint)
  const query = {
    client_id: offer.value.clientId,
    scope: offer.value.scope,
    response_type: 'code',
    redirect_uri: redirectUri,
    nonce,
    state: 'state',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  const sentTo = await issuer.browse(address.href, account)
  expect(sentTo.searchParams.get('state')).toBe('state')
  return { code: must(sentTo.searchParams.get('code'), 'code'), verifier, nonce, redirectUri }
}

test('H17.1 a code, bound to its desk, gives the staff number that the issuer vouches for, once', async () => {
  const oidc = createOidc(settings(), log)
  const answer = await ask('staff-1001')
  expect(await oidc.staffNoOf(answer)).toEqual({ ok: true, value: '1001' })
  expect(await oidc.staffNoOf(answer)).toMatchObject({ ok: false, error: { code: 'notSignedIn' } })
})

test('H17.2 a code of another desk, another sign-in or another address is refused', async () => {
  const oidc = createOidc(settings(), log)
  for (const wrong of [
    { verifier: randomPKCECodeVerifier() },
    { nonce: randomNonce() },
    { redirectUri: 'http://127.0.0.1:1/' },
  ]) {
    const refused = await oidc.staffNoOf({ ...(await ask('staff-1001')), ...wrong })
    expect(refused).toMatchObject({ ok: false, error: { code: 'notSignedIn' } })
  }
  expect(logged.join()).not.toMatch(/1001|code=/)
})

test('H17.3 an account without a staff number is nobody here', async () => {
  expect(await createOidc(settings(), log).staffNoOf(await ask('a-stranger'))).toMatchObject({
    error: { code: 'notStaff' },
  })
})

test('H17.4 an issuer that is away is said so, and asked again the next time', async () => {
  const gone = await startIssuer()
  const { url } = gone
  await gone.close()
  const oidc = createOidc(settings(url), log)
  expect(await oidc.offer()).toMatchObject({ error: { code: 'issuerAway' } })
  expect(await oidc.staffNoOf({ code: 'x', verifier: 'x', nonce: 'x', redirectUri })).toMatchObject({
    error: { code: 'issuerAway' },
  })
})
