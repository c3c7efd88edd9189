/** Where a citizen says how her matter was handled (好差评, five levels): nothing of the matter stands there. */
import { both, citizenPage, type CitizenPage } from '../http/citizen-page.ts'

const levels = [
  both('非常满意', 'Very satisfied'),
  both('满意', 'Satisfied'),
  both('基本满意', 'Fairly satisfied'),
  both('不满意', 'Dissatisfied'),
  both('非常不满意', 'Very dissatisfied'),
]
const TITLE = '12345 办理结果评价'
const FOOT = both('想补充情况或查询进度，请拨打 12345。', 'More to say, or to ask how it stands? Call 12345.')

const level = (words: string, index: number) =>
  `<label class="level"><input type="radio" name="rating" value="${5 - index}" required>${words}</label>`

/** The form; without an action it goes to the address of the page. */
export function rateForm(isMissing: boolean): CitizenPage {
  const alert = isMissing ? '<p role="alert" id="missing">请选择一项。</p>' : ''
  const described = isMissing ? ' aria-describedby="missing"' : ''
  return citizenPage(
    TITLE,
    `${alert}
<form method="post" autocomplete="off">
<fieldset${described}><legend>${both('您对所反映事项的办理结果是否满意？', 'Are you satisfied with how your matter was handled?')}</legend>
${levels.map(level).join('\n')}
</fieldset>
<label for="text">${both('想说的话（可不填）', 'Your words, if you like')}</label>
<textarea id="text" name="text" maxlength="500"></textarea>
<button>${both('提交评价', 'Send')}</button>
</form>`,
    FOOT,
  )
}

const said = (words: string) => citizenPage(TITLE, `<p role="status"><strong>${words}</strong></p>`, FOOT)

export const ratePages = {
  thanks: () => said('感谢您的评价，我们已记录。'),
  sorry: () => said('感谢您的评价。很抱歉没有让您满意，我们会与您联系。'),
  gone: () => said('这个链接已用过、已过期，或不完整。'),
  notNow: () => said('这件事项已经评价过，或正在重新办理，现在不能评价。'),
  tooMany: () => said('现在评价的人太多，请一分钟后再试。'),
}
