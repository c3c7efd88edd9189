/**
 * Plays scenes of the desk in headless Chromium and leaves pictures: node tests/desk/preview/shoot.mjs FOLDER [scene…]
 * VARIANT=-dark,-large,-large-dark,-en,-large-en,-zoom (text at 125 %) takes those as well, ALL=1 every one (scenes that fill the form speak Chinese only).
 * AXE=1 tells what axe-core objects to in each.
 * Chromium is looked for at CHROMIUM, or /usr/bin/chromium.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'

const root = resolve(import.meta.dirname, '../../..')
const [folder = '.cache/preview', ...only] = process.argv.slice(2)
const small = { width: 1366, height: 768 }
const zoomed = { width: 1093, height: 614 }
const large = { width: 1920, height: 1080 }

/** Acts on the invented world inside the page. */
const world = (page, act) => page.evaluate(`(() => { const { world } = window; ${act} })()`)
const rest = (page) => page.waitForTimeout(350)

async function talk(page) {
  await world(
    page,
    'const at = Date.now() - 161000; world.ring(undefined, undefined, undefined, at - 4000); world.talk("call-1", at)',
  )
  await page.waitForTimeout(100)
  await world(page, 'world.emit("phone.levels", { citizen: 0.12, operator: 0.02 })')
}

async function fill(page) {
  await page.getByRole('radio', { name: '咨询' }).check()
  await page.getByLabel('分类', { exact: true }).click()
  await page.keyboard.type('公共交通')
  await page.keyboard.press('Enter')
  await page.getByLabel('区县', { exact: true }).click()
  await page.keyboard.type('蓬江')
  await page.keyboard.press('Enter')
  await page
    .getByLabel('内容', { exact: true })
    .fill('市民在白沙大道，咨询坐公交去江门站怎么走，赶 17:30 的高铁，希望尽快告知路线和大约时间。')
}

async function search(page) {
  await page.keyboard.press('F3')
  await page.keyboard.type('白沙大道 江门站')
  await page.getByText('公交集团').first().waitFor()
}

async function saved(page) {
  await talk(page)
  await fill(page)
  await search(page)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('case-no').waitFor()
}

/** Three things that central did not take: a case, a correction and a fact of a call. */
const refuse = (page) => world(page, 'world.refuse(...world.refusedExamples)')

/** The last saved case changed under her: what came late of her content, or of another group. */
const meet = (page, ...groups) => world(page, `world.meet([...world.drafts.keys()].at(-1), ${JSON.stringify(groups)})`)

/** The article that was found first changes while she uses it; `how` is what became of it. */
const changeArticle = (page, how = 'changed') =>
  world(
    page,
    `const [one] = world.articles
     const now = { ...one, version: one.version + 1, body: one.body.replace('2 元', '3 元').replace('22:00', '23:30') + '\\n夜间改乘 N1 路，每 40 分钟一班。' }
     world.news = [{ id: one.id, version: one.version, kind: '${how}', at: Date.now() - 60000, before: one, now: '${how}' === 'changed' ? now : null }]
     world.emit('kb.changed', null)`,
  )

/** Somebody is dialled beside the citizen from the panel. */
async function ask(page, number, key = 'Enter') {
  await talk(page)
  await page.keyboard.press('Alt+d')
  await page.keyboard.type(number)
  await page.keyboard.press(key)
  await page.getByTestId('line-cards').locator('section').waitFor()
}

const pickUp = (page) => world(page, 'world.pickUp(world.lines.beside.caller.callId, Date.now() - 23000)')

/** How the call sounds, as the phone says it once a second. */
const sounds = (page, more) =>
  world(
    page,
    `world.emit("phone.quality", { callId: "call-1", mosIn: 4.3, mosOut: 4.2, lossIn: 0.002, lossOut: 0.001, jitterMs: 6, rttMs: 24, codecs: { in: "opus", out: "opus" }, bars: 3, trouble: null, ...${JSON.stringify(more)} })`,
  )

/** The search with words in it. */
async function findCases(page, words = '噪音') {
  await page.keyboard.press('Alt+f')
  await page.getByTestId('case-search-view').waitFor()
  await page.keyboard.type(words)
  await page.getByTestId('case-hits').waitFor()
  await rest(page)
}

async function openCase(page, digit) {
  await page.keyboard.press('Enter')
  await page.getByTestId('page-state').waitFor()
  if (digit === undefined) return
  await page.keyboard.press(digit)
  await page.getByTestId('step-form').waitFor()
  await rest(page)
}

/** She takes down a matter of which three open cases are, one of them an event where `event` says so. */
async function similar(page, event) {
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
  await page.getByLabel('区县', { exact: true }).click()
  await page.keyboard.type('蓬江')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F2')
  await page.keyboard.type('青云小区七栋停水，从早上到现在')
  await page.getByTestId('similar-line').waitFor()
}

const scenes = {
  similar: { play: (page) => similar(page, false) },
  'similar-event': { play: (page) => similar(page, true) },
  'similar-open': {
    play: async (page) => {
      await similar(page, true)
      await page.keyboard.press('Alt+m')
      await page.getByTestId('similar-list').waitFor()
    },
  },
  'similar-joined': {
    play: async (page) => {
      await similar(page, true)
      await page.keyboard.press('Alt+m')
      await page.keyboard.press('Enter')
      await page.getByTestId('similar-done').waitFor()
    },
  },
  'similar-no-number': {
    play: async (page) => {
      await similar(page, true)
      await world(page, 'world.joinFault = { code: "invalidInput", detail: "callerPhone" }')
      await page.keyboard.press('Alt+m')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await rest(page)
    },
  },
  'several-cases': {
    play: async (page) => {
      await saved(page)
      await page.keyboard.press('F10')
      await page.keyboard.press('F2')
      await page.keyboard.type('还有一件事：小区门口路灯不亮')
      await page.getByTestId('call-cases').waitFor()
    },
  },
  'case-calls': {
    play: async (page) => {
      await findCases(page, '路灯')
      await openCase(page, '1')
    },
  },
  'case-take-out': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '路灯')
      await openCase(page, '1')
      await page.getByRole('button', { name: '移出来电' }).click()
      await page.getByTestId('step-form').waitFor()
      await rest(page)
    },
  },
  'own-password': {
    play: async (page) => {
      await page.getByRole('button', { name: /^工号 / }).click()
      await page.getByRole('button', { name: '更改密码' }).click()
      await page.getByLabel('原密码').waitFor()
    },
  },
  'case-event': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '树枝')
      await openCase(page)
      await page.getByRole('button', { name: '设为事件' }).click()
      await page.getByTestId('step-form').waitFor()
      await rest(page)
    },
  },
  'find-cases': { play: (page) => findCases(page) },
  'find-export': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page)
      await page.keyboard.press('Control+e')
      await rest(page)
    },
  },
  'find-in-call': {
    play: async (page) => {
      await talk(page)
      await findCases(page, '大排档')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Control+s')
      await page.keyboard.type('大排档')
    },
  },
  'find-away': {
    play: async (page) => {
      await world(page, 'world.work.away = true')
      await findCases(page)
    },
  },
  'find-nothing': {
    play: async (page) => {
      await page.keyboard.press('Alt+f')
      await page.keyboard.type('没有这个词')
      await page.getByTestId('case-hits-empty').waitFor()
    },
  },
  'case-dispatch': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '树枝')
      await openCase(page, '1')
    },
  },
  'case-visit': {
    play: async (page) => {
      await findCases(page, '路灯')
      await openCase(page, '1')
      await page.keyboard.press('1')
      await rest(page)
      await page.keyboard.press('Control+Enter')
    },
  },
  'case-in-hand': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '大排档')
      await openCase(page)
    },
  },
  'case-too-late': {
    query: 'role=monitor',
    play: async (page) => {
      await findCases(page, '树枝')
      await openCase(page, '1')
      await world(page, 'world.work.stepFault = { code: "illegalTransition", detail: "toSign" }')
      await page.keyboard.press('Control+Enter')
      await page.getByTestId('step-outcome').waitFor()
    },
  },
  ledger: {
    query: 'role=monitor',
    play: async (page) => {
      await page.keyboard.press('Alt+u')
      await page.getByTestId('ledger-list').getByRole('option').first().waitFor()
    },
  },
  'ledger-name': {
    query: 'role=monitor',
    play: async (page) => {
      await page.keyboard.press('Alt+u')
      await page.getByTestId('ledger-list').getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('3')
      await page.keyboard.press('2')
      await page.keyboard.type('听了录音，无人说话')
    },
  },
  'ledger-empty': {
    query: 'role=monitor',
    play: async (page) => {
      await world(page, 'world.ledger.rows = []')
      await page.keyboard.press('Alt+u')
      await page.getByTestId('ledger-empty').waitFor()
    },
  },
  'my-work': { query: 'role=monitor', play: (page) => page.keyboard.press('Alt+w') },
  'my-work-operator': { play: (page) => page.keyboard.press('Alt+w') },
  'class-suggested': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F2')
      await page.keyboard.type('市民反映楼上每天晚上唱歌，噪音很大，小区物业也不管')
      await page.getByTestId('class-suggestions').waitFor()
    },
  },
  'echo-heard': {
    play: async (page) => {
      await page.keyboard.press('Alt+y')
      await page.getByTestId('echo-test').getByRole('button').click()
      await page.locator('[data-testid=echo-test][data-state=calling]').waitFor()
      await world(page, 'world.echo = { state: "up", heard: true, status: null }; world.phone(null)')
      await page.locator('[data-testid=echo-test][data-state=up]').waitFor()
      await world(page, 'world.emit("phone.echoLevels", { microphone: 0.1, ear: 0.06 })')
    },
  },
  'auto-answer': {
    play: async (page) => {
      await world(page, 'world.autoAnswerAt = Date.now() + 3000; world.ring()')
    },
  },
  warned: {
    play: async (page) => {
      await talk(page)
      await sounds(page, {})
      await page.keyboard.press('Alt+a')
      await page.getByTestId('warnings').waitFor()
    },
  },
  'warned-thrice': {
    play: async (page) => {
      await talk(page)
      await sounds(page, {})
      for (const _ of [1, 2, 3]) {
        await page.keyboard.press('Alt+a')
        await rest(page)
      }
      await page.keyboard.press('F4')
      await page.keyboard.press('Alt+p')
      await page.getByTestId('recording-paused').waitFor()
    },
  },
  'held-sounds': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F11')
      await sounds(page, { bars: 1, trouble: 'notHeard' })
    },
  },
  'sound-numbers': {
    play: async (page) => {
      await talk(page)
      await sounds(page, {})
      await page.getByTestId('caller-card').getByTestId('quality').getByRole('button').click()
    },
  },
  'warned-before': {
    play: async (page) => {
      await world(
        page,
        'world.marks.set("old", { warnings: [Date.now() - 7200000, Date.now() - 7100000], recording: "r1" }); for (const draft of world.drafts.values()) draft.callId = "old"',
      )
      await page.reload()
      await page.locator('html[data-ready]').waitFor()
    },
  },
  held: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F11')
    },
  },
  knocking: {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.ring("13900139000", "", "call-2")')
    },
  },
  'second-citizen': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('停水')
      await world(page, 'world.ring("13900139000", "", "call-2")')
      await page.keyboard.press('F5')
    },
  },
  calls: {
    play: async (page) => {
      await page.keyboard.press('Alt+h')
      await page.getByTestId('call-list').waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  dial: { play: (page) => page.keyboard.press('Alt+d') },
  colleagues: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('10')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Control+d')
    },
  },
  directory: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('sjj')
      await page.getByRole('option').first().waitFor()
    },
  },
  'directory-long': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.directory.push(...world.longNames)')
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('c')
      await page.getByRole('option').nth(2).waitFor()
    },
  },
  redial: {
    play: async (page) => {
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('+86 138 0013 2210')
      await page.keyboard.press('Enter')
      await page.getByTestId('caller-card').waitFor()
      await world(
        page,
        'world.phone({ type: "sessionFailed", callId: world.call.caller.callId, status: 486, at: Date.now() }, "callEnded")',
      )
      await page.keyboard.press('Alt+d')
    },
  },
  dialling: {
    play: async (page) => {
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('0750-3500123')
      await page.keyboard.press('Enter')
    },
  },
  transfer: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('公安')
      await page.keyboard.press('Enter')
    },
  },
  'reply-marked': {
    play: async (page) => {
      await talk(page)
      await page
        .getByLabel('答复', { exact: true })
        .or(page.getByLabel('Reply', { exact: true }))
        .first()
        .fill('您好，路灯的事我不知道，不归我管，您找城管局。\n值班电话见内部通讯录，请您另打。')
    },
  },
  'danger-words': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F2')
      await page.keyboard.type('楼下着火了，有人晕倒')
    },
  },
  emergency: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+e')
    },
  },
  keypad: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('Alt+k')
      await page.keyboard.type('12#')
    },
  },
  asking: { play: (page) => ask(page, '8001') },
  asked: {
    play: async (page) => {
      await ask(page, '8001')
      await pickUp(page)
    },
  },
  joined: {
    play: async (page) => {
      await ask(page, '110')
      await pickUp(page)
    },
  },
  'ask-busy': {
    play: async (page) => {
      await ask(page, '8001')
      await world(
        page,
        'world.phone({ type: "sessionFailed", callId: world.lines.beside.caller.callId, status: 486, at: Date.now() }); world.settleHolds()',
      )
    },
  },
  'not-through': {
    play: async (page) => {
      await ask(page, '020-83126000')
      await pickUp(page)
      await page.keyboard.press('Alt+t')
      await page.waitForTimeout(50)
      await world(page, 'world.phone({ type: "completeRefused", status: 503, at: Date.now() })')
    },
  },
  completing: {
    play: async (page) => {
      await ask(page, '8001', 'Shift+Enter')
      await pickUp(page)
    },
  },
  enrol: { query: 'signedIn=0&device=none', play: (page) => page.keyboard.type('k7qwm-3x') },
  'enrol-wrong': {
    query: 'signedIn=0&device=none',
    play: async (page) => {
      await world(page, 'world.enrolFault = "wrongCode"')
      await page.keyboard.type('k7qwm3xpab')
      await page.keyboard.press('Enter')
    },
  },
  'enrol-unreachable': {
    query: 'signedIn=0&device=none',
    play: async (page) => {
      await world(page, 'world.enrolFault = "centralUnreachable"')
      await page.keyboard.type('k7qwm3xpab')
      await page.keyboard.press('Enter')
    },
  },
  'enrol-refused': { query: 'signedIn=0&device=refused', play: async () => {} },
  'sign-in-waiting': {
    query: 'signedIn=0',
    play: (page) =>
      world(page, 'world.emit("sync.changed", { ...world.sync, waiting: 3, waitingSince: Date.now() - 500000 })'),
  },
  'not-enrolled': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.emit("sync.changed", { ...world.sync, central: "notEnrolled", waiting: 3 })')
    },
  },
  'sign-in': { query: 'signedIn=0', play: async () => {} },
  'sign-in-wrong': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "centralUnreachable"')
      await page.getByLabel('工号').fill('1003')
      await page.getByLabel('密码').fill('x')
      await page.keyboard.press('Enter')
    },
  },
  'sign-in-browser': {
    query: 'signedIn=0&issuer=1',
    play: (page) => page.getByRole('button', { name: /单位账号|organisation/ }).click(),
  },
  'sign-in-issuer': { query: 'signedIn=0&issuer=1', play: async () => {} },
  'sign-in-locked': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "lockedOut"')
      await page.getByLabel('工号').fill('1003')
      await page.getByLabel('密码').fill('x')
      await page.keyboard.press('Enter')
      await page.getByText('12 分钟后再试').waitFor()
    },
  },
  'sign-in-code': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.wantsCode = true')
      await page.getByLabel(/工号|Staff/).fill('1010')
      await page.getByLabel(/密码|Password/).fill('x')
      await page.keyboard.press('Enter')
      await page.getByLabel(/动态验证码|One-time code/).waitFor()
      // The focus is there already.
      await page.keyboard.type('123 4')
    },
  },
  'sign-in-code-wrong': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.wantsCode = true')
      await page.getByLabel(/工号|Staff/).fill('1010')
      await page.getByLabel(/密码|Password/).fill('x')
      await page.keyboard.press('Enter')
      await page.getByLabel(/动态验证码|One-time code/).waitFor()
      await page.keyboard.type('654321')
      await page.keyboard.press('Enter')
      await page.getByText(/已用过|was used/).waitFor()
    },
  },
  'sign-in-code-missing': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "codeNotEnrolled"')
      await page.getByLabel(/工号|Staff/).fill('1010')
      await page.getByLabel(/密码|Password/).fill('x')
      await page.keyboard.press('Enter')
    },
  },
  idle: { play: async () => {} },
  ringing: { play: (page) => world(page, 'world.ring()') },
  hostile: {
    play: (page) =>
      world(
        page,
        'world.ring("+86 750 3500123", "<img src=x onerror=alert(1)>\\u202Eevil 名字很长很长很长很长很长很长很长")',
      ),
  },
  restored: { query: 'call=up', play: (page) => page.keyboard.type('接着写') },
  answered: { play: talk },
  sound: {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.emit("phone.quality", { callId: "call-1", mosIn: 4.1, mosOut: 3.8, lossIn: 0.004, lossOut: 0.031, jitterMs: 6, rttMs: 48, codecs: { in: "opus", out: "opus" }, bars: 2, trouble: null })',
      )
      await page.keyboard.press('Alt+y')
      await page.getByTestId('caller-card').getByTestId('quality').getByRole('button').click()
      await world(page, 'world.emit("phone.microphoneLevel", { level: 0.1 })')
    },
  },
  'sound-held': {
    query: 'may=nothing',
    play: (page) => page.keyboard.press('Alt+y'),
  },
  'one-way': {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.emit("phone.quality", { callId: "call-1", mosIn: 4.4, mosOut: null, lossIn: 0, lossOut: null, jitterMs: 6, rttMs: null, codecs: { in: "opus", out: "opus" }, bars: 3, trouble: "notHeard" })',
      )
    },
  },
  'headset-pulled': {
    play: async (page) => {
      await world(
        page,
        'world.plug({ microphones: ["内置麦克风"], speakers: ["音箱"], missing: ["microphone", "speaker"] })',
      )
      await page.keyboard.press('Alt+y')
    },
  },
  search: {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
    },
  },
  'search-narrowed': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Control+d')
      await page.keyboard.press('Control+u')
      await rest(page)
    },
  },
  suggested: {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.suggested = [{ id: "KB-2041", title: "28 路：白沙大道中 → 江门站" }, { id: "KB-2050", title: "江门站公交接驳一览" }]',
      )
      await fill(page)
      await page.waitForTimeout(1000)
      await page.keyboard.press('F3')
      await page.keyboard.press('ArrowDown')
      await rest(page)
    },
  },
  indexing: {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.sync = { ...world.sync, articles: 100000, unindexed: 62400 }; world.emit("sync.changed", world.sync)',
      )
      await fill(page)
      await search(page)
      await page.getByTestId('sync-sign').click()
    },
  },
  'indexing-empty': {
    play: async (page) => {
      await world(
        page,
        'world.sync = { ...world.sync, articles: 100000, unindexed: 62400 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('F3')
      await page.keyboard.type('查无此事')
      await page.getByText(/没有找到|Nothing found/).waitFor()
    },
  },
  inserted: {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Enter')
    },
  },
  'sheet-hours': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F3')
      await page.keyboard.type('车管所 几点下班')
      await page.getByTestId('sheet-card').waitFor()
      await page.keyboard.press('Enter')
    },
  },
  'sheet-line': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F3')
      await page.keyboard.type('28路 江门站 末班')
      await page.getByTestId('sheet-card').waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  'sheet-rows': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F3')
      await page.keyboard.type('补领')
      await page.getByTestId('sheet-table').first().waitFor()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+Enter')
    },
  },
  'article-changed': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Enter')
      await page.getByLabel('答复', { exact: true }).focus()
      await changeArticle(page)
      await page.getByTestId('article-flag-reply').waitFor()
    },
  },
  'article-change-shown': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Enter')
      await page.getByLabel('答复', { exact: true }).focus()
      await changeArticle(page)
      await page.getByTestId('article-flag-reply').waitFor()
      await page.keyboard.press('Alt+v')
      await page.getByTestId('article-change').waitFor()
    },
  },
  'article-change-open': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      // What the tables answer stands before it.
      await page.keyboard.press('ArrowDown')
      await changeArticle(page)
      await page.getByTestId('article-flag-panel').waitFor()
      await page.keyboard.press('Alt+v')
      await page.getByTestId('article-change').waitFor()
    },
  },
  'article-english': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Enter')
      await changeArticle(page)
      await page.getByTestId('article-flag-reply').waitFor()
      await page.keyboard.press('F2')
      await page.keyboard.press('Alt+v')
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('末班车已经改到 23:30 了')
      await page.getByRole('button', { name: 'EN', exact: true }).click()
    },
  },
  'wrong-answer': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('末班车已经改到 23:30，公交集团 12 月 1 日起执行')
    },
  },
  'wrong-refused': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('市民 440703199003071231 说不对')
      await page.keyboard.press('Enter')
    },
  },
  'wrong-noted': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Alt+z')
      await page.keyboard.type('末班车已经改到 23:30')
      await page.keyboard.press('Enter')
      await page.getByTestId('wrong-noted').waitFor()
    },
  },
  'article-withdrawn': {
    play: async (page) => {
      await talk(page)
      await fill(page)
      await search(page)
      await page.keyboard.press('Enter')
      await changeArticle(page, 'withdrawn')
      await page.keyboard.press('F2')
      await page.getByTestId('article-flag-reply').waitFor()
      await page.keyboard.press('Alt+v')
    },
  },
  missing: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('市民反映')
      await page.keyboard.press('Control+Enter')
    },
  },
  promise: {
    play: async (page) => {
      await talk(page)
      await page.getByRole('radio', { name: '投诉' }).check()
      await page.getByRole('radio', { name: '转办后回复' }).check()
    },
  },
  particulars: {
    play: async (page) => {
      const type = (id, words) => page.locator(`#${id}`).fill(words)
      await talk(page)
      await page.locator('#field-kind input').nth(2).check()
      await page.locator('#field-classification').click()
      await page.keyboard.type('拖欠工资')
      await page.keyboard.press('Enter')
      await page.locator('#field-district').click()
      await page.keyboard.type('蓬江')
      await page.keyboard.press('Enter')
      await type('field-address', '新会区会城街道')
      await type('field-callerPhone', '1380000221')
      await type('field-content', '工地做了三个月没有发工资')
      await type('particular-employer', '某某建筑公司')
      await type('particular-wagesFrom', '2026年8月')
      await type('particular-wagesUntil', '2026年3月')
      await type('particular-workers', '12人')
      await type('particular-happenedAt', '2027-02-30')
    },
  },
  'other-record': {
    play: async (page) => {
      await talk(page)
      await page.getByRole('radio', { name: '投诉' }).check()
      await page.getByLabel('被反映对象').fill('某歌厅')
      await page.getByRole('radio', { name: '咨询' }).check()
    },
  },
  saved: { play: saved },
  'wrap-up': {
    play: async (page) => {
      await saved(page)
      await world(page, 'world.emit("case.confirmed", { caseId: [...world.drafts.keys()].at(-1) }); world.end()')
      await page.getByLabel('内容', { exact: true }).press('End')
      await page.keyboard.type('补充。')
    },
  },
  'away-choice': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.end()')
      await page.keyboard.press('F8')
    },
  },
  away: {
    play: async (page) => {
      await page.keyboard.press('F8')
      await page.keyboard.press('2')
    },
  },
  'away-not-taken': {
    play: async (page) => {
      await world(page, 'world.queue = "refused"')
      await page.keyboard.press('F8')
      await page.keyboard.press('1')
    },
  },
  'wrap-up-over': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.end("call-1", Date.now() - 75000)')
    },
  },
  'store-down': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.store("down")')
      await page.keyboard.type('存储不在时继续打字')
      await page.keyboard.press('F3')
      await page.keyboard.type('公交')
    },
  },
  'central-down': {
    play: async (page) => {
      await talk(page)
      await world(
        page,
        'world.complete = false; world.sync = { ...world.sync, central: "unreachable", unreachableSince: Date.now() - 600000, waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.getByTestId('sync-sign').click()
    },
  },
  'signed-in-offline': {
    play: async (page) => {
      await world(
        page,
        'world.complete = false; world.sync = { ...world.sync, central: "unreachable", signIn: "offline", unreachableSince: Date.now() - 600000, waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.getByTestId('sync-sign').click()
    },
  },
  'password-wanted': {
    play: async (page) => {
      await world(
        page,
        'world.signInFault = "wrongPassword"; world.sync = { ...world.sync, central: "signedOut", signIn: "passwordWanted", waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
    },
  },
  'code-wanted': {
    play: async (page) => {
      await world(
        page,
        'world.wantsCode = true; world.sync = { ...world.sync, central: "signedOut", signIn: "passwordWanted" }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
      await page.getByLabel(/动态验证码|One-time code/).waitFor()
      await page.keyboard.type('123456')
    },
  },
  'sign-in-refused': {
    play: async (page) => {
      await world(
        page,
        'world.sync = { ...world.sync, central: "signedOut", signIn: "refused", waiting: 3, waitingSince: Date.now() - 500000 }; world.emit("sync.changed", world.sync)',
      )
      await page.keyboard.press('Alt+0')
    },
  },
  'sign-in-offline-unknown': {
    query: 'signedIn=0',
    play: async (page) => {
      await world(page, 'world.signInFault = "offlineUnknown"')
      await page.getByLabel(/工号|Staff/).fill('1003')
      await page.getByLabel(/密码|Password/).fill('x')
      await page.keyboard.press('Enter')
    },
  },
  'phone-down': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('市民说到一半，电话断了')
      await world(page, 'world.killPhone()')
    },
  },
  'phone-down-idle': { play: (page) => world(page, 'world.killPhone()') },
  'lost-call': {
    play: async (page) => {
      await talk(page)
      await page.keyboard.type('市民说到一半，电话断了')
      await world(page, 'world.killPhone(); world.revivePhone()')
    },
  },
  'lost-ring': { play: (page) => world(page, 'world.ring(); world.killPhone(); world.revivePhone()') },
  refused: {
    play: async (page) => {
      await talk(page)
      await refuse(page)
      await page.keyboard.press('Alt+0')
      await page.keyboard.press('Tab')
    },
  },
  'refused-done': {
    play: async (page) => {
      await talk(page)
      await refuse(page)
      await page.keyboard.press('Alt+0')
      await page
        .getByRole('button', { name: /取回到草稿|Back to drafts/ })
        .first()
        .click()
      await page
        .getByRole('button', { name: /知道了|Seen/ })
        .last()
        .click()
    },
  },
  'refused-failed': {
    play: async (page) => {
      await refuse(page)
      await world(page, 'world.storeFault = "internal"')
      await page.keyboard.press('Alt+0')
    },
  },
  'close-held': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.emit("window.closeHeld", { why: "call" })')
    },
  },
  missed: { play: (page) => world(page, 'world.ring(); world.end()') },
  'no-matter': {
    play: async (page) => {
      await talk(page)
      await world(page, 'world.end()')
      await rest(page)
      await page.keyboard.press('F9')
    },
  },
  select: {
    play: async (page) => {
      await talk(page)
      await page.getByLabel('分类', { exact: true }).click()
      await page.keyboard.type('公')
    },
  },
  late: {
    play: async (page) => {
      await saved(page)
      await page.getByLabel('内容', { exact: true }).focus()
      await meet(page, 'content')
      await page.getByTestId('late-strip').waitFor()
    },
  },
  'late-reply': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'reply')
      await page.getByTestId('late-strip').waitFor()
    },
  },
  'late-place': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'place', 'classification', 'caller')
      await page.getByTestId('late-strip').waitFor()
    },
  },
  'late-english': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'classification', 'reply')
      await page.getByTestId('late-strip').waitFor()
      await page.getByRole('button', { name: 'EN', exact: true }).click()
      await page.keyboard.press('Alt+0')
    },
  },
  'late-kept': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'content')
      await page.getByTestId('late-strip').waitFor()
      await page.keyboard.press('Alt+ArrowLeft')
      await page.getByTestId('form-note').waitFor()
    },
  },
  'late-changed': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'content')
      await page.getByTestId('late-strip').waitFor()
      await world(page, 'world.stands.settleFault = { code: "illegalTransition", detail: "late.changed" }')
      await page.keyboard.press('Alt+ArrowRight')
      await page.getByRole('alert').waitFor()
    },
  },
  'late-list': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'place', 'content', 'reply')
      await page.keyboard.press('Alt+0')
      await page.getByRole('region', { name: '晚到的改动', exact: true }).getByRole('button').nth(3).focus()
    },
  },
  'late-list-done': {
    play: async (page) => {
      await saved(page)
      await meet(page, 'place', 'content')
      await refuse(page)
      await page.keyboard.press('Alt+0')
      await page.getByRole('region', { name: '晚到的改动', exact: true }).getByRole('button').first().focus()
      await page.keyboard.press('Alt+ArrowRight')
    },
  },
  followed: {
    play: async (page) => {
      await saved(page)
      await world(
        page,
        'world.stands.changeElsewhere([...world.drafts.keys()].at(-1), { address: "白沙大道西 28 号", district: "江海区" }); world.tellLists()',
      )
      await page.getByTestId('form-note').waitFor()
    },
  },
  'followed-not': {
    play: async (page) => {
      await saved(page)
      await page.getByLabel('内容', { exact: true }).press('End')
      await page.keyboard.type('补充。')
      await world(
        page,
        'world.stands.changeElsewhere([...world.drafts.keys()].at(-1), { content: "同事改了内容" }); world.tellLists()',
      )
      await page.getByTestId('form-note').waitFor()
    },
  },
  keys: {
    play: async (page) => {
      await talk(page)
      await page.keyboard.press('F1')
    },
  },
}

/** What axe-core objects to in a scene. */
async function axe(page, name) {
  await page.evaluate(await readFile(resolve(root, 'node_modules/axe-core/axe.min.js'), 'utf8'))
  for (const { id, nodes } of await page.evaluate(async () => (await window.axe.run()).violations))
    console.log(name, 'AXE', id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | '))
}

const variants = [
  { suffix: '', viewport: small, colorScheme: 'light', extra: '' },
  { suffix: '-dark', viewport: small, colorScheme: 'dark', extra: '' },
  { suffix: '-large', viewport: large, colorScheme: 'light', extra: '' },
  { suffix: '-large-dark', viewport: large, colorScheme: 'dark', extra: '' },
  { suffix: '-large-en', viewport: large, colorScheme: 'light', extra: '&lang=en' },
  { suffix: '-en', viewport: small, colorScheme: 'light', extra: '&lang=en' },
  { suffix: '-zoom', viewport: zoomed, colorScheme: 'light', extra: '' },
]

const server = await createServer({
  root,
  configFile: false,
  plugins: [react()],
  logLevel: 'error',
  server: { port: 0 },
  cacheDir: resolve(root, '.cache/vite-preview'),
})
await server.listen()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
await mkdir(folder, { recursive: true })
try {
  for (const [name, { query = '', play }] of Object.entries(scenes)) {
    if (only.length > 0 && !only.includes(name)) continue
    for (const { suffix, viewport, colorScheme, extra } of variants) {
      if (suffix !== '' && !process.env.ALL && !(process.env.VARIANT ?? '').split(',').includes(suffix)) continue
      const page = await browser.newPage({ viewport, colorScheme, timezoneId: 'Asia/Shanghai' })
      page.on('pageerror', (error) => console.log(name, 'PAGE ERROR', error.message))
      page.on('console', (message) => message.type() === 'error' && console.log(name, 'console:', message.text()))
      page.setDefaultTimeout(30_000)
      await page.goto(
        `http://localhost:${server.httpServer.address().port}/tests/desk/preview/index.html?${query}${extra}`,
      )
      await page.waitForSelector(query.includes('signedIn=0') ? 'form' : 'html[data-ready=true]')
      try {
        await play(page)
      } catch (error) {
        console.log(name, 'FAILED', error.message)
      }
      await rest(page)
      if (process.env.AXE) await axe(page, `${name}${suffix}`)
      await page.screenshot({ path: `${folder}/${name}${suffix}.png` })
      const scroll = await page.evaluate(() => [
        document.documentElement.scrollHeight - innerHeight,
        document.documentElement.scrollWidth - innerWidth,
      ])
      if (scroll[0] > 0 || scroll[1] > 0) console.log(name, suffix, 'SCROLLS', scroll)
      await page.close()
    }
  }
} finally {
  await browser.close()
  await server.close()
}
