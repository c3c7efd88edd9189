import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { isLoopbackHost } from '../outbox/networks.ts'
import { isSecret } from '../outbox/signature.ts'
import type { MessageSettings } from './open.ts'

function isSafeUrl(text: string): boolean {
  const { protocol, hostname } = URL.parse(text) ?? { protocol: '', hostname: '' }
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}

export const messageSettingsSchema = z.object({
  SANXIN_CENTRAL_MESSAGES: z
    .string()
    .refine((text) => /^file:./.test(text) || isSafeUrl(text), 'must be file:PATH or a URL, https beyond this machine')
    .optional(),
  SANXIN_CENTRAL_MESSAGE_SECRET: z
    .string()
    .refine(isSecret, 'must be whsec_ and the base64 of 24 to 64 bytes')
    .optional(),
  SANXIN_CENTRAL_MESSAGE_TEMPLATES: z.string().min(1).optional(),
  SANXIN_CENTRAL_PUBLIC_URL: z
    .url('must be a URL')
    .refine(isSafeUrl, 'must be https beyond this machine')
    .transform((text) => new URL(text))
    .optional(),
})

/** Null where the centre sends none. In practice (the demo) they go into a file beside the data folder. */
export function readMessageSettings(
  data: z.output<typeof messageSettingsSchema>,
  practice: { readonly demo: boolean; readonly dataDir: string | null },
): Result<MessageSettings | null> {
  const {
    SANXIN_CENTRAL_MESSAGES: to = practice.demo && practice.dataDir !== null
      ? `file:${practice.dataDir}.messages.jsonl`
      : undefined,
    SANXIN_CENTRAL_MESSAGE_SECRET: secret,
  } = data
  if (to === undefined) return ok(null)
  const templates = data.SANXIN_CENTRAL_MESSAGE_TEMPLATES ?? null
  const publicUrl = data.SANXIN_CENTRAL_PUBLIC_URL ?? null
  if (to.startsWith('file:')) return ok({ by: { file: to.slice('file:'.length) }, templates, publicUrl })
  if (secret === undefined)
    return fail('invalidInput', 'SANXIN_CENTRAL_MESSAGES needs SANXIN_CENTRAL_MESSAGE_SECRET with a URL')
  return ok({ by: { url: new URL(to), secret }, templates, publicUrl })
}
