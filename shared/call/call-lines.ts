/**
 * The calls of one desk beside each other: the citizen's in front, whose case is on the screen; another citizen's, who
 * knocks or waits; and one beside them, to ask or to hand over. Pure functions over stepCall (call-machine.ts).
 *
 * L1  The operator's voice is with one call at a time, except with the two that she joined: to answer, dial or take
 *     back one is to hold the others first.
 * L2  There is room for two citizens, and for one call that is dialled beside the one in front; an invitation for which
 *     there is no room, or that comes while somebody is asked, is answered busy (486).
 * L3  A citizen who comes while another is spoken with knocks, and does not ring; refused, she hears busy (486).
 *     Whoever is answered comes to the front.
 * L4  When the call in front ends, the other comes to the front; one that still knocked rings from then on. While
 *     somebody is asked the front does not change: a call beside is for her who was in front when it was dialled.
 * L5  A call beside that nobody answers, or that ends, gives the citizen back: she is taken off hold.
 * L6  The citizen is let go only when the exchange has said that she is with the other one; until then both stay.
 * L7  To hand over is to complete as soon as somebody answers; an emergency service is joined as soon as it answers,
 *     and the operator stays until she completes.
 * L8  Where the citizen hangs up while somebody is rung for her, that call is given up; whoever answered already is
 *     spoken with until one of the two hangs up.
 * L9  Muted, the operator is heard by nobody: the citizen in front and the call beside hers are muted alike.
 * L10 A citizen whose leg ends while the exchange is asked was put through where the other leg ends as well, and has
 *     hung up where that is still there two seconds later or the exchange refuses: her end is told only then
 *     (renderer/phone/sip-transfer.ts), and an attempt that failed before it.
 * L11 Joined are two that both are taken back: where the exchange does not take one of them back, they are parted, and
 *     who was not taken back is shown held.
 * L12 A direct call, which no queue offers to somebody else, leaves its trace also where it is refused without a ring: it
 *     is told as offered and missed (facts-of-call.ts).
 * L13 A hang-up ends whom the operator speaks with, or the citizen whom she held herself while nobody else is answered;
 *     never one who was put `aside` to speak with somebody else: a key pressed once more would end her (ended-by-key.ts).
 */
import { stepCall, type CallEvent } from './call-machine.ts'
import { isAnswered, isHeld, isUp, type CallState } from './call.ts'
import { unheardFacts } from './facts-of-call.ts'
import { Course } from './line-course.ts'
import { callsUp, idOf, isAnyUp, noLines, slotOf, type Lines, type LineStep, type Slot } from './lines.ts'

export type LineEvent =
  | CallEvent
  | { readonly type: 'swapPressed' | 'joinPressed' | 'splitPressed' | 'completePressed'; readonly at: number }
  | { readonly type: 'completed'; readonly at: number }
  | { readonly type: 'completeRefused'; readonly status: number; readonly at: number }

/** What follows from how the calls stand now, whatever led there (L4, L5, L7, L11). */
function follow(course: Course, before: Lines, at: number): void {
  const endedNow = (slot: Slot) => isUp(before[slot]) && !isUp(course.lines[slot])
  const isAside = (call: CallState) => !isAnswered(call) || (isHeld(call) && !call.hold.busy)
  if (isAside(course.lines.call) || isAside(course.lines.beside)) course.split()
  if (course.lines.completing !== null && !isAnswered(course.lines.call)) course.set({ completing: null })
  if (endedNow('other')) {
    course.do({ type: 'stopKnocking', callId: idOf(before.other) })
    course.set({ other: null })
  }
  // Given up by her or hung up there: the citizen is taken back, unless she is being put through just now.
  if (endedNow('beside')) {
    if (course.lines.completing === null) course.resume('call', at)
    // One that was answered leaves nothing to say.
    if (course.lines.beside?.answeredAt !== null) course.set({ beside: null })
  }
  if (endedNow('call')) outlive(course, at)
  if (!isUp(course.lines.call) && isUp(course.lines.other) && !isUp(course.lines.beside)) {
    const { other } = course.lines
    const callId = idOf(other)
    course.set({ call: other, other: null })
    if (other.phase === 'ringing') course.do({ type: 'stopKnocking', callId }, { type: 'startRinging', callId })
  }
  const { call, beside, joined } = course.lines
  if (!isAnswered(call) || !isAnswered(beside) || isAnswered(before.beside) || joined) return
  if (beside.purpose === 'handOver') complete(course)
  if (beside.purpose === 'emergency') join(course, at)
}

/** The citizen has gone: what becomes of the call beside hers (L8). */
function outlive(course: Course, at: number): void {
  const { beside } = course.lines
  if (beside?.phase === 'dialling') course.step('beside', { type: 'hangUpPressed', callId: idOf(beside), at })
  else course.resume('beside', at)
}

function arrive(course: Course, event: Extract<CallEvent, { type: 'inviteArrived' }>): void {
  const { lines } = course
  const { callId } = event.caller
  if (callsUp(lines).some((call) => idOf(call) === callId)) return
  if (!isAnyUp(lines)) {
    course.set(noLines)
    return course.step('call', event)
  }
  if (!isAnswered(lines.call) || lines.other !== null || isUp(lines.beside)) {
    course.do({ type: 'refuseInvite', callId, status: 486 })
    return course.do(...unheardFacts(event.caller, event.at).map((fact) => ({ type: 'recordFact', fact }) as const))
  }
  const { state, effects } = stepCall(null, event)
  course.set({ other: state })
  course.do(
    ...effects.map((effect) =>
      effect.type === 'startRinging' ? ({ type: 'startKnocking', callId } as const) : effect,
    ),
  )
}

function dial(course: Course, event: Extract<CallEvent, { type: 'dialled' }>): void {
  const { call, beside } = course.lines
  const slot = event.purpose === 'citizen' ? 'call' : 'beside'
  if (isUp(slot === 'call' ? call : beside)) return
  if (callsUp(course.lines).some((one) => idOf(one) === event.caller.callId)) return
  if (slot === 'call' && isAnyUp(course.lines)) return
  // Beside whom, if nobody is there, or not yet?
  if (slot === 'beside' && !isAnswered(call)) return
  course.holdAllBut([], event.at)
  course.set(slot === 'call' ? noLines : { refused: null })
  course.step(slot, event)
  if (slot === 'beside' && call?.muted === true)
    course.step(slot, { type: 'mutePressed', callId: event.caller.callId, muted: true, at: event.at })
}

/** The other citizen is answered: she comes to the front, whoever was there is held. */
function bringForward(course: Course, at: number): void {
  const { other } = course.lines
  course.split()
  course.holdAllBut(['other'], at)
  course.set({ call: other, other: course.lines.call })
  course.do({ type: 'stopKnocking', callId: idOf(other) })
}

function swap(course: Course, at: number): void {
  const { call, other, beside, joined } = course.lines
  if (joined || !isAnswered(call)) return
  if (isAnswered(beside)) {
    const to = isHeld(call) ? 'call' : 'beside'
    course.holdAllBut([to], at)
    return course.resume(to, at)
  }
  // While somebody is rung for her, the citizen stays in front (L4).
  if (!isAnswered(other) || isUp(beside)) return
  course.holdAllBut(['other'], at)
  course.set({ call: other, other: course.lines.call })
  course.resume('call', at)
}

function join(course: Course, at: number): void {
  const { call, beside, joined } = course.lines
  if (joined || !isAnswered(call) || !isAnswered(beside)) return
  course.set({ joined: true })
  course.resume('call', at)
  course.resume('beside', at)
  course.do({ type: 'join', callId: idOf(call), besideId: idOf(beside) })
}

const hows = { handOver: 'blind', emergency: 'emergency', consult: 'attended', citizen: 'attended' } as const

function complete(course: Course): void {
  const { call, beside, completing } = course.lines
  if (completing !== null || !isAnswered(call) || !isAnswered(beside)) return
  course.set({ completing: { to: beside.caller.number, how: hows[beside.purpose] }, refused: null })
  course.do({ type: 'complete', callId: idOf(call), besideId: idOf(beside) })
}

/** The exchange has put the citizen through: both of our legs end (L6). */
function letGo(course: Course, at: number): void {
  const { call, beside, completing } = course.lines
  if (completing === null || !isAnswered(call)) return
  course.split()
  course.step('call', { type: 'handedOver', callId: idOf(call), ...completing, at })
  course.step('beside', { type: 'hangUpPressed', callId: idOf(beside), at })
}

/** The citizen is still here, and so is the other one, if she has not gone meanwhile. */
function refuse(course: Course, { status, at }: Extract<LineEvent, { type: 'completeRefused' }>): void {
  if (course.lines.completing === null) return
  course.set({ completing: null, refused: status })
  if (!isUp(course.lines.beside)) course.resume('call', at)
}

function stepOne(course: Course, event: CallEvent & { readonly callId: string }): void {
  const slot = slotOf(course.lines, event.callId)
  if (slot === null) return
  const { at } = event
  if (event.type === 'answerPressed' && slot === 'other') {
    if (course.lines.other?.phase !== 'ringing' || isUp(course.lines.beside)) return
    bringForward(course, at)
    return course.step('call', event)
  }
  if (event.type === 'rejectPressed' && slot === 'other') {
    const { state, effects } = stepCall(course.lines.other, event)
    course.set({ other: state })
    // The operator speaks with somebody: the one who knocked hears busy.
    return course.do(
      ...effects.map((effect) => (effect.type === 'refuseInvite' ? { ...effect, status: 486 as const } : effect)),
    )
  }
  const { beside, completing } = course.lines
  // The exchange may end both legs before it says that she is through.
  if (event.type === 'remoteHungUp' && slot === 'call' && completing !== null && !isUp(beside)) return letGo(course, at)
  if (event.type === 'mutePressed' && slot !== 'other') {
    for (const one of ['call', 'beside'] as const) course.step(one, { ...event, callId: idOf(course.lines[one]) })
    return
  }
  if (event.type === 'resumePressed' && !course.lines.joined) course.holdAllBut([slot], at)
  course.step(slot, event)
}

/** Advances the calls of a desk by one event; see the rules L1 to L13. */
export function stepLines(before: Lines, event: LineEvent): LineStep {
  const course = new Course(before)
  switch (event.type) {
    case 'inviteArrived':
      arrive(course, event)
      break
    case 'dialled':
      dial(course, event)
      break
    case 'swapPressed':
      swap(course, event.at)
      break
    case 'joinPressed':
      join(course, event.at)
      break
    case 'splitPressed':
      if (course.lines.joined) {
        course.split()
        course.holdAllBut(['call'], event.at)
      }
      break
    case 'completePressed':
      complete(course)
      break
    case 'completed':
      letGo(course, event.at)
      break
    case 'completeRefused':
      refuse(course, event)
      break
    default:
      stepOne(course, event)
  }
  follow(course, before, event.at)
  return course.done
}
