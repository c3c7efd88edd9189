/** The citizens' page in a real browser, with scripts off: asked, refused, answered; light and dark, wide and narrow. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { must } from '../../shared/errors.ts'
import { phone, startCentre, wide, type Centre } from './fixture.ts'
import { look } from './look.ts'

let centre: Centre
let caseNo: string
beforeAll(async () => {
  centre = await startCentre()
  const caseId = await centre.inHand('路灯不亮')
  const [row] = await centre.db.tx('owner', (sql) =>
    sql.query<{ caseNo: string }>('select case_no as "caseNo" from cases where case_id = $1::uuid', [caseId]),
  )
  caseNo = must(row, 'the case').caseNo
})
afterAll(() => centre?.close())

for (const [viewport, name] of [
  [wide, 'wide'],
  [phone, 'phone'],
] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    it(`${name}, ${colorScheme}: she asks, is refused with her number kept, and sees where it stands`, async () => {
      const plain = await centre.browser.newContext({ viewport, colorScheme, javaScriptEnabled: false })
      const page = await plain.newPage()
      await page.goto(`${centre.url}/progress`)
      await page.getByLabel('工单编号').fill(caseNo)
      await page.getByLabel('电话后四位').fill('0001')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
      expect(await page.getByLabel('工单编号').inputValue()).toBe(caseNo)
      await page.getByLabel('电话后四位').fill('5678')
      await page.getByRole('button', { name: '查询' }).click()
      await page.getByText('承办单位办理中').waitFor()
      expect(page.url()).toBe(`${centre.url}/progress`)
      await plain.close()
      // axe needs scripts; the page has none of its own.
      const seen = await centre.browser.newContext({ viewport, colorScheme })
      const again = await seen.newPage()
      await again.goto(`${centre.url}/progress`)
      await look(again, `progress-form-${name}-${colorScheme}`)
      await again.getByLabel('工单编号').fill(caseNo)
      await again.getByLabel('电话后四位').fill('5678')
      await again.keyboard.press('Enter')
      await again.getByText('承办单位办理中').waitFor()
      await look(again, `progress-found-${name}-${colorScheme}`)
      await seen.close()
    })
