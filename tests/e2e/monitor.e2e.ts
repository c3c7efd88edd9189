/** The monitor's desk and an operator's through a shift, scene by scene. */
import { afterAll, beforeAll, test } from 'vitest'
import { ledgerScenes } from './monitor/ledger.ts'
import { manyCallScenes } from './monitor/many-calls.ts'
import { workScenes } from './monitor/work.ts'
import { openShift, type Scene, type Shift } from './shift.ts'

/** In this order: the first one counts the calls of the day, and the last one leaves a case open at both desks. */
const scenes: readonly Scene[] = [...ledgerScenes, ...manyCallScenes, ...workScenes]

let shift: Shift
beforeAll(async () => {
  shift = await openShift()
})
afterAll(() => shift.stop())
for (const { name, play } of scenes) test(name, () => play(shift))
