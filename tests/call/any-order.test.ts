/** The rules of the lines, whatever happens in whatever order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { callsUp, noLines, type LineEffect } from '../../shared/call/lines.ts'
import { isAnswered, isHeld } from '../../shared/call/call.ts'
import { isWithOperator } from '../../shared/call/ended-by-key.ts'
import { citizen, consulting, desk, dial, held, invite, on, plain, press, refused } from './support/line-events.ts'

const callIds = fc.constantFrom('a', 'b', 'c', 'x')
const anyEvent: fc.Arbitrary<LineEvent> = fc.oneof(
  callIds.map((callId) => invite(callId)),
  fc.tuple(callIds, fc.constantFrom('citizen', 'consult', 'handOver', 'emergency')).map(([id, what]) => dial(id, what)),
  fc.tuple(fc.constantFrom(...plain), callIds).map(([type, callId]) => on(type, callId)),
  fc.tuple(callIds, fc.boolean(), fc.boolean()).map(([callId, is, took]) => held(callId, is, took)),
  fc.constantFrom(...desk).map((type) => press(type)),
  fc.tuple(callIds, fc.boolean()).map(([callId, muted]) => ({ type: 'mutePressed', callId, muted, at: 5 }) as const),
  fc.constant(refused),
)

/** Who hears the operator by what the effects said: a call is heard both ways until it is told otherwise. */
function listen(open: Map<string, boolean>, effects: readonly LineEffect[]): void {
  for (const effect of effects) {
    if (effect.type === 'setSound') open.set(effect.callId, effect.mic || effect.ear)
    if (effect.type === 'releaseAudio') open.delete(effect.callId)
    if (effect.type === 'acceptInvite' || effect.type === 'dial') open.set(effect.callId, true)
  }
}

/** Chance alone seldom gets this far. */
const beginnings: readonly (readonly LineEvent[])[] = [
  [],
  citizen,
  [...citizen, invite('b'), on('answerPressed', 'b'), held('a'), on('sessionEstablished', 'b')],
  consulting('consult'),
  [...consulting('consult'), press('joinPressed'), held('a', false)],
  consulting('handOver'),
  consulting('emergency'),
]

test('L1 to L12 hold for whatever happens in whatever order', () => {
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), fc.array(anyEvent, { maxLength: 60 }), (beginning, then) => {
      let lines = noLines
      let dialledFor: string | undefined
      const open = new Map<string, boolean>()
      let ringing = false
      let knocking = false
      const balance = new Map<string, number>()
      for (const event of [...beginning, ...then]) {
        const step = stepLines(lines, event)
        if (lines.beside?.caller.callId !== step.lines.beside?.caller.callId)
          dialledFor = step.lines.call?.caller.callId
        lines = step.lines
        listen(open, step.effects)
        for (const effect of step.effects) {
          if (effect.type === 'complete' || effect.type === 'join') expect(effect.callId).toBe(dialledFor)
          if (effect.type === 'startRinging') ringing = true
          // As the phone does: of a call in another place the ring is none of its business.
          if (effect.type === 'stopRinging' && lines.call?.caller.callId === effect.callId) ringing = false
          if (effect.type === 'startKnocking') knocking = true
          if (effect.type === 'stopKnocking') knocking = false
          if (effect.type !== 'recordFact') continue
          const { callId, kind } = effect.fact
          const change = kind === 'ended' ? -1 : kind === 'offered' || kind === 'dialled' ? 1 : 0
          balance.set(callId, (balance.get(callId) ?? 0) + change)
        }
        const up = callsUp(lines)
        const spoken = up.filter(isWithOperator)
        expect(new Set(up.map(({ caller: { callId } }) => callId)).size).toBe(up.length)
        expect(spoken.length).toBeLessThanOrEqual(lines.joined ? 2 : 1)
        if (lines.joined) {
          expect([isAnswered(lines.call), isAnswered(lines.beside)]).toEqual([true, true])
          const isAside = [lines.call, lines.beside].some((one) => one !== null && isHeld(one) && !one.hold.busy)
          expect(isAside).toBe(false)
        }
        if (lines.completing !== null) expect(isAnswered(lines.call)).toBe(true)
        for (const call of up) {
          if (isAnswered(call)) expect(open.get(call.caller.callId)).toBe(!isHeld(call))
          if (call.phase === 'ending') expect(open.get(call.caller.callId)).toBe(false)
        }
        expect(ringing).toBe(lines.call?.phase === 'ringing')
        expect(knocking).toBe(lines.other?.phase === 'ringing')
        for (const [callId, many] of balance)
          expect(many).toBe(up.some(({ caller: { callId: id } }) => id === callId) ? 1 : 0)
      }
    }),
    { numRuns: 2000 },
  )
})
