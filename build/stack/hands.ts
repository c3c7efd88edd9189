import type { Page } from 'playwright-core'

/** An operator's hands: the keyboard alone, and the labels that stand on the screen. */

/** Looks a word up in the knowledge base (F3) until the article with this title is the chosen one. */
export async function lookUp(desk: Page, query: string, title: string | RegExp): Promise<void> {
  await desk.keyboard.press('F3')
  await desk.keyboard.insertText(query)
  await desk.getByRole('article').filter({ hasText: title }).first().waitFor()
}

async function choose(desk: Page, label: string, text: string): Promise<void> {
  await desk.getByRole('combobox', { name: label, exact: true }).focus()
  await desk.keyboard.insertText(text)
  await desk.getByRole('option').filter({ hasText: text }).first().waitFor()
  await desk.keyboard.press('Enter')
}

async function pick(desk: Page, label: string, digit: string): Promise<void> {
  await desk.getByRole('radiogroup', { name: label }).getByRole('radio').first().focus()
  await desk.keyboard.press(digit)
}

/** Fills in what a case needs, beside the caller's number, which stands there already, and the reply. */
export async function fillForm(desk: Page, content: string, reply: 'atOnce' | 'later' = 'atOnce'): Promise<void> {
  await pick(desk, '类型', '1')
  await choose(desk, '分类', '公共交通')
  await choose(desk, '区县', '蓬江')
  await desk.getByLabel('内容', { exact: true }).focus()
  await desk.keyboard.insertText(content)
  await pick(desk, '是否回复', reply === 'atOnce' ? '1' : '2')
}

/** Writes into the reply. */
export async function writeReply(desk: Page, text: string): Promise<void> {
  await desk.getByLabel('答复', { exact: true }).focus()
  await desk.keyboard.insertText(text)
}

const CASE_NO = /JM\d{8}-\w+-\d+/

/** Saves by Ctrl+Enter; answers the number that the desk then shows. */
export async function save(desk: Page): Promise<string> {
  await desk.keyboard.press('Control+Enter')
  const shown = desk.getByTestId('case-no').filter({ hasText: CASE_NO })
  await shown.waitFor()
  return (await shown.textContent())?.match(CASE_NO)?.[0] ?? ''
}
