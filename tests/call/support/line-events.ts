/** Events of calls beside each other, and what they do one after the other. */
import { stepLines, type LineEvent } from '../../../shared/call/call-lines.ts'
import { noLines, type LineEffect, type Lines } from '../../../shared/call/lines.ts'
import type { CallPurpose } from '../../../shared/call/call-fact.ts'

export const caller = (callId: string) => ({ callId, number: callId, name: '', queue: '12345' })
export const invite = (callId: string): LineEvent => ({ type: 'inviteArrived', caller: caller(callId), at: 1 })
export const dial = (callId: string, purpose: CallPurpose): LineEvent => ({
  type: 'dialled',
  caller: caller(callId),
  purpose,
  at: 1,
})
export const plain = [
  'answerPressed',
  'rejectPressed',
  'hangUpPressed',
  'holdPressed',
  'resumePressed',
  'rangThere',
  'sessionEstablished',
  'mediaConfirmed',
  'sessionFailed',
  'remoteHungUp',
] as const
export const on = (type: (typeof plain)[number], callId: string): LineEvent => ({ type, callId, at: 2 })
export const held = (callId: string, is = true, took = true): LineEvent => ({
  type: 'holdSettled',
  callId,
  held: is,
  ok: took,
  at: 3,
})
export const desk = ['swapPressed', 'joinPressed', 'splitPressed', 'completePressed', 'completed'] as const
export const press = (type: (typeof desk)[number]): LineEvent => ({ type, at: 4 })
export const refused: LineEvent = { type: 'completeRefused', status: 503, at: 4 }

export function run(...events: LineEvent[]): { lines: Lines; effects: LineEffect[]; last: readonly LineEffect[] } {
  let lines = noLines
  const effects: LineEffect[] = []
  let last: readonly LineEffect[] = []
  for (const event of events) {
    const step = stepLines(lines, event)
    lines = step.lines
    last = step.effects
    effects.push(...last)
  }
  return { lines, effects, last }
}

export const kinds = (effects: readonly LineEffect[]) => effects.map(({ type }) => type)
export const factsOf = (effects: readonly LineEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'recordFact' ? [`${effect.fact.callId} ${effect.fact.kind}`] : []))
export const talkingTo = (callId: string) => [on('answerPressed', callId), on('sessionEstablished', callId)]
/** A citizen who is spoken with. */
export const citizen = [invite('a'), ...talkingTo('a')]
/** A colleague who answered, while the citizen is held. */
export const consulting = (purpose: CallPurpose) => [
  ...citizen,
  dial('x', purpose),
  held('a'),
  on('sessionEstablished', 'x'),
]
