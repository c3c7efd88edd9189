/** What goes wrong while a unit works: nothing is lost, nothing leaks, and it is said what to do. */
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCase, openPage, seatOf, signIn, startCentre, type Centre } from './fixture.ts'
import { PHOTO, SCRIPT } from './papers.ts'

let centre: Centre
beforeAll(async () => {
  centre = await startCentre()
})
afterAll(() => centre?.close())

const answerField = (page: Page) => page.getByLabel('反馈内容')
const draftIs = (page: Page, state: string) => page.locator(`[data-testid=draft][data-state=${state}]`).waitFor()

/** The case open at somebody's, with some words begun. */
async function writing(staffNo: '3001' | '3002', caseId: string, words: string) {
  const seat = await seatOf(centre, staffNo)
  await openCase(seat, caseId)
  await answerField(seat.page).fill(words)
  await draftIs(seat.page, 'saved')
  return seat
}

it('UP6 a session that expired in the midst of a sentence: she signs in over it, and goes on', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '已派员到现场，')
  await centre.expire('3001')
  await answerField(page).pressSequentially('正在')
  await page.getByText('登录已过期，请重新登录。您写的字都在。').waitFor()
  await page.getByLabel('密码').fill('sanxin-demo')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('登录已过期').waitFor({ state: 'detached' })
  expect(await answerField(page).inputValue()).toBe('已派员到现场，正在')
  // What the expired session could not keep is kept now.
  await draftIs(page, 'saved')
  // She goes on where she was.
  await expect.poll(() => answerField(page).evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('抢修')
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.locator('[data-state=answered]').waitFor()
  expect(await page.getByTestId('answer').textContent()).toBe('已派员到现场，正在抢修')
  await context.close()
})

it('UP6 somebody else who signs in over an expired session sees none of the words', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '只给自己看的字')
  await centre.expire('3001')
  await page.getByRole('button', { name: '刷新' }).click()
  await page.getByText('登录已过期').waitFor()
  await signIn(page, '3002')
  await page.getByText('登录已过期').waitFor({ state: 'detached' })
  await page.getByTestId('state').waitFor()
  await expect.poll(() => answerField(page).inputValue()).toBe('')
  expect(await page.content()).not.toContain('只给自己看的字')
  await context.close()
})

it('UP7 two answer at once: the second one sees what the first one said, and her own words', async () => {
  const caseId = await centre.inHand()
  const first = await writing('3001', caseId, '甲的反馈')
  const second = await writing('3002', caseId, '乙的反馈')
  await first.page.getByRole('button', { name: '提交反馈' }).click()
  await first.page.locator('[data-state=answered]').waitFor()
  await second.page.getByRole('button', { name: '提交反馈' }).click()
  await second.page
    .getByRole('alert')
    .filter({ hasText: /城管局经办一 已于 .+ 反馈。您写的字没有提交，还在下面。/ })
    .waitFor()
  expect(await second.page.getByTestId('answer').textContent()).toBe('甲的反馈')
  expect(await second.page.getByTestId('kept-answer').textContent()).toBe('乙的反馈')
  await second.page.getByRole('button', { name: '复制' }).click()
  expect(await second.page.evaluate(() => navigator.clipboard.readText())).toBe('乙的反馈')
  await second.page.reload()
  await second.page.getByTestId('kept-answer').waitFor()
  for (const { context } of [first, second]) await context.close()
})

it('UP8 a case that is taken from the unit while she writes: it is said, and her words can be copied', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '写到一半的字')
  await centre.step(caseId, { type: 'redispatch', unit: 'U-SW', reason: '改派' })
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.getByText('没有这件工单，或已不在本单位。').waitFor()
  expect(await page.getByTestId('kept-answer').textContent()).toBe('写到一半的字')
  expect(await page.content()).not.toContain('路灯不亮')
  await context.close()
})

it('UP9 five megabytes that are pasted are not taken in: it is said how long they are, and what stood there stands', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '原有的字')
  await page.evaluate(() => navigator.clipboard.writeText('长'.repeat(1_747_627)))
  await answerField(page).focus()
  await page.keyboard.press('Control+v')
  await page.getByRole('alert').filter({ hasText: '粘贴的文字有 1747627 字' }).waitFor()
  expect(await answerField(page).inputValue()).toBe('原有的字')
  // A little too long is taken in, to be shortened; it is kept, and cannot be sent.
  await page.evaluate(() => navigator.clipboard.writeText('短'.repeat(10_000)))
  await page.keyboard.press('Control+v')
  await page.getByText('超出 4 字，请删减或改用附件').first().waitFor()
  await draftIs(page, 'saved')
  expect(await page.getByRole('button', { name: '提交反馈' }).isDisabled()).toBe(true)
  await context.close()
})

it('UP10 foreign and oversized files are named with the reason, and the good one beside them is taken', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '见附件')
  await page.locator('input[type=file]').setInputFiles([
    { name: '照片.png', mimeType: 'image/png', buffer: SCRIPT },
    { name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    { name: '录像.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(10 * 1024 * 1024 + 1, 0xff) },
    { name: '现场.jpg', mimeType: 'image/jpeg', buffer: PHOTO },
  ])
  await page.getByRole('link', { name: /现场\.jpg/ }).waitFor()
  const said = await page.getByRole('alert').textContent()
  expect(said).toContain('照片.png：不是照片（JPEG、PNG、WebP）或 PDF')
  expect(said).toContain('空.pdf：这个文件是空的')
  expect(said).toContain('录像.jpg：超过 10 MB')
  await page.getByRole('button', { name: '移除 现场.jpg' }).click()
  await page.getByRole('link', { name: /现场\.jpg/ }).waitFor({ state: 'detached' })
  await context.close()
})

it('UP11 another unit’s case by its address: no word of it', async () => {
  const caseId = await centre.inHand('只有城管局能看的内容')
  const { page, context } = await seatOf(centre, '3003')
  await page.goto(`${centre.url}/unit/#/cases/${caseId}`)
  await page.getByText('没有这件工单，或已不在本单位。').waitFor()
  expect(await page.content()).not.toContain('只有城管局能看的内容')
  await context.close()
})

it('UP11 who reports something is not told to the unit that handles it', async () => {
  const papers = { employer: '独一无二劳务公司' }
  const caseId = await centre.dispatched('举报违法排污', { kind: 'report', papers })
  const seat = await seatOf(centre, '3001')
  const bodies: Promise<string>[] = []
  const hear = (response: Response) => {
    if (response.url().includes('/cases/')) bodies.push(response.text())
  }
  seat.page.on('response', hear)
  await openCase(seat, caseId)
  await seat.page.getByText('举报人身份保密，需要联系时请经热线中心').waitFor()
  // What comes from here on may be cut off when the page closes.
  seat.page.off('response', hear)
  const answers = await Promise.all(bodies)
  expect(answers.some((text) => text.includes('举报违法排污'))).toBe(true)
  expect(answers.join()).not.toMatch(/张三丰|13812345678|138\*\*\*\*|独一无二/)
  await seat.context.close()
})

it('UP12 the road breaks: the words say that they are not kept yet, and are as soon as it is back', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '一')
  await context.setOffline(true)
  await answerField(page).pressSequentially('二')
  await draftIs(page, 'failed')
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.getByRole('alert').filter({ hasText: '中心不可达' }).waitFor()
  await context.setOffline(false)
  await draftIs(page, 'saved')
  expect(await answerField(page).inputValue()).toBe('一二')
  await context.close()
})

it('UP13 an answer whose acknowledgement was lost is taken once, however often it is sent', async () => {
  const caseId = await centre.inHand()
  const { page, context } = await writing('3001', caseId, '已修好')
  let lost = 0
  await page.route('**/steps', async (route) => {
    if (lost > 0) return route.continue()
    lost += 1
    // It reaches central; the answer does not come back.
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.getByRole('alert').filter({ hasText: '中心不可达' }).waitFor()
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.locator('[data-state=answered]').waitFor()
  await page.getByText('已提交：反馈').waitFor()
  expect(await page.getByRole('listitem').filter({ hasText: '反馈' }).count()).toBe(1)
  await context.close()
})

it('UP14 markup that a citizen dictated, or a colleague wrote, is words', async () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  const caseId = await centre.inHand(hostile)
  const { page, context, troubles } = await writing('3001', caseId, hostile)
  await page.getByRole('button', { name: '提交反馈' }).click()
  await page.locator('[data-state=answered]').waitFor()
  expect(await page.getByTestId('answer').textContent()).toBe(hostile)
  expect(await page.title()).toBe('成员单位办理')
  expect(troubles).toEqual([])
  await context.close()
})

it('UP15 the policy holds: a script that gets into the document does not run, a frame does not show the page', async () => {
  const { page, context } = await openPage(centre)
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken"'
    document.body.append(script)
  })
  expect(await page.title()).toBe('三心 · 成员单位')
  const frame = await context.newPage()
  await frame.setContent(`<iframe src="${centre.url}/unit/"></iframe>`)
  await frame.waitForLoadState()
  expect(await frame.frames()[1]?.content()).not.toContain('root')
  await context.close()
})
