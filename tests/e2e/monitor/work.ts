/** The work on cases after their call, at the real desks of an operator and of the monitor. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readCentral, until } from '../../../build/stack/central-reader.ts'
import { fillForm, save } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { processIds } from '../fixture.ts'
import type { Scene } from '../shift.ts'

/** Looks for words by Alt F, and opens the case that is found first. */
async function openFound(desk: Page, words: string, caseNo: string): Promise<void> {
  await desk.keyboard.press('Alt+f')
  const box = desk.locator('#case-search')
  await box.waitFor()
  await box.fill('')
  await desk.keyboard.insertText(words)
  await desk.getByTestId('case-hits').getByText(caseNo).waitFor()
  await desk.keyboard.press('Enter')
  await desk.getByRole('region', { name: `工单 ${caseNo}` }).waitFor()
}

export const workScenes: readonly Scene[] = [
  {
    name: 'a matter is found by two characters, dispatched by keys with words that outlive the desk, and its course is seen',
    async play(shift) {
      const { desk } = await shift.desk()
      await desk.keyboard.press('F10')
      await fillForm(desk, '榕树断枝悬空，怕砸到行人', 'later')
      await desk.getByLabel('来电人', { exact: true }).fill('陈女士')
      await desk.getByLabel('电话', { exact: true }).fill('13800002210')
      const caseNo = await save(desk)
      const reader = await readCentral(shift.central.url, '1001', demoOperator.password)
      await until(async () => (await reader.casesOf('13800002210')).find((one) => one.caseNo === caseNo), 'the case')

      // The operator finds it: the form with what stands in it is left as it is.
      await openFound(desk, '榕树', caseNo)
      expect(await desk.getByTestId('page-state').textContent()).toBe('待派单')
      await desk.keyboard.press('Escape')
      await desk.keyboard.press('Escape')
      expect(await desk.getByTestId('work-view').count()).toBe(0)
      expect(await desk.getByLabel('内容', { exact: true }).inputValue()).toBe('榕树断枝悬空，怕砸到行人')

      // The monitor begins to decline it; her desk dies in mid-typing.
      const { desk: first, app, dataDir } = await shift.monitor()
      await openFound(first, '断枝', caseNo)
      await first.keyboard.press('3')
      await first.locator('#step-reason').waitFor()
      await first.locator('#step-reason').focus()
      await first.keyboard.insertText('写到一半的理由')
      await first.getByTestId('step-kept').filter({ hasText: '已存本机' }).waitFor()
      const { desk: pid } = await processIds(app)
      process.kill(pid, 'SIGKILL')
      const again = await until(async () => {
        const page = await app.desk()
        return (await page
          .locator('html[data-ready=true]')
          .count()
          .catch(() => 0)) > 0
          ? page
          : null
      }, 'the desk again')
      await openFound(again, '断枝', caseNo)
      expect(await again.locator('#step-reason').inputValue()).toBe('写到一半的理由')

      // She thinks better of it: the same words wait in another step, and the unit is found by its letters.
      await again.getByRole('region', { name: `工单 ${caseNo}` }).focus()
      await again.keyboard.press('1')
      const unit = again.locator('#step-unit')
      await unit.waitFor()
      await unit.fill('')
      await again.keyboard.insertText('sgaj')
      await again.getByRole('option').filter({ hasText: '公安' }).first().waitFor()
      await again.keyboard.press('Enter')
      await again.keyboard.press('Control+Enter')
      await again.getByTestId('step-outcome').filter({ hasText: '已办：派单' }).waitFor()
      await again.getByTestId('page-state').filter({ hasText: '待签收' }).waitFor()
      await again
        .getByRole('region', { name: '办理经过' })
        .getByText(/派单给/)
        .waitFor()

      // On paper: central records it first, then the whole order stands in one file, as one page.
      const pdf = join(dataDir, 'order.pdf')
      await app.electron.evaluate(({ dialog }, path) => {
        // The system's own dialog cannot be driven from here.
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      }, pdf)
      await again.getByRole('region', { name: `工单 ${caseNo}` }).focus()
      await again.keyboard.press('Control+Shift+p')
      await again.getByTestId('print-outcome').filter({ hasText: '已存为 PDF' }).waitFor()
      const bytes = readFileSync(pdf, 'latin1')
      expect([bytes.slice(0, 5), bytes.match(/\/Type \/Page\b/g)?.length]).toEqual(['%PDF-', 1])
      expect(readdirSync(dataDir).filter((name) => name.endsWith('.part'))).toEqual([])

      // And a search as a workbook, which the system's dialog names.
      const book = join(dataDir, 'cases.xlsx')
      await app.electron.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      }, book)
      await again.keyboard.press('Alt+f')
      await again.getByTestId('case-search-view').waitFor()
      await again.keyboard.press('Control+e')
      await again.getByTestId('table-outcome').filter({ hasText: '已导出' }).waitFor()
      expect(readFileSync(book, 'latin1').slice(0, 2)).toBe('PK')
      expect(readdirSync(dataDir).filter((name) => name.endsWith('.part'))).toEqual([])

      // The operator's desk, which has asked for the case, hears of it.
      await openFound(desk, '榕树', caseNo)
      await desk.getByTestId('page-state').filter({ hasText: '待签收' }).waitFor()
    },
  },
]
