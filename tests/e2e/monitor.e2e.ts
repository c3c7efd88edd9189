/** The monitor's desk and an operator's through a shift, scene by scene. */
import { afterAll, beforeAll } from 'vitest'
import { ledgerScenes } from './monitor/ledger.ts'
import { manyCallScenes } from './monitor/many-calls.ts'
import { workScenes } from './monitor/work.ts'
import { openShift, playScenes, type Scene, type Shift } from './shift.ts'

/** In this order: the first one counts the calls of the day, the second what its desk told, and the last one leaves a case open at both. */
const families: Readonly<Record<string, readonly Scene[]>> = {
  ledger: ledgerScenes,
  'many calls': manyCallScenes,
  work: workScenes,
}

let shift: Shift
beforeAll(async () => {
  shift = await openShift()
})
afterAll(() => shift.stop())
playScenes(families, () => shift)
