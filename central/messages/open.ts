/** The way of messages as the settings say it. */
import { readFileSync } from 'node:fs'
import type { Clock } from '../../shared/ports.ts'
import type { Messaging } from './carrier.ts'
import { openFileGateway } from './file-gateway.ts'
import { createHttpGateway } from './http-gateway.ts'
import { readTemplates, shippedTemplates } from './templates.ts'

export type MessageSettings = {
  /** A file, or the gateway's URL with the secret that both have (`whsec_…`). */
  readonly by: { readonly file: string } | { readonly url: URL; readonly secret: string }
  /** The centre's own templates; null for those that come with the product. */
  readonly templates: string | null
  readonly publicUrl: URL | null
}

/** Templates that cannot be read, or say what they must not. */
export class TemplatesRefused extends Error {}

function templatesOf(path: string | null) {
  if (path === null) return shippedTemplates()
  const read = readTemplates(readFileSync(path, 'utf8'))
  if (!read.ok) throw new TemplatesRefused(`SANXIN_CENTRAL_MESSAGE_TEMPLATES: ${read.error.detail ?? ''}`)
  return read.value
}

export async function openMessaging({ by, templates, publicUrl }: MessageSettings, clock: Clock): Promise<Messaging> {
  const chosen = templatesOf(templates)
  const gateway = 'file' in by ? await openFileGateway(by.file, clock) : createHttpGateway(by, clock)
  return { gateway, templates: chosen, publicUrl }
}
