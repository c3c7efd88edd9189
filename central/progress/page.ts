/** Where a citizen sees how her matter stands. */
import { both, citizenPage, escape, type CitizenPage } from '../http/citizen-page.ts'
import type { Progress } from './service.ts'

export type Shown =
  | { readonly kind: 'form' }
  | { readonly kind: 'found'; readonly caseNo: string; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly caseNo: string; readonly words: string }

const day = (at: number) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(at)

const form = (caseNo: string, alert: string) => `
<p>${both('凭工单编号和登记电话的后四位查询。', 'Ask by the case number and the last four digits of your phone.')}</p>
${alert === '' ? '' : `<p role="alert" id="refused">${escape(alert)}</p>`}
<form method="post" action="/progress" autocomplete="off">
<label for="caseNo">${both('工单编号', 'Case number')}</label>
<input id="caseNo" name="caseNo" required maxlength="40" autocapitalize="characters" spellcheck="false" placeholder="JM20261126-A1-0001" value="${escape(caseNo)}"${alert === '' ? '' : ' aria-describedby="refused"'}>
<label for="digits">${both('电话后四位', 'Last four digits')}</label>
<input id="digits" name="digits" required inputmode="numeric" pattern="[0-9０-９]{4}" maxlength="4" title="四位数字">
<button>${both('查询', 'Look up')}</button>
</form>`

const found = (caseNo: string, { words, hint, openedAt, changedAt, due }: Progress) => `
<dl>
<dt>${both('工单编号', 'Case number')}</dt><dd>${escape(caseNo)}</dd>
<dt>${both('进度', 'Progress')}</dt><dd><strong>${escape(words)}</strong></dd>
<dt>${both('受理日期', 'Taken on')}</dt><dd>${day(openedAt)}</dd>
${changedAt === null ? '' : `<dt>${both('最近一步', 'Last step')}</dt><dd>${day(changedAt)}</dd>`}
${due === null ? '' : `<dt>${both('答复期限', 'Reply due')}</dt><dd>${day(due)}</dd>`}
</dl>
<p>${escape(hint)}</p>
<p><a href="/progress">${both('查询另一件', 'Look up another')}</a></p>`

/** The page and the policy that lets nothing but it in. */
export function progressPage(shown: Shown): CitizenPage {
  const body =
    shown.kind === 'found'
      ? found(shown.caseNo, shown.progress)
      : form(shown.kind === 'form' ? '' : shown.caseNo, shown.kind === 'form' ? '' : shown.words)
  return citizenPage(
    '12345 工单进度查询',
    body,
    both('查不到、电话有变或想补充情况，请拨打 12345。', 'Not found, another phone, or more to say? Call 12345.'),
  )
}
