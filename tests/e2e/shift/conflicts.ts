/** A colleague at another desk changes the case that stands open here: shown, settled by one key, and true at central. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readCentral, until } from '../../../build/stack/central-reader.ts'
import { fillForm, save, writeReply } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import type { GroupValue } from '../../../shared/case/case-record.ts'
import { openColleague } from '../colleague.ts'
import { talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

const number = '13800002211'

const strip = (desk: Page) => desk.getByTestId('late-strip')
const noteSays = (desk: Page, words: string) => desk.getByTestId('form-note').filter({ hasText: words }).waitFor()
const content = (desk: Page) => desk.getByLabel('内容', { exact: true })

/** Which field has the focus, and where the caret stands in it. */
const cursor = (desk: Page) =>
  desk.evaluate(() => {
    const field = document.activeElement as HTMLTextAreaElement
    return { id: field.id, at: field.selectionStart }
  })

export const conflictScenes: readonly Scene[] = [
  {
    name: 'S10.5 S10.7 what a colleague changes is shown under an unmoved caret; what met is settled by one key in the call',
    async play(shift) {
      const { desk } = await shift.desk()
      const citizen = await talk(shift, desk, { number })
      await fillForm(desk, '路灯不亮')
      await writeReply(desk, '已当场答复')
      const caseNo = await save(desk)

      const reader = await readCentral(shift.central.url, '1001', demoOperator.password)
      const { caseId } = await until(
        async () => (await reader.casesOf(number)).find((one) => one.caseNo === caseNo),
        'the case at central',
      )
      const colleague = await openColleague(shift.central.url, '1004')
      const edit = async (...edits: GroupValue[]) => {
        await colleague.does({ type: 'case.edit', caseId, base: await colleague.sees(caseId), edits })
      }

      // She stands in the content, and has written nothing new.
      await content(desk).focus()
      await desk.keyboard.press('Home')
      await desk.keyboard.press('ArrowRight')
      await edit(
        { group: 'place', value: { district: '江海区', street: null, address: '东华一路' } },
        { group: 'content', value: { text: '两盏路灯不亮' } },
      )
      await noteSays(desk, '1004')
      expect(await content(desk).inputValue()).toBe('两盏路灯不亮')
      expect(await desk.getByLabel('地址', { exact: true }).inputValue()).toBe('东华一路')
      expect(await cursor(desk)).toEqual({ id: 'field-content', at: 3 })
      expect(await desk.getByTestId('save-state').textContent()).toContain('已保存')

      // Now she writes, and he does.
      await desk.keyboard.press('End')
      await desk.keyboard.insertText('，近菜市场')
      await edit({ group: 'content', value: { text: '三盏路灯不亮' } })
      await noteSays(desk, '您有未保存的文字')
      expect(await content(desk).inputValue()).toBe('两盏路灯不亮，近菜市场')
      await desk.keyboard.press('Control+Enter')
      await strip(desk).waitFor()
      expect(await desk.getByTestId('late-standing').textContent()).toContain('三盏路灯不亮')
      expect(await desk.getByTestId('late-standing').textContent()).toContain('1004')
      expect(await desk.getByTestId('late-offered').textContent()).toContain('两盏路灯不亮，近菜市场')
      expect(await desk.getByTestId('late-offered').textContent()).toContain(demoOperator.staffNo)
      await desk.getByTestId('sync-sign').filter({ hasText: '1 处改动待取舍' }).waitFor()

      await desk.keyboard.press('Alt+ArrowRight')
      await noteSays(desk, '已取晚到的改动')
      await desk.getByTestId('sync-sign').filter({ hasText: '已同步' }).waitFor()
      expect(await strip(desk).count()).toBe(0)
      expect(await content(desk).inputValue()).toBe('两盏路灯不亮，近菜市场')
      expect((await cursor(desk)).id).toBe('field-content')
      await until(async () => (await reader.record(caseId)).late.length === 0, 'settled at central')
      expect(await reader.record(caseId)).toMatchObject({
        groups: { content: { text: '两盏路灯不亮，近菜市场' }, place: { address: '东华一路' } },
      })

      // A reply that comes late changes no state; she keeps hers, from the list, by the keyboard alone.
      const base = await colleague.sees(caseId)
      await writeReply(desk, '，请留意')
      await desk.keyboard.press('Control+Enter')
      await until(async () => (await reader.record(caseId)).groups.reply.text === '已当场答复，请留意', 'her reply')
      await colleague.does({
        type: 'case.reply',
        caseId,
        base,
        reply: { mode: 'later', text: '转路灯所', articles: [] },
      })
      await strip(desk).filter({ hasText: '转路灯所' }).waitFor()
      await desk.keyboard.press('Alt+0')
      await desk.keyboard.press('Tab')
      await desk.getByRole('region', { name: '晚到的改动', exact: true }).getByText('转路灯所').waitFor()
      await desk.keyboard.press('Alt+ArrowLeft')
      await desk.getByRole('status').filter({ hasText: '答复：已保留现值' }).first().waitFor()
      await desk.keyboard.press('Escape')
      await until(async () => (await reader.record(caseId)).late.length === 0, 'settled at central again')
      expect(await reader.record(caseId)).toMatchObject({
        state: 'repliedAtOnce',
        groups: { reply: { mode: 'atOnce', text: '已当场答复，请留意' } },
      })
      expect(await desk.getByLabel('答复', { exact: true }).inputValue()).toBe('已当场答复，请留意')

      // By the strip's own button, which is gone with it: the cursor goes on in the field that it was about.
      const place = { district: '新会区', street: null, address: '东华二路' }
      await colleague.does({
        type: 'case.edit',
        caseId,
        base: { revision: 1 },
        edits: [{ group: 'place', value: place }],
      })
      await strip(desk).filter({ hasText: '东华二路' }).waitFor()
      await strip(desk).getByRole('button', { name: '取晚到的' }).focus()
      await desk.keyboard.press('Enter')
      await noteSays(desk, '地点：已取晚到的改动')
      await desk.waitForFunction(() => document.activeElement?.id === 'field-district')
      expect(await desk.getByLabel('地址', { exact: true }).inputValue()).toBe('东华二路')
      await desk.keyboard.press('F12')
      await citizen.said('ended')
    },
  },
]
