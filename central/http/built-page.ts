/**
 * A page that central serves, as files: read once, at the start, and answered by their exact names. A path that was
 * not built is not there, whatever is in it; nothing of the disk is looked up when asked.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const out = join(import.meta.dirname, '..', '..', 'out')
/** Where `npm run build` leaves the page of the member units and that of the administration. */
export const builtPage = join(out, 'portal')
export const builtAdminPage = join(out, 'admin')

/** What the built page has in the place of the nonce (the page's index.html). */
const NONCE = '__NONCE__'

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

export type PageFile = { readonly type: string; readonly body: Buffer }
export type BuiltPage = {
  /** The document with a nonce of its own for the styles that the page makes, and the policy that lets only them in. */
  document(): { readonly html: string; readonly policy: string }
  /** A built file by its name, which holds its hash. */
  asset(name: string): PageFile | null
}

/** Only from here, no frame around it, no form to elsewhere, no script but the built ones (CSP Level 3). */
const policyWith = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Reads the built page; null where it was not built. */
export function readPage(folder: string): BuiltPage | null {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) return null
  const html = readFileSync(index, 'utf8')
  const assets = new Map<string, PageFile>()
  const built = join(folder, 'assets')
  for (const name of existsSync(built) ? readdirSync(built) : []) {
    const type = types[name.split('.').at(-1) ?? '']
    if (type !== undefined) assets.set(name, { type, body: readFileSync(join(built, name)) })
  }
  return {
    document() {
      const nonce = randomBytes(16).toString('base64url')
      return { html: html.replaceAll(NONCE, nonce), policy: policyWith(nonce) }
    },
    asset: (name) => assets.get(name) ?? null,
  }
}
