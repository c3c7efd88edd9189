/** What kind and class ask for beyond the fixed fields: typed in a call, by keys alone, and true at central (K7). */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readCentral, until } from '../../../build/stack/central-reader.ts'
import { save } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { draftSaved, talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

const number = '13800002214'

const content = (desk: Page) => desk.getByLabel('内容', { exact: true })
const particular = (desk: Page, id: string) => desk.getByTestId(`particular-${id}`)

/** Which field has the cursor, where in it, and where that field's text begins on the screen. */
const cursor = (desk: Page) =>
  desk.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement
    const { left, top, width } = field.getBoundingClientRect()
    return { id: field.id, at: field.selectionStart, left, top, width }
  })

/** Pastes as the browser does: whoever listens may refuse it. Answers whether it would have been inserted. */
const paste = (desk: Page, chars: number) =>
  desk.evaluate((length) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '字'.repeat(length))
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    return document.activeElement?.dispatchEvent(event)
  }, chars)

export const particularScenes: readonly Scene[] = [
  {
    name: 'K7.2 K7.5 K7.7 they come under the hand without moving it, keep what was typed, and keep nothing from being saved',
    async play(shift) {
      const { desk } = await shift.desk()
      const citizen = await talk(shift, desk, { number })
      await desk.getByRole('radiogroup', { name: '类型' }).getByRole('radio').first().focus()
      await desk.keyboard.press('3')
      await desk.getByRole('combobox', { name: '区县', exact: true }).focus()
      await desk.keyboard.insertText('蓬江')
      await desk.getByRole('option').filter({ hasText: '蓬江' }).first().waitFor()
      await desk.keyboard.press('Enter')

      // She writes; the class is taken by a key, and brings its fields.
      await content(desk).focus()
      await desk.keyboard.insertText('老板欠薪，三个月没有发工资')
      await desk.getByTestId('class-suggestions').waitFor()
      await desk.keyboard.press('Home')
      await desk.keyboard.press('ArrowRight')
      const before = await cursor(desk)
      await desk.keyboard.press('Alt+c')
      await particular(desk, 'wagesOwed').waitFor()
      expect(await cursor(desk)).toEqual(before)

      await desk.keyboard.press('Alt+n')
      expect((await cursor(desk)).id).toBe('particular-happenedAt')
      await desk.keyboard.insertText('2031年2月30日')
      await particular(desk, 'happenedAt').getByText('没有这一天').waitFor()
      await desk.keyboard.press('Tab')
      await desk.keyboard.insertText('某建筑工地')
      await particular(desk, 'wagesOwed').getByRole('textbox').focus()
      await desk.keyboard.insertText('8000元')
      await particular(desk, 'employer').getByRole('textbox').focus()
      await desk.keyboard.insertText('某某建筑公司')

      // Five million characters are refused whole, and said; what stands stays.
      await content(desk).focus()
      expect(await paste(desk, 5_000_000)).toBe(false)
      await desk.getByTestId('long-paste').filter({ hasText: '没有贴入' }).waitFor()
      expect(await content(desk).inputValue()).toBe('老板欠薪，三个月没有发工资')
      await desk.keyboard.press('End')
      await desk.keyboard.insertText('。')
      await desk.getByTestId('long-paste').waitFor({ state: 'detached' })

      // Another class asks for other things; what was said stays in sight.
      await desk.getByRole('combobox', { name: '分类', exact: true }).focus()
      await desk.keyboard.press('Control+a')
      await desk.keyboard.insertText('工作场所安全')
      await desk.getByRole('option').filter({ hasText: '工作场所安全' }).first().waitFor()
      await desk.keyboard.press('Enter')
      await particular(desk, 'wagesOwed').getByText('其他记录').waitFor()
      await particular(desk, 'danger').waitFor()

      // The desk dies and comes again.
      await draftSaved(desk)
      await desk.reload()
      await particular(desk, 'wagesOwed').waitFor()
      expect(await particular(desk, 'wagesOwed').getByRole('textbox').inputValue()).toBe('8000元')

      await desk.getByRole('radiogroup', { name: '是否回复' }).getByRole('radio').first().focus()
      await desk.keyboard.press('2')
      await desk
        .getByTestId('missing')
        .filter({ hasText: /还缺：.*有人身危险/ })
        .waitFor()
      await desk
        .getByTestId('score')
        .filter({ hasText: /^完整度 \d+$/ })
        .waitFor()
      const caseNo = await save(desk)
      const reader = await readCentral(shift.central.url, demoOperator.staffNo, demoOperator.password)
      const { caseId } = await until(
        async () => (await reader.casesOf(number)).find((one) => one.caseNo === caseNo),
        'the case at central',
      )
      const { groups } = await reader.record(caseId)
      expect(groups.particulars.values).toEqual({
        concerned: '某建筑工地',
        happenedAt: '2031年2月30日',
        wagesOwed: '8000元',
      })
      await desk.keyboard.press('F12')
      await citizen.said('ended')
    },
  },
]
