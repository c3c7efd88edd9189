import type { CallFact } from '../../shared/call/call-fact.ts'
import { isUp, stepCall, type CallEffect, type CallEvent, type CallState } from '../../shared/call/call-machine.ts'
import { factsOfCall } from '../../shared/call/facts-of-call.ts'
import { signedOff, stepOperator, takesCalls, type OperatorEvent } from '../../shared/call/operator-status.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import { assertNever, fail, ok, type Result } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Clock } from '../../shared/ports.ts'
import type { FactQueue } from './fact-queue.ts'
import type { CallMedia } from './call-media.ts'
import type { LineState, SipEvents, SipPhone } from './sip-phone.ts'

/** What the phone needs of the world; fakes in unit tests, SIP.js and Web Audio in the app. */
export type PhoneDeps = {
  readonly clock: Clock
  readonly sip: (on: SipEvents) => SipPhone
  readonly ringer: { start(): void; stop(): void }
  readonly microphone: { open(): Promise<MediaStream>; state(): PhoneSnapshot['microphone'] }
  /** Whether a ring can be heard at all. */
  readonly sound: () => PhoneSnapshot['sound']
  readonly watch: (callId: string, peer: RTCPeerConnection, sound: MediaStream, confirmed: () => void) => CallMedia
  /** What is on its way to the store. */
  readonly facts: Pick<FactQueue, 'add' | 'waiting' | 'stalled'>
  readonly publish: (snapshot: PhoneSnapshot) => void
}

/** The phone: runs the call machine and the operator's status, and carries out their effects. */
export function createPhone({
  clock,
  sip: createSip,
  ringer,
  microphone,
  sound: soundState,
  watch,
  facts,
  publish,
}: PhoneDeps) {
  let operator = signedOff
  let call: CallState = null
  let line: LineState = 'off'
  let problem: PhoneSnapshot['problem'] = null
  let ringSound = true
  let author = ''
  let sound: MediaStream | null = null
  let media: CallMedia | null = null

  const snapshot = (): PhoneSnapshot => ({
    operator,
    call,
    line,
    problem,
    microphone: microphone.state(),
    sound: soundState(),
    author,
    untold: facts.waiting(),
    stalled: facts.stalled(),
  })
  const changed = () => publish(snapshot())
  const record = (fact: CallFact) => facts.add({ fact, author })

  function tellOperator(type: OperatorEvent['type']): void {
    operator = stepOperator(operator, { type, at: clock.now() })
  }

  /** What a step of the call means for the operator's status. */
  function followCall(before: CallState, after: CallState): void {
    if (before?.phase === after?.phase && before?.caller.callId === after?.caller.callId) return
    if (after?.phase === 'ringing') tellOperator('callRinging')
    if (after?.phase === 'answering') tellOperator('callAnswered')
    if (after?.phase !== 'ended') return
    if (after.outcome === 'rejected') tellOperator('callRejected')
    else tellOperator(before?.phase === 'ringing' ? 'callMissed' : 'callEnded')
  }

  function dispatch(event: CallEvent): void {
    const step = stepCall(call, event)
    followCall(call, step.state)
    call = step.state
    for (const effect of step.effects) perform(effect)
    changed()
  }

  function perform(effect: CallEffect): void {
    switch (effect.type) {
      case 'startRinging':
        if (ringSound) ringer.start()
        return
      case 'stopRinging':
        return ringer.stop()
      case 'acceptInvite':
        return void accept(effect.callId)
      case 'refuseInvite':
        return sip.refuse(effect.callId, effect.status)
      case 'sendBye':
        return sip.hangUp(effect.callId)
      case 'setMuted':
        return media?.setMuted(effect.muted)
      case 'releaseAudio':
        return release()
      case 'recordFact':
        return record(effect.fact)
      default:
        assertNever(effect)
    }
  }

  function release(): void {
    media?.release()
    for (const track of sound?.getTracks() ?? []) track.stop()
    media = null
    sound = null
  }

  async function accept(callId: string): Promise<void> {
    const opened = await microphone.open()
    // The citizen may have hung up while the microphone opened.
    if (!isUp(call) || call.caller.callId !== callId) {
      for (const track of opened.getTracks()) track.stop()
      return
    }
    sound = opened
    await sip.accept(callId, opened)
  }

  function established(callId: string): void {
    const peer = sip.peerConnection(callId)
    if (peer !== null && sound !== null) {
      media = watch(callId, peer, sound, () => dispatch({ type: 'mediaConfirmed', callId, at: clock.now() }))
      if (call?.muted) media.setMuted(true)
    }
    dispatch({ type: 'sessionEstablished', callId, at: clock.now() })
  }

  const sip = createSip({
    line: (state, why) => {
      line = state
      problem = why
      tellOperator(state === 'registered' ? 'registered' : 'unregistered')
      changed()
    },
    invited: (caller) => {
      // Only the queue respects the operator's status; a call that comes all the same goes on to the next.
      if (!isUp(call) && !takesCalls(operator)) return sip.refuse(caller.callId, 480)
      dispatch({ type: 'inviteArrived', caller, at: clock.now() })
    },
    established,
    over: (callId, failed) => dispatch({ type: failed ? 'sessionFailed' : 'remoteHungUp', callId, at: clock.now() }),
  })

  function press(type: 'answerPressed' | 'rejectPressed' | 'hangUpPressed', callId: string): Result<null> {
    if (!isUp(call) || call.caller.callId !== callId) return fail('illegalTransition', 'call')
    dispatch({ type, callId, at: clock.now() })
    return ok(null)
  }

  function say(type: OperatorEvent['type']): Result<null> {
    tellOperator(type)
    changed()
    return ok(null)
  }

  const handlers: Handlers<'phone'> = {
    'phone.snapshot': () => ok(snapshot()),
    'phone.stats': () => ok(media?.stats() ?? null),
    'phone.answer': ({ callId }) => press('answerPressed', callId),
    'phone.reject': ({ callId }) => press('rejectPressed', callId),
    'phone.hangUp': ({ callId }) => press('hangUpPressed', callId),
    'phone.mute': ({ callId, muted }) => {
      dispatch({ type: 'mutePressed', callId, muted, at: clock.now() })
      return ok(null)
    },
    'phone.wrapUpDone': () => say('wrapUpDone'),
    'phone.away': ({ away }) => say(away ? 'wentAway' : 'cameBack'),
    'phone.connect': async ({ line: to, server, ringSound: audible, author: staffNo }) => {
      ringSound = audible
      author = staffNo
      await sip.connect(to, server)
      return ok(null)
    },
    'phone.restore': (before) => {
      operator = stepOperator(before.operator, { type: 'unregistered', at: clock.now() })
      call = before.call
      author = before.author
      for (const fact of before.untold) facts.add(fact)
      // The one before may have died before it told these; a fact told twice changes nothing.
      if (call !== null) for (const fact of factsOfCall(call)) record(fact)
      // Its leg went with the phone that had it.
      if (isUp(call)) dispatch({ type: 'phoneFailed', callId: call.caller.callId, at: clock.now() })
      else changed()
      return ok(null)
    },
    'phone.disconnect': async () => {
      await sip.disconnect()
      // The next operator starts afresh: neither this one's call nor her wrap-up is theirs.
      if (!isUp(call)) {
        call = null
        operator = signedOff
      }
      changed()
      return ok(null)
    },
  }

  return { handlers, changed }
}
