/** The citizens' page as HTML, made here and whole: no script, so it works on any phone and there is nothing to inject. */
import { randomBytes } from 'node:crypto'
import type { Progress } from './service.ts'

export type Shown =
  | { readonly kind: 'form' }
  | { readonly kind: 'found'; readonly caseNo: string; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly caseNo: string; readonly words: string }

const day = (at: number) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(at)

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #55606e; --paper: #fff; --back: #f3f5f8; --line: #8894a3; --brand: #145a9c; --on-brand: #fff; --bad: #a3180f }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #a9b4c2; --paper: #1a222c; --back: #11171e; --line: #6f7c8c; --brand: #8cc2f5; --on-brand: #0c2238; --bad: #ff9d94 } }
* { box-sizing: border-box }
body { margin: 0; padding: 24px 16px; font: 17px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; background: var(--back); color: var(--ink) }
main { max-width: 30rem; margin: 0 auto; padding: 20px; border-radius: 10px; background: var(--paper) }
h1 { margin: 0 0 4px; font-size: 1.3rem }
p { margin: 14px 0 } small { color: var(--soft) }
label { display: block; margin-top: 12px; font-weight: 600 }
input { width: 100%; min-height: 46px; margin-top: 4px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit }
button { width: 100%; min-height: 48px; margin-top: 18px; border: 0; border-radius: 6px; background: var(--brand); color: var(--on-brand); font: inherit; font-weight: 600 }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px }
[role="alert"] { margin-top: 12px; color: var(--bad); font-weight: 600 }
dl { margin: 12px 0 } dt { color: var(--soft); font-size: .9rem } dd { margin: 0 0 10px; font-size: 1.1rem }
a { color: var(--brand) }`

const form = (caseNo: string, alert: string) => `
<p>凭工单编号和登记电话的后四位查询。</p>
${alert === '' ? '' : `<p role="alert" id="refused">${escape(alert)}</p>`}
<form method="post" action="/progress" autocomplete="off">
<label for="caseNo">工单编号</label>
<input id="caseNo" name="caseNo" required maxlength="40" autocapitalize="characters" spellcheck="false" placeholder="JM20261126-A1-0001" value="${escape(caseNo)}"${alert === '' ? '' : ' aria-describedby="refused"'}>
<label for="digits">电话后四位</label>
<input id="digits" name="digits" required inputmode="numeric" pattern="[0-9０-９]{4}" maxlength="4" title="四位数字">
<button>查询</button>
</form>`

const found = (caseNo: string, { words, hint, openedAt, changedAt, due }: Progress) => `
<dl>
<dt>工单编号</dt><dd>${escape(caseNo)}</dd>
<dt>进度</dt><dd><strong>${escape(words)}</strong></dd>
<dt>受理日期</dt><dd>${day(openedAt)}</dd>
${changedAt === null ? '' : `<dt>最近一步</dt><dd>${day(changedAt)}</dd>`}
${due === null ? '' : `<dt>答复期限</dt><dd>${day(due)}</dd>`}
</dl>
<p>${escape(hint)}</p>
<p><a href="/progress">查询另一件</a></p>`

/** The page and the policy that lets nothing but it in (CSP Level 3). */
export function progressPage(shown: Shown): { readonly html: string; readonly policy: string } {
  const nonce = randomBytes(16).toString('base64url')
  const body =
    shown.kind === 'found'
      ? found(shown.caseNo, shown.progress)
      : form(shown.kind === 'form' ? '' : shown.caseNo, shown.kind === 'form' ? '' : shown.words)
  return {
    policy: `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    html: `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>12345 工单进度查询</title><style nonce="${nonce}">${style}</style></head>
<body><main><h1>12345 工单进度查询</h1>${body}
<p><small>查不到、电话有变或想补充情况，请拨打 12345。</small></p></main></body></html>`,
  }
}
