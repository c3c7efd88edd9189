import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchApp, untilPhase, untilReady } from '../../build/stack/drive.ts'
import { demoOperator, startStack, type Stack } from '../../build/stack/stack.ts'
import { writeTone } from '../../build/stack/tone.ts'
import { until } from '../../build/stack/central-reader.ts'
import { median, overFigure, type Figure } from './figures.ts'

const CALLS = 12

/** When the newest mark of this name was set, in ms since the epoch; null before the `count`th. */
async function markAt(page: Page, name: string, count: number): Promise<number | null> {
  return page.evaluate(
    ([mark, wanted]) => {
      const marks = performance.getEntriesByName(mark)
      const last = marks[wanted - 1]
      return last === undefined ? null : performance.timeOrigin + last.startTime
    },
    [name, count] as const,
  )
}

async function oneCall(
  stack: Stack,
  desk: Page,
  phone: Page,
  count: number,
): Promise<{ event: number; painted: number }> {
  const offered = new Promise<number>((resolve) =>
    stack.exchange.child.on((said) => said.event === 'offered' && resolve(Number(said['at']))),
  )
  const citizen = stack.call({ scenario: 'bus-route', tone: 440 })
  const wire = await offered
  const painted = await until(() => markAt(desk, 'caller-card-painted', count), 'the caller card')
  const event = await until(() => markAt(phone, 'invited', count), 'the event of SIP.js')
  citizen.tell({ do: 'hangUp' })
  await untilPhase(desk, 'ended')
  await citizen.exited
  await desk.keyboard.press('F5')
  await desk.getByTestId('status').filter({ hasText: '就绪' }).waitFor()
  return { event: event - wire, painted: painted - wire }
}

/** From the INVITE on the wire to the painted caller card, over the moment at which SIP.js tells of it. */
export async function benchPop(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-bench-'))
  const stack = await startStack()
  const tone = join(dir, 'tone.wav')
  writeTone(tone, 1000)
  const app = await launchApp({
    settings: { central: stack.central.url, sip: [stack.exchange.url], dataDir: dir, ...demoOperator },
    fakeMicrophone: tone,
  })
  try {
    const [desk, phone] = [await app.desk(), await app.phone()]
    await untilReady(desk)
    await desk.getByTestId('status').filter({ hasText: '就绪' }).waitFor()
    const samples: { event: number; painted: number }[] = []
    for (let count = 1; count <= CALLS; count++) samples.push(await oneCall(stack, desk, phone, count))
    const warm = samples.slice(2)
    return [
      overFigure(
        'INVITE to caller card',
        'ms',
        median(warm.map(({ painted }) => painted)),
        median(warm.map(({ event }) => event)),
        50,
      ),
    ]
  } finally {
    await app.close()
    await stack.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
