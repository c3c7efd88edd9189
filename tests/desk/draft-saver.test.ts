import { array, assert, asyncProperty, boolean, constant, constantFrom, integer, oneof, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDraftSaver, RETRY, WAIT, type DraftContent } from '../../renderer/desk/stores/draft-saver.ts'
import { emptyForm } from '../../shared/case/case-form.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'

type Timer = { at: number; act: () => void; done: boolean }
type Flight = { content: DraftContent; at: number; answer: (result: Result<unknown>) => Promise<void> }

/** A saver on a hand-wound clock and a store that answers when told. */
function bench() {
  let now = 0
  const timers: Timer[] = []
  const flights: Flight[] = []
  const signs: string[] = []
  const saver = createDraftSaver({
    nameOf: ({ caseId }) => caseId,
    save: (content) =>
      new Promise((resolve) => {
        const answer = async (result: Result<unknown>) => {
          resolve(result)
          for (let turn = 0; turn < 5; turn++) await Promise.resolve()
        }
        flights.push({ content, at: now, answer })
      }),
    show: (_caseId, { state, code }) => signs.push(code ? `${state}:${code}` : state),
    after: (ms, act) => {
      const timer = { at: now + ms, act, done: false }
      timers.push(timer)
      return () => (timer.done = true)
    },
  })
  const pass = (ms: number) => {
    const until = now + ms
    for (;;) {
      const next = timers.filter(({ done, at }) => !done && at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (!next) break
      now = next.at
      next.done = true
      next.act()
    }
    now = until
  }
  const type = (content: string, caseId = 'a') =>
    saver.change({ caseId, callId: null, form: { ...emptyForm(), content }, startedAt: 0, author: '1003' })
  return { saver, flights, signs, pass, type, at: () => now }
}

const texts = (flights: Flight[]) => flights.map(({ content }) => content.form.content)

describe('the draft saver', () => {
  test('D1 typing without a pause is saved all the while, never more than WAIT behind', () => {
    const { flights, pass, type } = bench()
    type('1')
    for (let n = 2; n <= 10; n++) {
      pass(50)
      type('1'.repeat(n))
    }
    expect(flights).toHaveLength(1)
    expect(flights[0]).toMatchObject({ at: WAIT })
    expect(texts(flights)).toEqual(['1111'])
  })

  test('D1 the whole wait is within the promise of 300 ms, with room for the commit', () => {
    expect(WAIT).toBeLessThanOrEqual(250)
  })

  test('D2 changes during a save are gathered; the newest goes when it is answered and due', async () => {
    const { flights, pass, type } = bench()
    type('a')
    pass(WAIT)
    type('ab')
    type('abc')
    pass(WAIT * 3)
    expect(texts(flights)).toEqual(['a'])
    await flights[0]?.answer(ok(null))
    expect(texts(flights)).toEqual(['a', 'abc'])
  })

  test('D2 an answer before the change is due does not send it early', async () => {
    const { flights, pass, type } = bench()
    type('a')
    pass(WAIT)
    type('ab')
    await flights[0]?.answer(ok(null))
    expect(flights).toHaveLength(1)
    pass(WAIT)
    expect(texts(flights)).toEqual(['a', 'ab'])
  })

  test('D3 saved is said only after the answer, and only for the newest change', async () => {
    const { flights, signs, pass, type } = bench()
    type('a')
    pass(WAIT)
    expect(signs).toEqual(['saving'])
    type('ab')
    await flights[0]?.answer(ok(null))
    expect(signs).toEqual(['saving', 'saving'])
    pass(WAIT)
    await flights[1]?.answer(ok(null))
    expect(signs.at(-1)).toBe('saved')
  })

  test('D4 a refused save is sent again when the store is up', async () => {
    const { saver, flights, signs, pass, type } = bench()
    type('a')
    pass(WAIT)
    await flights[0]?.answer(fail('storeDown'))
    expect(signs.at(-1)).toBe('stalled:storeDown')
    saver.resume()
    expect(texts(flights)).toEqual(['a', 'a'])
    await flights[1]?.answer(ok(null))
    expect(signs.at(-1)).toBe('saved')
    expect(saver.pending('a')).toBeNull()
  })

  test('D4 and without a word of the store again and again', async () => {
    const { flights, pass, type } = bench()
    type('a')
    pass(WAIT)
    await flights[0]?.answer(fail('storeDown'))
    pass(RETRY)
    await flights[1]?.answer(fail('diskFull'))
    pass(RETRY)
    expect(texts(flights)).toEqual(['a', 'a', 'a'])
  })

  test('D4 and with the next change, in its newest form', async () => {
    const { flights, pass, type } = bench()
    type('a')
    pass(WAIT)
    await flights[0]?.answer(fail('storeDown'))
    type('ab')
    pass(WAIT)
    expect(texts(flights)).toEqual(['a', 'ab'])
  })

  test('D4 a change that fell due while two saves were in flight, the first of them refused', async () => {
    const { saver, flights, pass, type } = bench()
    for (const text of ['a', 'ab']) {
      type(text)
      saver.flush()
    }
    type('abc')
    pass(WAIT)
    await flights[0]?.answer(fail('storeDown'))
    await flights[1]?.answer(ok(null))
    expect(texts(flights)).toEqual(['a', 'ab', 'abc'])
  })

  test('D5 a save that never ends holds up no other draft', () => {
    const { flights, pass, type } = bench()
    type('a', 'one')
    pass(WAIT)
    type('b', 'two')
    pass(WAIT)
    expect(texts(flights)).toEqual(['a', 'b'])
  })

  test('a window that goes sends at once what waits, even behind a save in flight', () => {
    const { saver, flights, pass, type } = bench()
    type('a')
    pass(WAIT)
    type('ab')
    saver.flush()
    expect(texts(flights)).toEqual(['a', 'ab'])
  })

  test('a draft that is let go waits for its save in flight, and is sent no more', async () => {
    const { saver, flights, pass, type } = bench()
    type('a')
    pass(WAIT)
    type('ab')
    let gone = false
    const going = saver.forget('a').then(() => (gone = true))
    await Promise.resolve()
    expect(gone).toBe(false)
    await flights[0]?.answer(fail('storeDown'))
    await going
    pass(RETRY * 2)
    expect(flights).toHaveLength(1)
  })

  test('whatever the store does, the last word typed is the last word saved', async () => {
    const step = oneof(
      record({ do: constant('type' as const) }),
      record({ do: constant('pass' as const), ms: integer({ min: 1, max: 500 }) }),
      record({ do: constant('answer' as const), good: boolean() }),
      record({ do: constantFrom('flush' as const, 'resume' as const) }),
    )
    const checked = assert(
      asyncProperty(array(step, { maxLength: 60 }), async (steps) => {
        const { saver, flights, signs, pass, type } = bench()
        let stored = ''
        let typed = 0
        let answered = 0
        const answer = async (good: boolean) => {
          const flight = flights[answered]
          if (!flight) return
          answered += 1
          // IPC keeps the order, so the store commits in the order of the sending.
          if (good) stored = flight.content.form.content
          await flight.answer(good ? ok(null) : fail('storeDown'))
        }
        for (const each of steps) {
          if (each.do === 'type') type(String((typed += 1)))
          else if (each.do === 'pass') pass(each.ms)
          else if (each.do === 'answer') await answer(each.good)
          else saver[each.do]()
          if (signs.at(-1) === 'saved' && stored !== String(typed)) return false
        }
        for (let turn = 0; turn < 10 || answered < flights.length; turn++) {
          pass(RETRY)
          await answer(true)
        }
        return typed === 0 || (stored === String(typed) && signs.at(-1) === 'saved')
      }),
      { numRuns: 2000 },
    )
    await expect(checked).resolves.toBeUndefined()
  })
})
