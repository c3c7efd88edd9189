/** Where a citizen sees how her matter stands. */
import { citizenPage, escape, type CitizenPage } from '../http/citizen-page.ts'
import type { Progress } from './service.ts'

export type Shown =
  | { readonly kind: 'form' }
  | { readonly kind: 'found'; readonly caseNo: string; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly caseNo: string; readonly words: string }

const day = (at: number) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(at)

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

/** The page and the policy that lets nothing but it in. */
export function progressPage(shown: Shown): CitizenPage {
  const body =
    shown.kind === 'found'
      ? found(shown.caseNo, shown.progress)
      : form(shown.kind === 'form' ? '' : shown.caseNo, shown.kind === 'form' ? '' : shown.words)
  return citizenPage('12345 工单进度查询', body, '查不到、电话有变或想补充情况，请拨打 12345。')
}
