/** The desk's book asks its file in SQL what shared/call/call-owed.ts says: both must say the same of any history. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { asksCallBack, callBackOf, type EndedCall } from '../../shared/call/call-owed.ts'
import { createCallBook } from '../../electron/store/db/call-book.ts'
import { createCalls } from '../../electron/store/db/calls.ts'
import { openFixture } from './store-fixture.ts'

type Outcome = Extract<CallFact, { kind: 'ended' }>['outcome']
type Call = EndedCall & { readonly outcome: Outcome; readonly paysBack: number | null; readonly other: boolean }

const call: fc.Arbitrary<Call> = fc.record({
  direction: fc.constantFrom('in', 'out'),
  answered: fc.boolean(),
  outcome: fc.constantFrom('completed', 'missed', 'rejected', 'failed', 'lost', 'elsewhere'),
  // The call, by its place before this one, that this one was dialled to pay.
  paysBack: fc.option(fc.nat(5)),
  // Of another citizen's number.
  other: fc.boolean(),
})
const NUMBERS = ['13800132210', '13900132210']

test('B1 B2 B3 B4 the desk’s book and the shared rule say the same of any history', async () => {
  const store = await openFixture()
  const [calls, book] = [
    createCalls(store.db, () => defaultNumberPlan),
    createCallBook(store.db, () => defaultNumberPlan),
  ]
  fc.assert(
    fc.property(fc.array(call, { maxLength: 6 }), (history) => {
      store.db.exec('DELETE FROM calls')
      const pays = history.map(({ direction, paysBack }, index) =>
        direction === 'out' && paysBack !== null && paysBack < index ? paysBack : null,
      )
      for (const [index, { direction, answered, outcome, other }] of history.entries()) {
        const [callId, at, number] = [`c${index}`, 1000 * (index + 1), NUMBERS[other ? 1 : 0] ?? '']
        const dialled = { callId, kind: 'dialled', at, number, purpose: 'citizen' } as const
        const paid = pays[index] ?? null
        const began: CallFact =
          direction === 'in'
            ? { callId, kind: 'offered', at, number, queue: '12345' }
            : paid === null
              ? dialled
              : { ...dialled, paysBack: `c${paid}` }
        calls.record(began, '1003', null)
        if (answered) calls.record({ callId, kind: 'answered', at: at + 1 }, '1003', null)
        calls.record({ callId, kind: 'ended', at: at + 2, outcome }, '1003', null)
      }
      const said = history.flatMap((one, index) => {
        if (!asksCallBack(one)) return []
        const others = history.flatMap((later, place) => {
          const paysBack = pays[place] === index
          return paysBack || (place > index && later.other === one.other) ? [{ ...later, paysBack }] : []
        })
        const { kept, tries } = callBackOf(others)
        return kept === null ? [{ callId: `c${index}`, tries }] : []
      })
      const booked = book.owed().map(({ callId, tries }) => ({ callId, tries }))
      const byId = (a: { callId: string }, b: { callId: string }) => (a.callId < b.callId ? -1 : 1)
      expect(booked.toSorted(byId)).toEqual(said)
    }),
    { numRuns: 500 },
  )
})
