/** The citizens' pages as HTML, made here and whole: no script, so they work on any phone and there is nothing to inject. */
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { guardBrowser } from './guard-browser.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Text within HTML, in an attribute too. */
export const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #55606e; --paper: #fff; --back: #f3f5f8; --line: #8894a3; --brand: #145a9c; --on-brand: #fff; --bad: #a3180f }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #a9b4c2; --paper: #1a222c; --back: #11171e; --line: #6f7c8c; --brand: #8cc2f5; --on-brand: #0c2238; --bad: #ff9d94 } }
* { box-sizing: border-box }
body { margin: 0; padding: 24px 16px; font: 17px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; background: var(--back); color: var(--ink) }
main { max-width: 30rem; margin: 0 auto; padding: 20px; border-radius: 10px; background: var(--paper) }
h1 { margin: 0 0 4px; font-size: 1.3rem }
p { margin: 14px 0 } small { color: var(--soft) } [lang="en"] { font-size: .88em; font-weight: 400 }
label { display: block; margin-top: 12px; font-weight: 600 }
input { width: 100%; min-height: 46px; margin-top: 4px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit }
button { width: 100%; min-height: 48px; margin-top: 18px; border: 0; border-radius: 6px; background: var(--brand); color: var(--on-brand); font: inherit; font-weight: 600 }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px }
[role="alert"] { margin-top: 12px; color: var(--bad); font-weight: 600 }
dl { margin: 12px 0 } dt { color: var(--soft); font-size: .9rem } dd { margin: 0 0 10px; font-size: 1.1rem }
a { color: var(--brand) }
fieldset { margin: 12px 0; padding: 0; border: 0 } legend { padding: 0; font-weight: 600 }
.level { display: flex; align-items: center; gap: 10px; min-height: 46px; margin: 0; font-weight: 400 } .level input { width: 22px; min-height: 22px; margin: 0 }
textarea { width: 100%; min-height: 92px; margin-top: 4px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit }`

/** A label in both languages, Chinese first. */
export const both = (zh: string, en: string) => `${zh} <span lang="en">${en}</span>`

export type CitizenPage = { readonly html: string; readonly policy: string }

/** A page of `body` (HTML) under `title`, with the policy that lets nothing but it in (CSP Level 3). */
export function citizenPage(title: string, body: string, foot: string): CitizenPage {
  const nonce = randomBytes(16).toString('base64url')
  return {
    policy: `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    html: `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style nonce="${nonce}">${style}</style></head>
<body><main><h1>${title}</h1>${body}
<p><small>${foot}</small></p></main></body></html>`,
  }
}

export function sendPage(reply: FastifyReply, { html, policy }: CitizenPage, status = 200): FastifyReply {
  return guardBrowser(reply)
    .code(status)
    .header('content-security-policy', policy)
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(html)
}

/** Forms come as browsers send them. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )
}

export const formOf = (body: unknown): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams()
