/** The large sentence on the desk's screen. */
import type { Locator, Page } from 'playwright-core'
import type { Moment } from '../../shared/script/script.ts'

/** How the words of each moment begin in the shipped script, spoken to the citizen of the scenario bus-route. */
const words: { readonly [M in Moment]: string } = {
  idle: '暂无来电。',
  ringing: '微笑，坐直，接听。',
  dialling: '正在呼出。',
  wrapUp: '补全工单：',
  opening: '您好，这里是12345政府服务热线，请问有什么可以帮您？',
  callBack: '您好，这里是12345政府服务热线。刚才没能接到您的来电，很抱歉。',
  returnVisit: '您好，这里是12345政府服务热线，就您反映的事项做一次回访，现在方便吗？',
  listening: '陈先生，请您慢慢说，我在记录。',
  searching: '请您稍等，我为您查询。',
  answering: '陈先生，感谢您的耐心等待。您问的事情，我查到是这样的：',
  closing: '您的工单号是JM',
  emergency: '请您先确保自身安全，告诉我您的准确位置。',
  abuse1: '我理解您着急的心情，',
  abuse2: '再次提醒您，本次通话有录音。',
  abuse3: '最后一次提醒您：',
  abuseEnd: '由于您持续使用不文明用语，本次通话只能到这里。',
  hold: '市民正在听等候音乐。',
  holdLong: '陈先生，很抱歉让您久等了，我还在为您核实，',
  backFromHold: '陈先生，感谢您的耐心等待。',
  transfer: '我需要与相关部门核实一下，请您不要挂机。',
  silentCall: '您好，这里是12345政府服务热线，请问有什么可以帮您？请您讲话。',
  silence: '陈先生，请问您还在听吗？',
  searchLong: '陈先生，很抱歉让您久等了，您问的内容我还在核对，',
}

/** What stands before each sentence of the script that is published in the call. */
export const NEW = '新版 '

export const prompt = (desk: Page): Locator => desk.getByTestId('prompt')
export const sentence = (desk: Page): Locator => prompt(desk).locator('p').first()

/** The moments whose words were seen. */
export type Seen = Set<Moment>

/** Until the desk shows the words of a moment large, of the script with `mark` before its sentences. */
export async function comes(desk: Page, seen: Seen, moment: Moment, mark = ''): Promise<void> {
  const here = prompt(desk).and(desk.locator(`[data-moment=${moment}]`))
  const spoken = (mark + words[moment]).replaceAll(/[.?]/g, '\\$&')
  await here
    .locator('p:first-child')
    .filter({ hasText: new RegExp(`^${spoken}`) })
    .waitFor()
  seen.add(moment)
}
