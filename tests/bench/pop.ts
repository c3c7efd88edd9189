import type { Page } from 'playwright-core'
import { untilPhase } from '../../build/stack/drive.ts'
import type { Stack } from '../../build/stack/stack.ts'
import { until } from '../../build/stack/central-reader.ts'
import { median, overFigure, type Figure } from './figures.ts'
import { statusSays, withReadyApp } from './support/ready-app.ts'

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
  await statusSays(desk, '就绪')
  return { event: event - wire, painted: painted - wire }
}

/** From the INVITE on the wire to the painted caller card, over the moment at which SIP.js tells of it. */
export async function benchPop(): Promise<Figure[]> {
  return withReadyApp(async ({ stack, desk, phone }) => {
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
  })
}
