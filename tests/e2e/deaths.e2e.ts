/** Whatever dies, the citizen does not notice and no word is lost. */
import { citizenHears } from '../../build/stack/citizen-hears.ts'
import { once } from 'node:events'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bridge } from '../../shared/bridge.ts'
import { phoneSnapshot, phoneStats, untilReady } from '../../build/stack/drive.ts'
import { fillForm, save, writeReply } from '../../build/stack/hands.ts'
import { startStack, type Stack } from '../../build/stack/stack.ts'
import { until } from '../../build/stack/central-reader.ts'
import { draftSaved, factsAtCentral, freshFolder, openApp, processIds, readyDesk, statusSays, talk } from './fixture.ts'

/** No gap in the sound is as long as this part of what the other process took to be there again: it never waited for it. */
const PART = 0.5

/** The contents of the drafts that stand in the store. */
async function draftContents(desk: Page): Promise<string[]> {
  return desk.evaluate(async () => {
    const { sanxin } = window as unknown as { sanxin: Bridge }
    const answer = await sanxin.invoke('draft.list', null)
    return answer.ok ? answer.value.map(({ form }) => form.content) : []
  })
}

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.stop())

test.each(['killed', 'reloaded'] as const)(
  'the desk is %s in mid-call: the audio flows on, call and draft are back',
  async (how) => {
    const app = await openApp({ stack })
    const desk = await readyDesk(app)
    const citizen = await talk(stack, desk)
    const before = await processIds(app)
    expect(new Set(Object.values(before)).size).toBe(4)
    const { call } = await phoneSnapshot(desk)
    const content = desk.getByLabel('内容', { exact: true })
    await content.focus()
    await desk.keyboard.insertText('小区夜间施工噪音，')
    await draftSaved(desk)
    await citizenHears(citizen)
    const packets = (await phoneStats(desk)).packetsReceived

    await desk.evaluate(() => delete document.documentElement.dataset['ready'])
    const gone = performance.now()
    if (how === 'killed') process.kill(before.desk, 'SIGKILL')
    else await desk.reload()
    const again = await until(async () => {
      const page = await app.desk()
      return (
        (await page.evaluate(() => document.documentElement.dataset['ready'] === 'true').catch(() => false)) && page
      )
    }, 'the desk again')
    const awayMs = performance.now() - gone
    await statusSays(again, '通话中')

    expect((await phoneSnapshot(again)).call?.caller.callId).toBe(call?.caller.callId)
    await until(
      async () => (await again.getByLabel('内容', { exact: true }).inputValue()) === '小区夜间施工噪音，',
      'the draft again',
    )
    const after = await processIds(app)
    expect(after.phone).toBe(before.phone)
    if (how === 'killed') expect(after.desk).not.toBe(before.desk)
    const stats = await phoneStats(again)
    expect(stats.packetsReceived).toBeGreaterThan(packets)
    const heard = await citizenHears(citizen)
    // A reload is over sooner than a busy machine may pause anybody.
    if (how === 'killed') {
      expect(stats.longestGapMs).toBeLessThan(PART * awayMs)
      expect(heard.maxGapMs).toBeLessThan(PART * awayMs)
    }
    console.log(
      `longest gap while the desk was ${how}: ${Math.round(stats.longestGapMs)} ms at the operator, ${heard.maxGapMs} ms at the citizen; it was away for ${Math.round(awayMs)}`,
    )
    await again.keyboard.press('F12')
    await citizen.said('ended')
  },
)

test('the whole app is killed with three drafts: each is back, word for word', async () => {
  const dataDir = freshFolder()
  const app = await openApp({ stack, dataDir })
  const desk = await readyDesk(app)
  const texts = ['第一件：路灯不亮', '第二件：水管漏水', '第三件：']
  for (const text of texts) {
    await desk.keyboard.press('F10')
    await until(async () => (await desk.getByLabel('内容', { exact: true }).inputValue()) === '', 'an empty form')
    await desk.getByLabel('内容', { exact: true }).focus()
    await desk.keyboard.insertText(text)
    await draftSaved(desk)
  }
  // Killed in the middle of typing: what was acknowledged must stand, and what stands must have been typed.
  const typed = '井盖松动车辆经过时响声很大影响居民休息请尽快处理'
  const typedAt = new Map<number, number>()
  await desk.exposeFunction('noteTyped', (length: number, at: number) => void typedAt.set(length, at))
  await desk.evaluate(() => {
    const { noteTyped } = window as unknown as { noteTyped(length: number, at: number): void }
    const area = document.querySelector('textarea')
    area?.addEventListener('input', () => noteTyped(area.value.length, Date.now()))
  })
  const typing = desk.keyboard.type(typed, { delay: 40 }).catch(() => undefined)
  await desk.waitForFunction(
    (length) => document.querySelector('textarea')!.value.length > length,
    (texts[2]?.length ?? 0) + 12,
  )
  // Taken before the kill: once the app is gone, Playwright no longer hands out its process.
  const electron = app.electron.process()
  const gone = once(electron, 'exit')
  const killedAt = Date.now()
  electron.kill('SIGKILL')
  await typing
  await gone

  const again = await openApp({ stack, dataDir })
  const restored = await again.desk()
  await untilReady(restored)
  const drafts = await draftContents(restored)
  expect(drafts).toHaveLength(3)
  expect(drafts.slice(0, 2)).toEqual(texts.slice(0, 2))
  expect(`${texts[2]}${typed}`.startsWith(drafts[2] ?? '-')).toBe(true)
  const kept = (drafts[2] ?? '').length
  expect(kept).toBeGreaterThan((texts[2] ?? '').length)
  const lostMs = Math.max(0, killedAt - (typedAt.get(kept + 1) ?? killedAt))
  console.log(`lost at the kill: the last ${Math.round(lostMs)} ms of typing (at most 300 is promised)`)
})

test('the app is closed right after a word was typed: the word is there', async () => {
  const dataDir = freshFolder()
  const app = await openApp({ stack, dataDir })
  const desk = await readyDesk(app)
  await desk.keyboard.press('F10')
  await desk.getByLabel('内容', { exact: true }).focus()
  await desk.keyboard.insertText('最后一句话')
  await app.close()
  const again = await openApp({ stack, dataDir })
  const restored = await again.desk()
  await untilReady(restored)
  expect(await draftContents(restored)).toEqual(['最后一句话'])
})

test('the store is killed in mid-call: the desk says so, the draft and the save get through', async () => {
  const app = await openApp({ stack })
  const desk = await readyDesk(app)
  const citizen = await talk(stack, desk)
  const before = await processIds(app)
  await fillForm(desk, '自来水停水')
  const saidSo = desk.getByTestId('sync-sign').filter({ hasText: '存储恢复中' }).waitFor()
  const gone = performance.now()
  process.kill(before.store, 'SIGKILL')
  await saidSo
  await desk.getByLabel('内容', { exact: true }).focus()
  await desk.keyboard.press('End')
  await desk.keyboard.insertText('，家里有老人')
  await writeReply(desk, '已联系供水公司')
  await draftSaved(desk)
  await until(async () => {
    const { store } = await processIds(app)
    return store !== 0 && store !== before.store
  }, 'a store again')
  const awayMs = performance.now() - gone
  expect(await save(desk)).toMatch(/^JM/)
  expect((await phoneStats(desk)).longestGapMs).toBeLessThan(PART * awayMs)
  await desk.keyboard.press('F12')
  await citizen.said('ended')
})

test('the phone is killed in mid-call: the leg ends visibly, the case stays, the operator wraps up, then is ready', async () => {
  const dataDir = freshFolder()
  const app = await openApp({ stack, dataDir })
  const desk = await readyDesk(app)
  const citizen = await talk(stack, desk)
  const callId = (await phoneSnapshot(desk)).call?.caller.callId ?? ''
  await fillForm(desk, '通话中断之前记下的内容')
  await draftSaved(desk)
  const before = await processIds(app)
  const seen = await statusesSeen(desk)
  process.kill(before.phone, 'SIGKILL')
  await statusSays(desk, '电话恢复中')
  await statusSays(desk, '整理')
  await desk.getByTestId('caller-card').filter({ hasText: '通话中断，请回拨市民' }).waitFor()
  expect((await processIds(app)).phone).not.toBe(before.phone)
  await citizen.said('ended')
  await until(async () => (await phoneSnapshot(desk)).line === 'registered', 'the line again')
  expect(await desk.getByLabel('内容', { exact: true }).inputValue()).toBe('通话中断之前记下的内容')
  await until(async () => factsAtCentral(dataDir, callId).outcome === 'lost', 'the lost call in central')
  await desk.keyboard.press('F5')
  await statusSays(desk, '就绪')
  expect((await seen()).filter((word) => word === '就绪')).toHaveLength(1)
})

/** Takes note of every word the status says from now on; call it for what was said so far. */
async function statusesSeen(desk: Page): Promise<() => Promise<string[]>> {
  await desk.evaluate(() => {
    const pill = document.querySelector('[data-testid=status] [role=status]')
    const words: string[] = []
    Object.assign(window, { statusWords: words })
    const note = () => {
      const word = document.querySelector('[data-testid=status] [role=status]')?.textContent ?? ''
      if (words.at(-1) !== word) words.push(word)
    }
    new MutationObserver(note).observe(pill?.closest('header') ?? document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
  return () => desk.evaluate(() => (window as unknown as { statusWords: string[] }).statusWords)
}
