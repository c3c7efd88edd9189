import type { CallFact } from '../../shared/call/call-fact.ts'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { isAnyUp, noLines, slotOf, type LineEffect, type Lines } from '../../shared/call/lines.ts'
import { isRingingThere } from '../../shared/call/before-answer.ts'
import type { CallState } from '../../shared/call/call.ts'
import {
  signedOff,
  stepOperator,
  takesCalls,
  type AwayReason,
  type OperatorEvent,
} from '../../shared/call/operator-status.ts'
import { unheardFacts } from '../../shared/call/facts-of-call.ts'
import { onWire } from '../../shared/call/on-wire.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import { assertNever, fail, ok, type Result } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import { createCallCare, hardEvent } from './call-care.ts'
import { createCallSounds } from './call-sounds.ts'
import { createEchoTest } from './echo-test.ts'
import { createLineHandlers } from './line-handlers.ts'
import type { SoundHandlers } from './sound-handlers.ts'
import type { PhoneDeps } from './phone-deps.ts'
import { noRules } from './phone-rules.ts'
import { createBackOff } from './back-off.ts'
import { createQueueCodes, queueWanted } from './queue-codes.ts'
import { strongRandom } from './strong-random.ts'
import { takeUp } from './take-up.ts'
import { createUntaken } from './untaken.ts'
import { statusEvent } from './status-event.ts'
import type { LineState } from './sip-ports.ts'

/** The phone: runs the calls of the desk and the operator's status, and carries out their effects. */
export function createPhone({ clock, ids, sip: createSip, tones, microphone, facts, publish, ...world }: PhoneDeps) {
  const sounds = createCallSounds({ microphone, watch: world.watch, join: world.join })
  let operator = signedOff
  let lines: Lines = noLines
  let line: LineState = 'off'
  let problem: PhoneSnapshot['problem'] = null
  let rules = noRules
  /** While somebody signs out her status is no news to the queue. */
  let leaving = false

  const snapshot = (): PhoneSnapshot => ({
    operator,
    wrapUpSeconds: rules.wrapUpSeconds,
    queue: queue.word(),
    canPause: care.canPause(),
    autoAnswerAt: world.autoAnswerAt(),
    echo: echo.shown(),
    echoNumber: rules.echoTest,
    untaken: untaken.shown(),
    ...lines,
    line,
    problem,
    microphone: microphone.state(),
    sound: world.sound(),
    author: rules.author,
    untold: facts.waiting(),
    stalled: facts.stalled(),
  })
  const queue = createQueueCodes({
    send: (code) => sip.feature(code),
    changed: () => publish(snapshot()),
    again: createBackOff(strongRandom),
  })
  const changed = () => {
    if (!leaving) queue.want(queueWanted(operator, isAnyUp(lines)))
    publish(snapshot())
  }
  function record(fact: CallFact): void {
    facts.add({ fact, author: rules.author })
    const hard = hardEvent(fact)
    if (hard !== null) operator = stepOperator(operator, { ...hard, at: clock.now() })
  }

  function tellOperator(type: OperatorEvent['type'], reason?: AwayReason): void {
    operator = stepOperator(operator, { type, at: clock.now(), reason })
  }

  /** Answers whether the event meant anything to the calls as they stand. */
  function dispatch(event: LineEvent): boolean {
    const before = lines
    const step = stepLines(lines, event)
    lines = step.lines
    const told = statusEvent(before, lines)
    if (told !== null) tellOperator(told)
    for (const effect of step.effects) perform(effect)
    // C15: while it rings at somebody's the operator hears it.
    tones.ringBack[[lines.call, lines.beside].some(isRingingThere) ? 'start' : 'stop']()
    changed()
    return lines !== before || step.effects.length > 0
  }

  function perform(effect: LineEffect): void {
    switch (effect.type) {
      case 'startRinging':
        return rules.ringSound ? tones.ring.start() : undefined
      case 'stopRinging':
        return slotOf(lines, effect.callId) === 'call' ? tones.ring.stop() : undefined
      case 'startKnocking':
        return rules.ringSound ? tones.knock.start() : undefined
      case 'stopKnocking':
        return tones.knock.stop()
      case 'acceptInvite':
        return void accept(effect.callId)
      case 'dial':
        return void dial(effect.callId, effect.number)
      case 'refuseInvite':
        return sip.refuse(effect.callId, effect.status)
      case 'sendBye':
        return sip.hangUp(effect.callId)
      case 'hold':
        return void hold(effect.callId, effect.held)
      case 'setSound':
        return sounds.hear(effect.callId, effect)
      case 'releaseAudio':
        return release(effect.callId)
      case 'join':
        return sounds.join(effect.callId, effect.besideId)
      case 'split':
        return sounds.split()
      case 'complete':
        return void complete(effect.callId, effect.besideId)
      case 'recordFact':
        return record(effect.fact)
      default:
        assertNever(effect)
    }
  }

  function release(callId: string): void {
    const sounded = sounds.release(callId)
    if (sounded !== null) record({ callId, kind: 'quality', at: clock.now(), ...sounded })
  }

  function callOf(callId: string): CallState {
    const slot = slotOf(lines, callId)
    return slot === null ? null : lines[slot]
  }

  async function accept(callId: string): Promise<void> {
    const sound = await sounds.open(callId, () => callOf(callId)?.phase === 'answering')
    if (sound !== null) await sip.accept(callId, sound)
  }

  async function dial(callId: string, number: string): Promise<void> {
    const sound = await sounds.open(callId, () => callOf(callId)?.phase === 'dialling')
    if (sound !== null) return sip.dial(callId, onWire(number, rules.numberPlan, rules.dialRules), sound)
    // Given up before the microphone opened: nobody was rung, and there is nothing to wait for.
    dispatch({ type: 'sessionFailed', callId, at: clock.now() })
  }

  async function hold(callId: string, held: boolean): Promise<void> {
    const done = await sip.hold(callId, held)
    dispatch({ type: 'holdSettled', callId, held, ok: done, at: clock.now() })
  }

  async function complete(callId: string, besideId: string): Promise<void> {
    await care.letGo(callId)
    const how = await sip.complete(callId, besideId)
    const at = clock.now()
    dispatch(how === 'done' ? { type: 'completed', at } : { type: 'completeRefused', status: how, at })
  }

  /** C18: an echo that speaks before it answers is not listened to. */
  function early(callId: string): void {
    const peer = sip.peerConnection(callId)
    if (peer === null || echo.owns(callId)) return
    sounds.early(callId, peer, (flows) => dispatch({ type: 'earlySound', callId, flows, at: clock.now() }))
  }

  function established(callId: string): void {
    const peer = sip.peerConnection(callId)
    if (peer !== null) sounds.begin(callId, peer, () => dispatch({ type: 'mediaConfirmed', callId, at: clock.now() }))
    dispatch({ type: 'sessionEstablished', callId, at: clock.now() })
  }

  const sip = createSip({
    line: (state, why) => {
      line = state
      problem = why
      if (state !== 'registered') queue.forget()
      tellOperator(state === 'registered' ? 'registered' : 'unregistered')
      changed()
    },
    invited: (caller) => {
      echo.stop()
      // Only the queue respects the operator's status; a call that comes all the same goes on to the next.
      if (!isAnyUp(lines) && (leaving || !takesCalls(operator))) {
        sip.refuse(caller.callId, 480)
        return unheardFacts(caller, clock.now()).forEach(record)
      }
      untaken.forget()
      dispatch({ type: 'inviteArrived', caller, at: clock.now() })
    },
    untaken: (caller, why) => untaken.refused(caller, why),
    told: (callId, header) => care.told(callId, header),
    rangThere: (callId) => void dispatch({ type: 'rangThere', callId, at: clock.now() }),
    early,
    established: (callId) => (echo.owns(callId) ? echo.established(callId) : established(callId)),
    over: (callId, failed, status, elsewhere = false) => {
      if (echo.owns(callId)) return echo.over(callId, failed, status)
      const at = clock.now()
      if (failed) dispatch({ type: 'sessionFailed', callId, status, at })
      else dispatch({ type: elsewhere ? 'answeredElsewhere' : 'remoteHungUp', callId, at })
    },
  })

  const untaken = createUntaken({ clock, record, changed })
  const echo = createEchoTest({ ...world.echo, sip, microphone, watch: world.watch, ids, changed })
  const care = createCallCare({
    clock,
    callOf,
    dispatch,
    sendTones: (callId, code) => sip.sendTones(callId, code, rules.tones),
  })

  const { handlers: lineHandlers, press } = createLineHandlers(clock, dispatch)

  function say(type: OperatorEvent['type'], reason?: AwayReason): Result<null> {
    tellOperator(type, reason)
    changed()
    return ok(null)
  }

  const at = () => clock.now()
  const handlers: Omit<Handlers<'phone'>, keyof SoundHandlers | 'phone.autoAnswer' | 'phone.watch'> = {
    ...care.handlers,
    ...lineHandlers,
    'phone.snapshot': () => ok(snapshot()),
    'phone.stats': () => ok(lines.call === null ? null : sounds.stats(lines.call.caller.callId)),
    'phone.dial': ({ number, purpose, paysBack }) => {
      if (line !== 'registered') return fail('phoneDown', 'line')
      echo.stop()
      const caller = { callId: ids.next(), number, name: '', queue: '' }
      const dialled = press({ type: 'dialled', caller, purpose, paysBack, at: at() })
      return dialled.ok ? ok({ callId: caller.callId }) : dialled
    },
    'phone.tones': async ({ callId, tones: keys }) =>
      (await sip.sendTones(callId, keys, rules.tones)) ? ok(null) : fail('illegalTransition', 'call'),
    'phone.echoTest': ({ on }) => {
      if (!on) echo.clear()
      else if (rules.echoTest === null || line !== 'registered') return fail('phoneDown', 'line')
      else if (isAnyUp(lines)) return fail('illegalTransition', 'call')
      else void echo.start(rules.echoTest)
      return ok(null)
    },
    'phone.wrapUpDone': () => say('wrapUpDone'),
    'phone.extendWrapUp': () => say('wrapUpExtended'),
    'phone.away': ({ reason }) => {
      if (reason === null) return say('cameBack')
      return rules.author === '' ? fail('notSignedIn') : say('wentAway', reason)
    },
    'phone.connect': async (to) => {
      rules = to
      queue.use(to.queue)
      care.use(to.recording)
      untaken.forget()
      await sip.connect(to.line, to.servers, to.iceServers, to.codecs)
      return ok(null)
    },
    'phone.restore': (before) => {
      operator = stepOperator(before.operator, { type: 'unregistered', at: at() })
      const left = takeUp(before)
      lines = left.lines
      rules = { ...rules, wrapUpSeconds: before.wrapUpSeconds, author: before.author }
      for (const fact of before.untold) facts.add(fact)
      left.facts.forEach(record)
      // Their legs went with the phone that had them.
      for (const callId of left.up) dispatch({ type: 'phoneFailed', callId, at: at() })
      if (left.up.length === 0) changed()
      return ok(null)
    },
    'phone.checkLink': () => {
      sip.doubt()
      return ok(null)
    },
    'phone.disconnect': async () => {
      leaving = true
      echo.clear()
      if (line === 'registered') await queue.leave()
      await sip.disconnect()
      leaving = false
      // The next operator starts afresh: neither this one's call nor her wrap-up is theirs.
      if (!isAnyUp(lines)) {
        lines = noLines
        operator = signedOff
        rules = { ...rules, author: '' }
      }
      changed()
      return ok(null)
    },
  }

  return { handlers, changed }
}
