/** Where a citizen rates her matter, in a real browser, with scripts off; light and dark, wide and narrow. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashRateToken, RATE_MS } from '../../central/messages/carrier.ts'
import { insertAsk, insertRateToken } from '../../central/messages/sql.ts'
import * as given from '../contract/db-fixture.ts'
import { phone, startCentre, wide, type Centre } from './fixture.ts'
import { look } from './look.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startCentre()
})
afterAll(() => centre?.close())

/** The link of a message on a case that was answered. */
async function asked(): Promise<string> {
  const caseId = await centre.inHand('路灯不亮')
  await centre.stepBy('3001', caseId, { type: 'answer', text: '已修好' })
  const token = randomBytes(16).toString('base64url')
  const ask = { askId: given.nextId(), caseId, callerId: null, phoneKey: '8613812345678', at: centre.clock.time }
  await centre.db.tx('sanxin_outbox', async (sql) => {
    await insertAsk(sql, { ...ask, expiresAt: ask.at + RATE_MS })
    await insertRateToken(sql, hashRateToken(token), ask.askId)
  })
  return `${centre.url}/rate/${token}`
}

for (const [viewport, name] of [
  [wide, 'wide'],
  [phone, 'phone'],
] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    it(`${name}, ${colorScheme}: she chooses by the keyboard, says a word, and the link is used up`, async () => {
      const url = await asked()
      // axe needs scripts; the page has none of its own.
      const seen = await centre.browser.newContext({ viewport, colorScheme })
      const shown = await seen.newPage()
      await shown.goto(url)
      await look(shown, `rate-form-${name}-${colorScheme}`)
      await seen.close()
      const plain = await centre.browser.newContext({ viewport, colorScheme, javaScriptEnabled: false })
      const page = await plain.newPage()
      await page.goto(url)
      await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowDown')
      expect(await page.getByLabel('满意 Satisfied', { exact: true }).isChecked()).toBe(true)
      await page.getByLabel('想说的话').fill('师傅来得快')
      await page.getByRole('button', { name: '提交评价' }).click()
      await page.getByText('感谢您的评价').waitFor()
      await page.goto(url)
      await page.getByText('这个链接已用过').waitFor()
      await plain.close()
    })
