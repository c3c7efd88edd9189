/** Signing in with the organisation's account (OpenID Connect, authorization code with PKCE, RFC 8252). */
import { z } from 'zod'

/** GET /sign-in/oidc: where the desk asks; the rest of the address is the desk's own. */
export const oidcOfferSchema = z.object({
  authorizationEndpoint: z.url({ protocol: /^https?$/ }),
  clientId: z.string().max(200),
  scope: z.string().max(200),
})
export type OidcOffer = z.infer<typeof oidcOfferSchema>

/** What the issuer gave the desk, and what the desk had bound it to. */
export const oidcAnswerSchema = z.object({
  code: z.string().min(1).max(2000),
  verifier: z.string().min(1).max(200),
  nonce: z.string().min(1).max(200),
  redirectUri: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
})
export type OidcAnswer = z.infer<typeof oidcAnswerSchema>

/** POST /sign-in/oidc: answered as a sign-in with a password is. */
export const oidcSignInRequestSchema = oidcAnswerSchema.extend({ storeId: z.uuid() })
