/** The calls that nothing came of, at the monitor's real desk: told by an exchange, pushed by central, settled by keys. */
import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { linkToCentral } from '../../../central/ledger/central-link.ts'
import { DEMO_EXCHANGE } from '../../../central/people/demo.ts'
import type { LegEvent } from '../../../shared/ledger/leg-event.ts'
import { OUTCOME_MS } from '../../../shared/ledger/outcome.ts'
import type { Scene } from '../shift.ts'

let told = 0

/** A citizen gave up in the queue, eleven minutes ago. */
async function giveUp(central: string, leg: string, number: string): Promise<void> {
  const ended = Date.now() - OUTCOME_MS - 60_000
  const events: LegEvent[] = [
    { kind: 'began', leg, at: ended - 40_000, number, called: '12345' },
    { kind: 'queued', leg, at: ended - 39_000, queue: '12345' },
    { kind: 'ended', leg, at: ended, by: 'citizen' },
  ]
  const source = 'e2e'.padStart(64, '0').replaceAll(/[^\da-f]/g, '0')
  const { taken } = await linkToCentral(central, DEMO_EXCHANGE).tell({
    ...{ source, from: told, to: told + 1, events, strange: [] },
  })
  told += 1
  expect(taken).toBe(true)
}

export const ledgerScenes: readonly Scene[] = [
  {
    name: 'a call without an outcome is pushed to the monitor’s header, named by keys with its reason, and the goal is reached',
    async play(shift) {
      const { desk } = await shift.monitor()
      const sign = desk.getByTestId('ledger-sign')
      await sign.filter({ hasText: '未了 0' }).waitFor()
      await giveUp(shift.central.url, 'leg-e2e-1', '13800002299')
      await sign.filter({ hasText: '未了 1' }).waitFor()

      await desk.keyboard.press('Alt+u')
      const list = desk.getByTestId('ledger-list')
      await list.getByText('138****2299').waitFor()
      expect(await list.textContent()).not.toContain('13800002299')

      // Another one gives up while the list stands open: it comes by itself.
      await giveUp(shift.central.url, 'leg-e2e-2', '13800002288')
      await list.getByText('138****2288').waitFor()

      for (const number of ['138****2299', '138****2288']) {
        await until(
          async () => ((await list.getByRole('option').first().textContent())?.includes(number) ? true : null),
          number,
        )
        await desk.keyboard.press('3')
        await desk.getByTestId('ledger-draft').waitFor()
        await desk.keyboard.press('6')
        await desk.keyboard.insertText('线路测试')
        await desk.keyboard.press('Enter')
        await list.getByText(number).waitFor({ state: 'detached' })
      }
      await desk.getByTestId('ledger-empty').filter({ hasText: '件件有回音' }).waitFor()
      await sign.filter({ hasText: '未了 0' }).waitFor()
      await desk.keyboard.press('Escape')
      expect(await list.count()).toBe(0)
    },
  },
]
