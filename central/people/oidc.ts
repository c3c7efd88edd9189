/**
 * Signing in with the account of one's organisation: OpenID Connect 1.0, authorization code with PKCE. The desk
 * asks in the system's browser and is answered on a loopback address (RFC 8252); central alone holds the client's
 * secret, exchanges the code, and believes only an ID token that the issuer signed for it.
 */
import * as oidc from 'openid-client'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log } from '../../shared/ports.ts'
import type { OidcAnswer, OidcOffer } from '../../shared/sync/oidc.ts'

export type OidcSettings = {
  readonly issuer: string
  readonly clientId: string
  /** Null for a public client. */
  readonly clientSecret: string | null
  /** The claim that holds the staff number. */
  readonly claim: string
}

export type Oidc = {
  offer(): Promise<Result<OidcOffer>>
  /** The staff number that the issuer vouches for. */
  staffNoOf(answer: OidcAnswer): Promise<Result<string>>
}

const SCOPE = 'openid profile'
const TIMEOUT_S = 5

/** Speaks to one issuer; its metadata is fetched when first needed, and again after a failure. */
export function createOidc({ issuer, clientId, clientSecret, claim }: OidcSettings, log: Log): Oidc {
  let known: Promise<oidc.Configuration> | null = null

  function discover(): Promise<oidc.Configuration> {
    const url = new URL(issuer)
    // Plain HTTP is for an issuer on this machine only; the settings let no other in.
    const execute = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
    const auth = clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret)
    return oidc.discovery(url, clientId, undefined, auth, { execute, timeout: TIMEOUT_S })
  }

  async function configuration(): Promise<oidc.Configuration | null> {
    known ??= discover()
    try {
      return await known
    } catch (error) {
      known = null
      log('oidcIssuerAway', faultOf(error))
      return null
    }
  }

  return {
    offer: async () => {
      const { authorization_endpoint: authorizationEndpoint } = (await configuration())?.serverMetadata() ?? {}
      if (authorizationEndpoint === undefined) return fail('issuerAway')
      return ok({ authorizationEndpoint, clientId, scope: SCOPE })
    },
    staffNoOf: async ({ code, verifier, nonce, redirectUri }) => {
      const config = await configuration()
      if (config === null) return fail('issuerAway')
      const answered = new URL(redirectUri)
      answered.searchParams.set('code', code)
      const { issuer: iss, authorization_response_iss_parameter_supported: named } = config.serverMetadata()
      // The desk checked who answered it (RFC 9207); the exchange itself is with this issuer and no other.
      if (named) answered.searchParams.set('iss', iss)
      try {
        const tokens = await oidc.authorizationCodeGrant(config, answered, {
          pkceCodeVerifier: verifier,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const staffNo = tokens.claims()?.[claim]
        return typeof staffNo === 'string' && staffNo !== '' ? ok(staffNo) : fail('notStaff')
      } catch (error) {
        log('oidcRefused', faultOf(error))
        // What the issuer said no to is the sign-in; where it did not answer, it is away.
        const refused = error instanceof oidc.ResponseBodyError || error instanceof oidc.ClientError
        return fail(refused ? 'notSignedIn' : 'issuerAway')
      }
    },
  }
}
