/** The calls without an outcome, at the desk of who leads the shift. */
import { expect, test } from 'vitest'
import { perform } from '../../renderer/desk/actions.ts'
import {
  beginLink,
  beginName,
  callLegBack,
  chosenLeg,
  clearLedger,
  editDraft,
  loadLedger,
  moveLeg,
  sendWord,
  useLedger,
} from '../../renderer/desk/ledger/ledger-store.ts'
import { usePanels } from '../../renderer/desk/stores/panel-store.ts'
import { useSession } from '../../renderer/desk/stores/session-store.ts'
import { must } from '../../shared/errors.ts'
import { legOf } from './fake-ledger.ts'
import { rest } from './fake-window.ts'
import { openDesk } from './open-desk.ts'

const NOW = 1_763_900_000_000
const { world } = openDesk(() => {
  clearLedger()
  world.ledger.fault = null
  world.ledger.rows = [legOf(40, NOW), legOf(12, NOW, { tries: 2 }), legOf(3, NOW, { number: '' })]
})

function seat(role: 'monitor' | 'operator'): void {
  const session = must(world.session, 'a session')
  useSession.setState({ session: { ...session, operator: { ...session.operator, role } } })
}
const asked = (name: string) => world.calls.filter((call) => call.name === name).map(({ input }) => input)
const legs = () => useLedger.getState().rows?.map(({ leg }) => leg)

test('the count is what central pushed, and a key opens the list for monitors alone', () => {
  seat('operator')
  perform('ledger')
  expect(usePanels.getState().ledger).toBe(false)
  seat('monitor')
  perform('ledger')
  expect(usePanels.getState().ledger).toBe(true)
  world.emit('ledger.changed', { open: 7 })
  expect(useLedger.getState().open).toBe(7)
  expect(asked('ledger.list')).toEqual([])
})

test('a call back pays the leg by its name; a number that was withheld cannot be called', async () => {
  await loadLedger()
  expect(callLegBack()).toBe(true)
  await rest()
  expect(asked('phone.dial')).toEqual([{ number: '13800132240', purpose: 'citizen', paysBack: 'leg-40' }])
  moveLeg(2)
  expect(callLegBack()).toBe(false)
  expect(useLedger.getState().note).toBe('hidden')
})

test('a leg is linked to a case by its number; one that nobody knows is said, and the words stay', async () => {
  await loadLedger()
  beginLink()
  editDraft({ act: 'link', caseNo: 'JM20261123-A1-9999' })
  await sendWord()
  expect(useLedger.getState()).toMatchObject({ note: 'unknownCase', draft: { caseNo: 'JM20261123-A1-9999' } })
  editDraft({ act: 'link', caseNo: ' JM20261123-A1-0007 ' })
  await sendWord()
  expect(asked('ledger.settle').at(-1)).toEqual({ exchange: 'hall', leg: 'leg-40', caseNo: 'JM20261123-A1-0007' })
  expect(legs()).toEqual(['leg-12', 'leg-3'])
  expect(useLedger.getState()).toMatchObject({ note: 'settled', draft: null, open: 2 })
})

test('an outcome needs its reason; then the leg leaves, and the next one is chosen', async () => {
  await loadLedger()
  moveLeg(1)
  beginName()
  editDraft({ act: 'name', outcome: 'silent', reason: '  ' })
  await sendWord()
  expect(useLedger.getState().note).toBe('noReason')
  expect(asked('ledger.settle')).toEqual([])
  editDraft({ act: 'name', outcome: 'silent', reason: '听了录音，无人说话' })
  await sendWord()
  expect(asked('ledger.settle')).toEqual([
    { exchange: 'hall', leg: 'leg-12', outcome: 'silent', reason: '听了录音，无人说话' },
  ])
  expect(chosenLeg(useLedger.getState())?.leg).toBe('leg-3')
})

test('while central is away it is said, and what was written stays', async () => {
  await loadLedger()
  beginName()
  const draft = { act: 'name', outcome: 'settledByHand', reason: '线路测试' } as const
  editDraft(draft)
  world.ledger.fault = { code: 'centralUnreachable' }
  await sendWord()
  expect(useLedger.getState()).toMatchObject({ draft, failure: { code: 'centralUnreachable' } })
})

test('who signs in next sees nothing of it', async () => {
  await loadLedger()
  clearLedger()
  expect(useLedger.getState()).toMatchObject({ rows: null, open: null })
  expect(usePanels.getState().ledger).toBe(false)
})
