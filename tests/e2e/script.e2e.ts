/** The words on the desk in a real call: they follow every state, a new script waits its turn, a reply is marked while it is written. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { until } from '../../build/stack/central-reader.ts'
import { phoneSnapshot, untilPhase } from '../../build/stack/drive.ts'
import { fillForm, save } from '../../build/stack/hands.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { moments, type Moment } from '../../shared/script/script.ts'
import { shippedBodies, type TableBodies } from '../../shared/tables/tables.ts'
import { look } from '../portal/look.ts'
import { openMonitorPage } from '../support/monitor-page.ts'
import { startWebrtcAgent } from '../practice/support/webrtc-agent.ts'
import { CITIZEN_HZ, freshFolder, NUMBER, openApp, readyDesk, statusSays } from './fixture.ts'
import { comes as comesOf, NEW, prompt, sentence, type Seen } from './prompt-seen.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

const reply = (desk: Page) => desk.locator('#field-reply')
const marked = (desk: Page) => desk.getByTestId('marks').locator('mark').allTextContents()

type Watched = {
  sanxin: {
    on(name: 'tables.changed', listener: () => void): void
    invoke(name: 'tables.current', input: null): Promise<{ ok: true; value: { version: number }[] }>
  }
  tablesSeen: number
}

/** Counts the tables that the desk has taken: it asks behind the desk's own asking, so it is answered behind that. */
async function watchTables(desk: Page): Promise<void> {
  await desk.evaluate(() => {
    const watched = window as unknown as Watched
    watched.tablesSeen = 0
    watched.sanxin.on('tables.changed', () => {
      void watched.sanxin.invoke('tables.current', null).then(({ value }) => (watched.tablesSeen = value.length))
    })
  })
}
const tablesSeen = (desk: Page) => desk.evaluate<number>('tablesSeen')

/** What the call's marks name, as the store has them: the sentence, and the version that it was read from. */
function saidAtStore(dataDir: string): string[] {
  const db = new DatabaseSync(join(dataDir, 'store.sqlite'), { readOnly: true })
  try {
    const rows = db
      .prepare(
        `SELECT mutation ->> '$.body.fact.sentence' AS id, mutation ->> '$.body.fact.script' AS script FROM outbox
         WHERE mutation ->> '$.body.fact.kind' = 'said' ORDER BY seq`,
      )
      .all() as { id: string; script: number }[]
    return rows.map(({ id, script }) => `${id} ${script}`)
  } finally {
    db.close()
  }
}

/** All that a key opens over the desk, and what closes it. */
const panels: readonly (readonly [string, string])[] = [
  ['Alt+KeyE', 'Escape'],
  ['Alt+KeyD', 'Escape'],
  ['Alt+KeyK', 'Alt+KeyK'],
  ['Alt+KeyY', 'Alt+KeyY'],
  ['Alt+KeyH', 'Alt+KeyH'],
  ['Alt+Digit0', 'Alt+Digit0'],
  ['Alt+KeyF', 'Alt+KeyF'],
  ['Alt+KeyW', 'Alt+KeyW'],
  ['F1', 'F1'],
]

/** Who gives up while it rings, and is called back: she answers when she is told to. */
const GAVE_UP = '13900006688'

test('CS2 CS3 CS4 CS5 CS13 CS14 CW6 CW7 the words follow every state of a call, a new script waits for the next sentence, a reply is marked as it is typed', async () => {
  const dataDir = freshFolder()
  const desk = await readyDesk(await openApp({ stack, dataDir }))
  const seen: Seen = new Set()
  let mark = ''
  const comes = (moment: Moment) => comesOf(desk, seen, moment, mark)
  await comes('idle')
  const first = stack.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: GAVE_UP })
  await comes('ringing')
  first.tell({ do: 'hangUp' })
  await statusSays(desk, '未接来电')
  await desk.keyboard.press('F5')
  await comes('idle')

  const citizen = stack.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: NUMBER })
  await comes('ringing')
  await desk.keyboard.press('F5')
  await untilPhase(desk, 'talking')
  await comes('opening')
  await desk.keyboard.press('F4')
  await until(async () => (await sentence(desk).textContent()) === '请问怎么称呼您？', 'the next sentence')

  // A monitor publishes another script and a word while she speaks. Once the word is marked the desk has both.
  const page = await openMonitorPage(stack.central.url)
  const script: TableBodies['script'] = structuredClone(shippedBodies.script)
  for (const { say } of script.sentences) say.zh = NEW + say.zh
  script.waits = { silentCall: 2, silence: 2, searchLong: 2, holdLong: 2 }
  const words: TableBodies['forbiddenWords'] = structuredClone(shippedBodies.forbiddenWords)
  words.words.push({ word: '另请高明', why: 'secret', better: null, except: [] })
  await watchTables(desk)
  await page.publish('script', 0, script)
  await page.publish('forbiddenWords', 0, words)
  await until(async () => (await tablesSeen(desk)) >= 2, 'script and words at the desk')
  expect(await prompt(desk).getAttribute('data-moment')).toBe('opening')
  expect(await sentence(desk).textContent()).toBe('请问怎么称呼您？')
  await desk.keyboard.press('F4')
  await until(async () => (await sentence(desk).textContent())?.startsWith(NEW), 'the new script')
  mark = NEW
  await desk.keyboard.press('F4')
  await until(() => Promise.resolve(saidAtStore(dataDir).length === 3), 'three marks')
  expect(saidAtStore(dataDir)).toEqual(['opening 0', 'opening-name 0', 'listening 1'])

  // By what she does.
  await desk.keyboard.press('F2')
  await desk.keyboard.insertText('楼下着火了')
  await comes('emergency')
  await prompt(desk).filter({ hasText: '还没有写地址' }).waitFor()
  await desk.getByRole('status').filter({ hasText: 'Alt E 2 接通 119' }).waitFor()
  for (const _ of shippedBodies.script.sentences.filter(({ when }) => when === 'emergency'))
    await desk.keyboard.press('F4')
  await comes('listening')
  citizen.tell({ do: 'hum', hz: 0 })
  await comes('silence')
  citizen.tell({ do: 'hum', hz: CITIZEN_HZ })
  await comes('listening')
  await desk.keyboard.press('F3')
  await desk.keyboard.insertText('消防')
  await comes('searching')
  await comes('searchLong')
  await reply(desk).focus()
  await desk.keyboard.insertText('这个我不知道，您另请高明。')
  await comes('answering')
  await desk.getByTestId('marks').getByText('另请高明').waitFor()
  expect(await marked(desk)).toEqual(['不知道', '另请高明'])

  // CW7 A key takes the better wording, Ctrl Z gives it back; while the input method composes it does nothing.
  await desk.keyboard.press('Home')
  await desk.keyboard.press('Alt+KeyQ')
  expect(await reply(desk).inputValue()).toBe('这个我我为您核实后回复，您另请高明。')
  await desk.keyboard.press('Control+KeyZ')
  expect(await reply(desk).inputValue()).toBe('这个我不知道，您另请高明。')
  const input = await desk.context().newCDPSession(desk)
  await desk.keyboard.press('Home')
  await input.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
  await desk.keyboard.press('Alt+KeyQ')
  expect(await reply(desk).inputValue()).toBe('ni这个我不知道，您另请高明。')
  await input.send('Input.insertText', { text: '你' })
  expect(await reply(desk).inputValue()).toBe('你这个我不知道，您另请高明。')
  await expect.poll(() => marked(desk)).toEqual(['不知道', '另请高明'])

  // The marks lie under their words, however long the text, and go along when it is scrolled.
  const long = Array.from(
    { length: 90 },
    (_, n) => `第 ${n} 段 no answer，我不知道的话 ${'很长的一段话'.repeat(n % 9)}`,
  ).join('\n')
  await reply(desk).fill(long)
  await expect.poll(async () => (await marked(desk)).length).toBeGreaterThan(80)
  const [text, layer] = await reply(desk).evaluate(async (field: HTMLTextAreaElement) => {
    const marks = document.querySelector('[data-testid=marks]')
    field.scrollTop = 777
    await new Promise(requestAnimationFrame)
    return [field, marks].map((one) => [one?.scrollHeight, one?.clientWidth, one?.scrollTop])
  })
  expect(layer).toEqual(text)
  await reply(desk).fill('已记录并转消防')

  // By what becomes of the line.
  await desk.keyboard.press('F11')
  await comes('hold')
  await until(async () => {
    const { call } = await phoneSnapshot(desk)
    return call?.hold.stands === true && !call.hold.busy
  }, 'the hold at the exchange')
  await comes('holdLong')
  await desk.keyboard.press('F11')
  await comes('backFromHold')
  await desk.keyboard.press('Alt+KeyD')
  await desk.getByTestId('dial-panel').waitFor()
  await desk.keyboard.press('F4')
  await comes('transfer')
  await desk.keyboard.press('Escape')
  for (const moment of ['abuse1', 'abuse2', 'abuse3'] as const) {
    await desk.keyboard.press('Alt+KeyA')
    await comes(moment)
  }
  await desk.keyboard.press('F4')
  await comes('abuseEnd')
  await desk.keyboard.press('Alt+Shift+KeyA')
  // What was said of the fire is said; the key alone, where no word names a danger, brings it as well.
  await desk.locator('#field-content').fill('门前的路堵了')
  await desk.keyboard.press('Alt+KeyE')
  await comes('emergency')
  await desk.keyboard.press('Escape')

  // The case is saved: the farewell is due.
  await fillForm(desk, '', 'later')
  await save(desk)
  await comes('closing')

  // Every panel through axe-core, light and dark.
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.emulateMedia({ colorScheme })
    await look(desk, `desk ${colorScheme}`)
    for (const [open, close] of panels) {
      await desk.keyboard.press(open)
      await desk.evaluate(() => new Promise(requestAnimationFrame))
      await look(desk, `desk ${open} ${colorScheme}`)
      await desk.keyboard.press(close)
    }
  }
  await desk.emulateMedia({ colorScheme: 'light' })
  await desk.keyboard.press('F12')
  await citizen.said('ended')
  await comes('wrapUp')
  await statusSays(desk, '整理')
  await desk.keyboard.press('F5')
  await statusSays(desk, '难电话后缓一缓')
  await desk.keyboard.press('F5')
  await statusSays(desk, '就绪')
  await comes('idle')

  // Who never speaks is asked for her voice.
  const silent = stack.call({ scenario: 'silent' })
  await comes('ringing')
  await desk.keyboard.press('F5')
  await comes('opening')
  await comes('silentCall')
  await desk.keyboard.press('F12')
  await silent.said('ended')

  // Who gave up is called back; then she is asked how her matter went.
  const told = Promise.withResolvers<void>()
  const telephone = await startWebrtcAgent(stack.exchange.url, GAVE_UP, 'citizen', CITIZEN_HZ, 0, told.promise)
  onTestFinished(() => telephone.stop())
  await desk.keyboard.press('Alt+KeyB')
  await comes('dialling')
  told.resolve()
  await comes('callBack')
  await desk.keyboard.press('F12')
  await comes('wrapUp')
  await desk.keyboard.press('Alt+KeyD')
  await desk.getByTestId('dial-panel').waitFor()
  await desk.keyboard.insertText(GAVE_UP)
  await desk.keyboard.press('Enter')
  await comes('returnVisit')
  await desk.keyboard.press('F12')
  await comes('wrapUp')
  expect(moments.filter((moment) => !seen.has(moment))).toEqual([])
})
