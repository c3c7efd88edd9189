import { expect, test } from 'vitest'
import { playedCall, playedStages, PLAYED_NOW } from '../../shared/script/played.ts'
import { findPrompt, promptFor } from '../../shared/script/prompt.ts'
import { isSpoken, moments, shippedScript, type Moment, type ScriptBody } from '../../shared/script/script.ts'

const speaking = (stage: Moment, body: ScriptBody = shippedScript) => ({
  ...{ script: { ...body, version: 0 }, live: playedCall(stage), said: [], kind: null, filling: {} },
  ...({ tongue: 'zh', language: 'zh', now: PLAYED_NOW } as const),
})

test('CS12 every moment of a script is a stage of the played call, once', () => {
  expect(playedStages.toSorted()).toEqual(moments.toSorted())
})

test.each(playedStages)('CS12 the stage %s leads to its moment, with words of it', (stage) => {
  const { moment, sentence, say } = promptFor(speaking(stage))
  expect([moment, sentence !== null]).toEqual([stage, isSpoken(stage)])
  expect(shippedScript.sentences.filter(({ when }) => when === stage).length).toBeGreaterThan(0)
  expect(say).not.toBe('')
})

test('CS12 a moment that has no words yet falls back on what it interrupts, or has no prompt', () => {
  const without = (stage: Moment) => ({
    ...shippedScript,
    sentences: shippedScript.sentences.filter(({ when }) => when !== stage),
  })
  expect(findPrompt(speaking('silence', without('silence')))?.moment).toBe('listening')
  expect(findPrompt(speaking('idle', without('idle')))).toBeNull()
})
