/** An article changes in the middle of a call: told, seen, and taken by her keys; what she says of it is the editors'. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readCentral, until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { fillForm, lookUp, save } from '../../../build/stack/hands.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import type { Db } from '../../../central/db/db.ts'
import { publishArticles } from '../../../central/kb/service.ts'
import { must } from '../../../shared/errors.ts'
import type { Article } from '../../../shared/sync/protocol.ts'
import { talk } from '../fixture.ts'
import type { Scene } from '../shift.ts'

const number = '13800002212'

const rows = <R extends object>(db: Db, sql: string) => db.tx('owner', (tx) => tx.query<R>(sql))
const reply = (desk: Page) => desk.getByLabel('答复', { exact: true })
const titles = (desk: Page) => desk.getByRole('article').getByRole('heading').allTextContents()

/** The article as it stands, with another version of its words. */
async function publishAnew(db: Db, id: string, change: (body: string) => string): Promise<Article> {
  const [row] = await rows<{ content: Article }>(
    db,
    `select content from articles where id = '${id}' order by version desc limit 1`,
  )
  const { content } = must(row, id)
  const next = { ...content, version: content.version + 1, body: change(content.body) }
  await publishArticles(db, [next])
  return next
}

/** Goes down the list to an article; what the tables answer stands before it. */
async function choose(desk: Page, title: string): Promise<void> {
  const chosen = desk.locator('article[aria-current=true]').filter({ has: desk.getByRole('heading', { name: title }) })
  for (let tries = 0; tries < 5 && (await chosen.count()) === 0; tries++) await desk.keyboard.press('ArrowDown')
  await chosen.waitFor()
}

/** Said above hits that only share something with what was asked. */
const near = '没有正好对上的，下面是相近的'

/** Looks for what is not there, and goes on in the form. */
async function lookUpInVain(desk: Page, query: string): Promise<void> {
  await desk.keyboard.press('F3')
  await desk.keyboard.insertText(query)
  await desk
    .getByRole('status')
    .filter({ hasText: new RegExp(`没有找到|${near}`) })
    .waitFor()
  await desk.keyboard.press('F2')
}

export const knowledgeScenes: readonly Scene[] = [
  {
    name: 'KU2 KU3 KU5 KE2 KE4 KG1 in a call: an article changes, her reply waits for her key; she says what is wrong, and what is not there',
    async play(shift) {
      const { desk } = await shift.desk()
      const citizen = await talk(shift, desk, { number })
      const { callId } = must((await phoneSnapshot(desk)).call, 'call').caller
      await lookUp(desk, '白沙大道 江门站', '28 路')
      await choose(desk, '28 路：白沙大道中 → 江门站')
      await desk.keyboard.press('Enter')
      await fillForm(desk, '市民咨询坐公交去江门站怎么走')
      await reply(desk).focus()
      await desk.keyboard.press('Control+End')
      await desk.keyboard.insertText('\n还有问题请再来电。')
      const before = await reply(desk).inputValue()
      const listed = await titles(desk)

      const now = await publishAnew(shift.db, 'KB-2041', (body) => body.replace('票价：2 元', '票价：3 元'))
      const flag = desk.getByTestId('article-flag-reply')
      await flag.filter({ hasText: `更新为第 ${now.version} 版` }).waitFor()
      await desk.getByTestId('article-flag-panel').waitFor()
      expect([await reply(desk).inputValue(), await titles(desk)]).toEqual([before, listed])

      await desk.keyboard.press('Alt+v')
      await desk.getByTestId('article-change').filter({ hasText: '3 元' }).waitFor()
      expect(await reply(desk).inputValue()).toBe(before)
      await desk.keyboard.press('Alt+ArrowRight')
      await flag.waitFor({ state: 'detached' })
      expect(await reply(desk).inputValue()).toBe(before.replace('票价：2 元', '票价：3 元'))

      await desk.keyboard.press('Alt+z')
      await desk.getByLabel('KB-2041 哪里有误').fill('末班车改到 23:30')
      await desk.keyboard.press('Enter')
      await desk.getByTestId('wrong-noted').waitFor()
      await lookUpInVain(desk, '魑魅魍魉')
      const caseNo = await save(desk)
      const reader = await readCentral(shift.central.url, '1001', demoOperator.password)
      const { caseId } = await until(
        async () => (await reader.casesOf(number)).find((one) => one.caseNo === caseNo),
        'the case at central',
      )
      const { groups } = await reader.record(caseId)
      expect(groups.reply.articles).toEqual([{ id: 'KB-2041', version: now.version }])
      const tasks = await until(
        () => rows(shift.db, `select * from kb_tasks`).then((found) => (found.length > 0 ? found : null)),
        'the task at central',
      )
      expect(tasks).toMatchObject([
        { article_id: 'KB-2041', words: '末班车改到 23:30', call_id: callId, case_id: caseId, staff_no: '1003' },
      ])
      await until(
        () => rows(shift.db, `select * from kb_gaps where words = '魑魅魍魉'`).then((found) => found.length === 1),
        'the gap at central',
      )
      await desk.keyboard.press('F12')
      await citizen.said('ended')
    },
  },
]
