/** One desk through a shift, scene by scene; a new one is a file or an entry in shift/, named below. */
import { afterAll, beforeAll } from 'vitest'
import { answerKeyScenes } from './shift/answer-key.ts'
import { autoAnswerScenes } from './shift/auto-answer.ts'
import { certificateScenes } from './shift/certificate.ts'
import { conflictScenes } from './shift/conflicts.ts'
import { hangingScenes } from './shift/hanging.ts'
import { headsetScenes } from './shift/headset.ts'
import { knowledgeScenes } from './shift/knowledge.ts'
import { lifeScenes } from './shift/life.ts'
import { particularScenes } from './shift/particulars.ts'
import { mayScenes } from './shift/may.ts'
import { openShift, playScenes, type Scene, type Shift } from './shift.ts'
import { soundScenes } from './shift/sound.ts'
import { wholeCallScenes } from './shift/whole-call.ts'

/** In this order: the first ring of the day is one of a desk that never rang, and the last ones want other desks. */
const families: Readonly<Record<string, readonly Scene[]>> = {
  'whole call': wholeCallScenes,
  life: lifeScenes,
  particulars: particularScenes,
  conflicts: conflictScenes,
  // It publishes another version of what the first one quotes.
  knowledge: knowledgeScenes,
  hanging: hangingScenes,
  sound: soundScenes,
  headset: headsetScenes,
  may: mayScenes,
  'answer key': answerKeyScenes,
  'auto-answer': autoAnswerScenes,
  certificate: certificateScenes,
}

let shift: Shift
beforeAll(async () => {
  shift = await openShift()
})
afterAll(() => shift.stop())
playScenes(families, () => shift)
