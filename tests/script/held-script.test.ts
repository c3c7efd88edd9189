import { expect, test } from 'vitest'
import { holdScript } from '../../shared/script/held-script.ts'
import { shippedScript, type Script } from '../../shared/script/script.ts'
import { answered } from './live.ts'

const script = (version: number): Script => ({ ...shippedScript, version })
const hold = (before: number, now: Partial<typeof answered> = {}, said = 0) => {
  const held = holdScript(null, script(before), { live: answered, said: 0, now: 2000 })
  return holdScript(held, script(before + 1), { live: { ...answered, ...now }, said, now: 3000 }).script.version
}

test('CS13 a script that comes in a conversation waits for the next moment', () => {
  expect(hold(1)).toBe(1)
  expect(hold(1, { lastAct: 'searching', lastActAt: 2500 })).toBe(2)
  expect(hold(1, { heldSince: 2500 })).toBe(2)
  // The same moment again is another one.
  expect(hold(1, { lastActAt: 2500 })).toBe(2)
})

test('CS13 or for the next sentence', () => {
  expect(hold(1, {}, 1)).toBe(2)
})

test('CS13 outside a conversation it holds at once', () => {
  for (const live of [{ phase: null }, { phase: 'ringing' }, { phase: 'ended' }] as const) {
    const at = { live: { ...answered, ...live }, said: 0, now: 2000 }
    expect(holdScript(holdScript(null, script(1), at), script(2), at).script.version).toBe(2)
  }
})

test('CS13 CS14 the waits change with the script, not before', () => {
  const waits = { silentCall: 2, silence: 2, searchLong: 2, holdLong: 2 }
  const live = { ...answered, lastAct: 'searching', lastActAt: 2000 } as const
  const held = holdScript(null, script(1), { live, said: 0, now: 2000 })
  const next = { ...script(2), waits }
  expect(holdScript(held, next, { live, said: 0, now: 20_000 }).script.version).toBe(1)
  const taken = holdScript(held, next, { live, said: 1, now: 20_000 })
  expect(taken.script.version).toBe(2)
  expect(holdScript(taken, script(3), { live, said: 1, now: 21_000 }).script.version).toBe(2)
})
