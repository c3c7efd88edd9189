/** What the scenes have in common: a call, a filled form, what the world around the desk does. */

/** Acts on the invented world inside the page. */
export const world = (page, act) => page.evaluate(`(() => { const { world } = window; ${act} })()`)
export const rest = (page) => page.waitForTimeout(350)

export async function talk(page) {
  await world(
    page,
    'const at = Date.now() - 161000; world.ring(undefined, undefined, undefined, at - 4000); world.talk("call-1", at)',
  )
  await page.waitForTimeout(100)
  await world(page, 'world.emit("phone.levels", { citizen: 0.12, operator: 0.02 })')
}

export async function fill(page) {
  await page.getByRole('radio', { name: /咨询|Consult/ }).check()
  await page.getByLabel(/^(分类|Subject)$/).click()
  await page.keyboard.type('公共交通')
  await page.keyboard.press('Enter')
  await page.getByLabel(/^(区县|District)$/).click()
  await page.keyboard.type('蓬江')
  await page.keyboard.press('Enter')
  await page
    .getByLabel(/^(内容|Content)$/)
    .fill('市民在白沙大道，咨询坐公交去江门站怎么走，赶 17:30 的高铁，希望尽快告知路线和大约时间。')
}

export async function search(page) {
  await page.keyboard.press('F3')
  await page.keyboard.type('白沙大道 江门站')
  await page.getByText('公交集团').first().waitFor()
}

/** A call in which the form is filled, and an answer is looked for. */
export async function searched(page) {
  await talk(page)
  await fill(page)
  await search(page)
}

/** And the answer stands in the reply. */
export async function inserted(page) {
  await searched(page)
  await page.keyboard.press('Enter')
}

export async function saved(page) {
  await inserted(page)
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('case-no').waitFor()
}

/** Three things that central did not take: a case, a correction and a fact of a call. */
export const refuse = (page) => world(page, 'world.refuse(...world.refusedExamples)')

/** The last saved case changed under her: what came late of her content, or of another group. */
export const meet = (page, ...groups) =>
  world(page, `world.meet([...world.drafts.keys()].at(-1), ${JSON.stringify(groups)})`)

/** The article that was found first changes while she uses it; `how` is what became of it. */
export const changeArticle = (page, how = 'changed') =>
  world(
    page,
    `const [one] = world.articles
     const now = { ...one, version: one.version + 1, body: one.body.replace('2 元', '3 元').replace('22:00', '23:30') + '\\n夜间改乘 N1 路，每 40 分钟一班。' }
     world.news = [{ id: one.id, version: one.version, kind: '${how}', at: Date.now() - 60000, before: one, now: '${how}' === 'changed' ? now : null }]
     world.emit('kb.changed', null)`,
  )

/** Somebody is dialled beside the citizen from the panel. */
export async function ask(page, number, key = 'Enter') {
  await talk(page)
  await page.keyboard.press('Alt+d')
  await page.keyboard.type(number)
  await page.keyboard.press(key)
  await page.getByTestId('line-cards').locator('section').waitFor()
}

export const pickUp = (page) => world(page, 'world.pickUp(world.lines.beside.caller.callId, Date.now() - 23000)')

/** How the call sounds, as the phone says it once a second. */
export const sounds = (page, more) =>
  world(
    page,
    `world.emit("phone.quality", { callId: "call-1", mosIn: 4.3, mosOut: 4.2, lossIn: 0.002, lossOut: 0.001, jitterMs: 6, rttMs: 24, codecs: { in: "opus", out: "opus" }, bars: 3, trouble: null, ...${JSON.stringify(more)} })`,
  )

/** The search with words in it. */
export async function findCases(page, words = '噪音') {
  await page.keyboard.press('Alt+f')
  await page.getByTestId('case-search-view').waitFor()
  await page.keyboard.type(words)
  await page.getByTestId('case-hits').waitFor()
  await rest(page)
}

export async function openCase(page, digit) {
  await page.keyboard.press('Enter')
  await page.getByTestId('page-state').waitFor()
  if (digit === undefined) return
  await page.keyboard.press(digit)
  await page.getByTestId('step-form').waitFor()
  await rest(page)
}

/** She takes down a matter of which three open cases are, one of them an event where `event` says so. */
export async function similar(page, event) {
  await world(
    page,
    `const [a, b, c] = world.work.lines; const like = (line, more) => ({ ...line, score: 70, state: 'inHand', unit: 'U-SW', callers: 1, owed: 0, event: null, deadline: null, ...more });
     world.work.similar = [
       like(a, { summary: '青云小区一至六栋早上八点起停水', address: '青云路青云小区', callers: 49, event: ${event} ? { title: '青云小区停水', say: '主管爆裂，正在抢修，预计 18 时恢复' } : null }),
       like(b, { summary: '青云小区三栋停水，没有接到通知', address: '青云小区三栋', callers: 2, state: 'toDispatch', unit: null }),
       like(c, { summary: '水压很小，高层没有水', address: '青云小区七栋' }),
     ]`,
  )
  await talk(page)
  await page.getByLabel(/^(区县|District)$/).click()
  await page.keyboard.type('蓬江')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F2')
  await page.keyboard.type('青云小区七栋停水，从早上到现在')
  await page.getByTestId('similar-line').waitFor()
}
