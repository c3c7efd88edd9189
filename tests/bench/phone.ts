/** From answering to sound both ways, over two bare peer connections; and what fifty calls leave behind. */
import type { Page } from 'playwright-core'
import type { Stack } from '../../build/stack/stack.ts'
import { median, overFigure, plainFigure, ratioFigure, type Figure } from './figures.ts'
import { answerTime, bareAnswerTime, untilLetGo, watchPeers } from './support/peers.ts'
import { statusSays, withReadyApp } from './support/ready-app.ts'
import { openRemains, type Remains } from './support/remains.ts'

const WARM_CALLS = 5
const CALLS = Number(process.env['SANXIN_BENCH_CALLS'] ?? 50)
/** Ours has an exchange and another process in between, and their answer's way there. */
const MOST_TIMES = 3
/** What a heap may grow by over all calls, in MB: what is seen once, not a call's worth each. */
const MOST_HEAP_MB = 5

/** One call from the ring to the next «ready»; answers in how many ms after F5 packets went both ways. */
async function oneCall(stack: Stack, desk: Page, phone: Page): Promise<number> {
  const says = (word: string) => statusSays(desk, word)
  const citizen = stack.call({ scenario: 'bus-route', tone: 440 })
  await says('振铃')
  const sound = answerTime(phone)
  await desk.keyboard.press('F5')
  const took = await sound
  await says('通话中')
  await desk.keyboard.press('F12')
  await says('整理')
  await citizen.exited
  await desk.keyboard.press('F9')
  await desk.keyboard.press('1')
  await desk.getByTestId('no-matter-choice').waitFor({ state: 'detached' })
  await desk.keyboard.press('F5')
  await says('就绪')
  return took
}

/** Each kind of thing that a call makes must be back at its number; of memory a little may stay. */
function leftFigures(window: string, before: Remains, after: Remains): Figure[] {
  const counted = ['peers', 'tracks', 'streams', 'listeners', 'audioNodes'] as const
  return [
    ...counted.map((name) => overFigure(`${window}: ${name} after ${CALLS} calls`, '', after[name], before[name], 0)),
    overFigure(`${window}: heap after ${CALLS} calls`, 'MB', after.heapMb, before.heapMb, MOST_HEAP_MB),
  ]
}

/** Answers in fractions of a second, and leaves nothing behind. */
export async function benchPhone(): Promise<Figure[]> {
  return withReadyApp(async ({ stack, desk, phone }) => {
    await watchPeers(phone)
    const bare: number[] = []
    for (let count = 0; count < 10; count++) bare.push(await bareAnswerTime(phone))
    for (let count = 0; count < WARM_CALLS; count++) await oneCall(stack, desk, phone)
    const looks = await Promise.all([phone, desk].map(openRemains))
    await untilLetGo(phone)
    const before = await Promise.all(looks.map((look) => look()))
    const ours: number[] = []
    for (let count = 1; count <= CALLS; count++) {
      ours.push(await oneCall(stack, desk, phone))
      if (count % 10 === 0) console.log(`${count} calls`)
    }
    await untilLetGo(phone)
    const after = await Promise.all(looks.map((look) => look()))
    const left = ['phone', 'desk'].flatMap((window, at) => {
      const [was, is] = [before[at], after[at]]
      return was === undefined || is === undefined ? [] : leftFigures(window, was, is)
    })
    return [
      ratioFigure('answer to RTP both ways', 'ms', median(ours), median(bare.slice(2)), MOST_TIMES),
      plainFigure('the slowest of them', 'ms', Math.max(...ours), Math.max(...bare.slice(2))),
      ...left,
    ]
  })
}
