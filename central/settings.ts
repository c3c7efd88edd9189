import { z } from 'zod'
import { fail, ok, type Result } from '../shared/errors.ts'
import { areaCodeSchema, extensionSchema } from '../shared/number-plan.ts'
import type { MessageSettings } from './messages/open.ts'
import { messageSettingsSchema, readMessageSettings } from './messages/settings.ts'
import type { AskedPlan } from './numbers/service.ts'
import { readNetworks } from './outbox/networks.ts'
import type { OidcSettings } from './people/oidc.ts'
import type { SecretKey } from './people/seal.ts'
import { demoKeys, KEYS_VARIABLE, secretKeysSchema } from './people/secret-keys.ts'

function isSafeIssuer(text: string): boolean {
  const { protocol, hostname } = URL.parse(text) ?? { protocol: '', hostname: '' }
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}

/** How long a backup may be gone back to where nothing else is said. */
export const BACKUP_DAYS = 30

const settingsSchema = z.object({
  ...messageSettingsSchema.shape,
  SANXIN_CENTRAL_HOST: z.string().min(1).default('127.0.0.1'),
  SANXIN_CENTRAL_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535 (0: any free one)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port from 0 to 65535 (0: any free one)')
    .default(0),
  SANXIN_CENTRAL_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a PostgreSQL URL, postgres://user@host:5432/database')
    .optional(),
  SANXIN_CENTRAL_DATA_DIR: z.string().min(1, 'must name a folder').optional(),
  SANXIN_CENTRAL_OIDC_ISSUER: z
    .url('must be a URL')
    .refine(isSafeIssuer, 'must be https beyond this machine')
    .optional(),
  SANXIN_CENTRAL_OIDC_CLIENT_ID: z.string().optional(),
  SANXIN_CENTRAL_OIDC_CLIENT_SECRET: z.string().optional(),
  SANXIN_CENTRAL_OIDC_CLAIM: z.string().default('preferred_username'),
  SANXIN_CENTRAL_BACKUP_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number of days from 1 to 9999')
    .transform(Number)
    .default(BACKUP_DAYS),
  SANXIN_CENTRAL_WEBHOOK_NETWORKS: z
    .string()
    .refine((text) => readNetworks(text) !== null, 'must be networks such as 10.20.0.0/16, by commas')
    .optional(),
  SANXIN_CENTRAL_TRUSTED_PROXIES: z
    .string()
    .refine((text) => readNetworks(text) !== null, 'must be networks such as 10.0.0.5/32, by commas')
    .optional(),
  SANXIN_CENTRAL_AREA_CODE: areaCodeSchema.optional(),
  SANXIN_CENTRAL_EXTENSION_LENGTHS: z
    .string()
    .regex(/^\d-\d$/, 'must be the least and the most digits of an extension, say 3-5')
    .transform((text) => ({ least: Number(text[0]), most: Number(text[2]) }))
    .pipe(extensionSchema)
    .optional(),
  [KEYS_VARIABLE]: secretKeysSchema.optional(),
  SANXIN_CENTRAL_SEED: z.enum(['0', '1'], 'must be 0 or 1 (1: load the demo)').default('0'),
})

export type CentralSettings = {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** PostgreSQL; without it PGlite in `dataDir`, or in memory. */
  readonly databaseUrl: string | null
  readonly dataDir: string | null
  readonly demo: boolean
  /** How long a backup may be gone back to: what came after the oldest of them the desks keep. */
  readonly backupDays: number
  /** How numbers are meant here; what is not said stays as it stands in the database. */
  readonly numbers: AskedPlan
  /** Inner networks to which events of cases may be sent, as a list; empty for none. */
  readonly webhookNetworks: string
  /** The proxies in front, as networks by commas; empty for none. */
  readonly trustedProxies: string
  /** Messages to citizens; null where none are sent. */
  readonly messages: MessageSettings | null
  /** What second factors are sealed under, the first one seals; the demo's own open what it has. */
  readonly secretKeys: readonly SecretKey[]
  /** Signing in with the organisation's account; null where that is not set up. */
  readonly oidc: OidcSettings | null
}

/** Central's settings from the environment; the failure's detail names each wrong one (never its value: it may hold a password). */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Result<CentralSettings> {
  // An empty variable is one that was not set: shells and unit files leave them so.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = settingsSchema.safeParse(given)
  if (!parsed.success) {
    return fail(
      'invalidInput',
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    )
  }
  const { data } = parsed
  const { SANXIN_CENTRAL_OIDC_ISSUER: issuer, SANXIN_CENTRAL_OIDC_CLIENT_ID: clientId } = data
  if ((issuer === undefined) !== (clientId === undefined)) {
    return fail('invalidInput', 'SANXIN_CENTRAL_OIDC_ISSUER and SANXIN_CENTRAL_OIDC_CLIENT_ID go together')
  }
  const demo = data.SANXIN_CENTRAL_SEED === '1'
  const messages = readMessageSettings(data, { demo, dataDir: data.SANXIN_CENTRAL_DATA_DIR ?? null })
  if (!messages.ok) return messages
  return ok({
    host: data.SANXIN_CENTRAL_HOST,
    port: data.SANXIN_CENTRAL_PORT,
    databaseUrl: data.SANXIN_CENTRAL_DATABASE_URL ?? null,
    dataDir: data.SANXIN_CENTRAL_DATA_DIR ?? null,
    demo,
    messages: messages.value,
    webhookNetworks: data.SANXIN_CENTRAL_WEBHOOK_NETWORKS ?? '',
    trustedProxies: data.SANXIN_CENTRAL_TRUSTED_PROXIES ?? '',
    backupDays: data.SANXIN_CENTRAL_BACKUP_DAYS,
    secretKeys: [...(data[KEYS_VARIABLE] ?? []), ...(demo ? demoKeys : [])],
    numbers: {
      areaCode: data.SANXIN_CENTRAL_AREA_CODE ?? null,
      extension: data.SANXIN_CENTRAL_EXTENSION_LENGTHS ?? null,
    },
    oidc:
      issuer === undefined || clientId === undefined
        ? null
        : {
            issuer,
            clientId,
            clientSecret: data.SANXIN_CENTRAL_OIDC_CLIENT_SECRET ?? null,
            claim: data.SANXIN_CENTRAL_OIDC_CLAIM,
          },
  })
}
