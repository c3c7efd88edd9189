import { expect, onTestFinished } from 'vitest'
import type { Page } from 'playwright-core'
import { RATING_HZ } from '../../../build/pbx/tones.ts'
import { askPhone } from '../../../build/stack/ask.ts'
import { monitorAtCentral, until, type CentralMonitor } from '../../../build/stack/central-reader.ts'
import { fillForm, save, writeReply } from '../../../build/stack/hands.ts'
import { demoOperator, startLedger } from '../../../build/stack/stack.ts'
import type { LedgerEntry } from '../../../shared/ledger/entry.ts'
import { CITIZEN_HZ, OPERATOR_HZ, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION, type House } from '../house.ts'
import type { Row } from '../row.ts'

const [ABANDONED, HELPED, SILENT, RATING] = ['13900003001', '13900003002', '13900003003', '13900003004'] as const

/** A monitor's code opens once: she signs in once at a central. */
const monitors = new Map<string, Promise<CentralMonitor>>()

/** Tells central of this exchange's calls; answers how to wait for the row of a number. */
async function followLedger(house: House) {
  const teller = startLedger(house.central.url, { cel: house.pbx().callLog })
  onTestFinished(() => teller.stop())
  const since = Date.now()
  const monitor = monitors.get(house.central.url) ?? monitorAtCentral(house.central.url)
  monitors.set(house.central.url, monitor)
  return async (number: string, isIt: (row: LedgerEntry) => boolean) => {
    const reader = await monitor
    const find = async () => (await reader.ledgerSince(since)).find((row) => row.number === number && isIt(row))
    return until(find, `the ledger’s row of ${number}: ${isIt.toString()}`)
  }
}

async function answer(desk: Page): Promise<void> {
  await statusSays(desk, '振铃')
  await desk.keyboard.press('F5')
  await statusSays(desk, '通话中')
}

async function hangUp(desk: Page): Promise<void> {
  await desk.keyboard.press('F12')
  await statusSays(desk, '整理')
}

export const ledgerRows: readonly Row[] = [
  {
    family: 'ledger',
    name: 'after the operator has hung up the citizen rates the call by a key, and the ledger has it',
    on: ['asterisk'],
    play: async (house) => {
      const rowOf = await followLedger(house)
      const { desk } = await house.desk()
      const call = await (await house.plainPhone(RATING)).call('12347', CITIZEN_HZ)
      await answer(desk)
      await call.sound.ear.untilTone(OPERATOR_HZ)
      await hangUp(desk)
      await call.sound.ear.untilTone(RATING_HZ)
      await call.sound.press('4')
      expect(await call.ended).toEqual({ by: 'them' })
      const row = await rowOf(RATING, ({ endedAt }) => endedAt !== null)
      expect(row).toMatchObject({ ending: 'answered', rating: 4, answeredBy: EXTENSION, staffNo: demoOperator.staffNo })
    },
  },
  {
    family: 'ledger',
    name: 'a case, a silent call, and who gave up in the queue: each has its row; she is owed a call until she was called',
    on: ['asterisk'],
    play: async (house) => {
      const rowOf = await followLedger(house)
      const events = house.listen()
      // Whom a desk is offered did not give up in the queue.
      await house.noDesk()
      const waiting = await house.citizen({ number: ABANDONED })
      await events?.until('QueueCallerJoin', { CallerIDNum: ABANDONED })
      await waiting.hangUp()
      const { desk } = await house.openDesk()
      const owed = await rowOf(ABANDONED, ({ endedAt }) => endedAt !== null)
      expect(owed).toMatchObject({ ending: 'abandonedInQueue', outcome: null, tries: 0, rangAt: null })

      await house.citizen({ number: HELPED })
      await answer(desk)
      await fillForm(desk, '市民咨询公交线路。')
      await writeReply(desk, '可乘坐 28 路。')
      await save(desk)
      await hangUp(desk)
      const helped = await rowOf(HELPED, ({ outcome }) => outcome !== null)
      expect(helped).toMatchObject({ ending: 'answered', outcome: 'newCase', answeredBy: EXTENSION })
      expect(helped.caseId).not.toBeNull()

      await desk.keyboard.press('F5')
      await statusSays(desk, '就绪')
      const quiet = await house.citizen({ number: SILENT })
      await answer(desk)
      await desk.keyboard.press('F9')
      await desk.getByText('这通电话没有诉求').waitFor()
      await desk.keyboard.press('1')
      await desk.keyboard.press('F12')
      await quiet.ended
      const silent = await rowOf(SILENT, ({ outcome }) => outcome !== null)
      expect(silent).toMatchObject({ ending: 'answered', outcome: 'silent', caseId: null })

      const outside = await house.plainPhone('carrier')
      await askPhone(desk, 'phone.dial', { number: ABANDONED, purpose: 'citizen' })
      const call = (await outside.rung()).answer()
      await statusSays(desk, '通话中')
      await call.hangUp()
      await rowOf(ABANDONED, ({ outcome }) => outcome === 'calledBack')
    },
  },
]
