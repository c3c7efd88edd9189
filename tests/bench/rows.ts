/** Ten thousand cases in the desk's list, gone through by keys and wheel in the real app, against an empty list in the same run. */
import type { Page } from 'playwright-core'
import { until } from '../../build/stack/central-reader.ts'
import { BATCH } from '../../shared/sync/protocol.ts'
import { plainFigure, percentile, type Figure } from './figures.ts'
import { progress } from './support/ground.ts'
import { newCase, pieces } from './support/mutations.ts'
import { withReadyApp } from './support/ready-app.ts'
import { enrolDesk } from './support/thin-desk.ts'

const ROWS = 10_000
/** Each step of the hands is made so often. */
const TIMES = 200
const LONG_MS = 50

async function fillCentral(url: string): Promise<void> {
  const desk = await enrolDesk(url)
  const mutations = Array.from({ length: ROWS }, () => newCase(desk.deskCode).mutations).flat()
  for (const batch of pieces(mutations, BATCH)) await desk.sync(batch)
  progress(`${ROWS} cases stand at central`)
}

/** What the window did while somebody acted: between two frames at the worst, and what Chromium itself calls long. */
type Watched = { readonly frames: number[]; readonly longFrames: number[]; readonly longTasks: number[] }

/** Watches the window's frames while the hands act. */
async function watch(desk: Page, act: () => Promise<void>): Promise<Watched> {
  await desk.evaluate(() => {
    const seen = { frames: [] as number[], longFrames: [] as number[], longTasks: [] as number[], on: true }
    const lists = { 'long-animation-frame': seen.longFrames, longtask: seen.longTasks }
    const observers = Object.entries(lists).map(([type, list]) => {
      const observer = new PerformanceObserver((found) => list.push(...found.getEntries().map((one) => one.duration)))
      observer.observe({ type })
      return observer
    })
    let last = performance.now()
    const frame = (now: number) => {
      seen.frames.push(now - last)
      last = now
      if (seen.on) requestAnimationFrame(frame)
      else for (const observer of observers) observer.disconnect()
    }
    requestAnimationFrame(frame)
    Object.assign(window, { seen })
  })
  await act()
  return desk.evaluate(() => {
    const { seen } = window as unknown as { seen: Watched & { on: boolean } }
    seen.on = false
    return seen
  })
}

/** Down and up by keys, by one and by ten. */
async function byKeys(desk: Page): Promise<void> {
  for (const key of ['PageUp', 'ArrowDown', 'ArrowUp', 'PageDown'])
    for (let time = 0; time < TIMES; time += 1) await desk.keyboard.press(key)
}

/** Up and down by the wheel, more than a screen at a time. */
async function byWheel(desk: Page): Promise<void> {
  const box = await desk.locator('#case-search').boundingBox()
  if (box !== null) await desk.mouse.move(box.x + 200, box.y + 300)
  for (const step of [-900, 900]) for (let time = 0; time < TIMES; time += 1) await desk.mouse.wheel(0, step)
}

const over = (durations: readonly number[]) => durations.filter((ms) => ms > LONG_MS).length
const longest = (durations: readonly number[]) => Math.max(0, ...durations)

function told(name: string, { frames, longFrames, longTasks }: Watched): void {
  progress(
    `${name}: ${frames.length} frames, p99 ${percentile(frames, 0.99).toFixed(0)} ms, longest ${longest(frames).toFixed(0)} ms; ` +
      `long animation frames ${longFrames.length} (longest ${longest(longFrames).toFixed(0)} ms), ` +
      `long tasks ${longTasks.length} (longest ${longest(longTasks).toFixed(0)} ms)`,
  )
}

async function look(desk: Page, words: string, said: string): Promise<void> {
  await desk.locator('#case-search').fill(words)
  await desk.getByTestId('list-state').filter({ hasText: said }).waitFor()
}

/** `npm run bench -- rows`. */
export function benchRows(): Promise<Figure[]> {
  return withReadyApp(async ({ stack, desk }) => {
    await fillCentral(stack.central.url)
    await desk.keyboard.press('Alt+f')
    await look(desk, '没有这样的词', '0 件')
    const [emptyKeys, emptyWheel] = [await watch(desk, () => byKeys(desk)), await watch(desk, () => byWheel(desk))]
    told('an empty list, keys', emptyKeys)
    told('an empty list, wheel', emptyWheel)
    await look(desk, '', '50 件以上')
    const state = desk.getByTestId('list-state')
    const growing = await watch(desk, async () => {
      await until(async () => {
        for (let time = 0; time < 20; time += 1) await desk.keyboard.press('PageDown')
        return (await state.filter({ hasText: `${ROWS.toLocaleString('en')} 件` }).count()) > 0 ? true : null
      }, 'all rows')
    })
    told(`a list that grows to ${ROWS}, keys`, growing)
    const [keys, wheel] = [await watch(desk, () => byKeys(desk)), await watch(desk, () => byWheel(desk))]
    told(`${ROWS} rows, keys`, keys)
    told(`${ROWS} rows, wheel`, wheel)
    const figures = (how: string, full: Watched, empty: Watched) =>
      (
        [
          ['between two frames, p99', 'ms', ({ frames }) => percentile(frames, 0.99)],
          ['between two frames, longest', 'ms', ({ frames }) => longest(frames)],
          [`between two frames over ${LONG_MS} ms`, '', ({ frames }) => over(frames)],
          ['long animation frames', '', ({ longFrames }) => longFrames.length],
          ['long tasks', '', ({ longTasks }) => longTasks.length],
        ] satisfies [string, string, (watched: Watched) => number][]
      ).map(([name, unit, of]) => plainFigure(`${how}: ${name}`, unit, of(full), of(empty)))
    return [...figures('keys', keys, emptyKeys), ...figures('wheel', wheel, emptyWheel)]
  })
}
