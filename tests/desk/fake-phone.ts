import { slotOf } from '../../shared/call/lines.ts'
import { stepOperator } from '../../shared/call/operator-status.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { FakeDesktop, Handlers } from './fake-bridge.ts'

/** What the phone of an invented desktop answers. */
export function phoneHandlers(world: FakeDesktop): Handlers {
  let dialled = 0
  return {
    'phone.devices': () => ok(world.devices),
    'phone.useDevice': ({ role, name }) => {
      const names = role === 'microphone' ? world.devices.microphones : world.devices.speakers
      if (name !== null && !names.includes(name)) return fail('notFound')
      world.plug({ chosen: { ...world.devices.chosen, [role]: name } })
      return ok(null)
    },
    'phone.testRing': () => ok(null),
    'phone.testMicrophone': () => ok(null),
    'phone.snapshot': () => ok(world.snapshot()),
    'phone.answer': ({ callId }) => {
      world.talk(callId)
      return ok(null)
    },
    'phone.reject': ({ callId }) => {
      world.phone({ type: 'rejectPressed', callId, at: Date.now() }, 'callRejected')
      return ok(null)
    },
    'phone.hangUp': ({ callId }) => {
      world.phone({ type: 'hangUpPressed', callId, at: Date.now() })
      world.end(callId)
      return ok(null)
    },
    'phone.hold': ({ callId, held }) => {
      const at = Date.now()
      world.phone({ type: held ? 'holdPressed' : 'resumePressed', callId, at })
      world.settleHolds(at)
      return ok(null)
    },
    'phone.swap': () => {
      world.phone({ type: 'swapPressed', at: Date.now() })
      world.settleHolds()
      return ok(null)
    },
    'phone.join': ({ joined }) => {
      world.phone({ type: joined ? 'joinPressed' : 'splitPressed', at: Date.now() })
      world.settleHolds()
      return ok(null)
    },
    'phone.tones': () => ok(null),
    'phone.complete': () => {
      world.phone({ type: 'completePressed', at: Date.now() })
      return ok(null)
    },
    'phone.dial': ({ number, purpose, paysBack }) => {
      const callId = `out-${(dialled += 1)}`
      const caller = { callId, number, name: '', queue: '' }
      world.phone({ type: 'dialled', caller, purpose, paysBack, at: Date.now() }, 'callDialled')
      world.settleHolds()
      return slotOf(world.lines, callId) === null ? fail('illegalTransition') : ok({ callId })
    },
    'phone.watch': ({ extensions }) => ok(Object.fromEntries(extensions.map((each) => [each, 'free'] as const))),
    'phone.mute': ({ callId, muted }) => {
      world.phone({ type: 'mutePressed', callId, muted, at: Date.now() })
      return ok(null)
    },
    'phone.echoTest': ({ on }) => {
      world.echo = on ? { state: 'calling', heard: false, status: null } : null
      world.phone(null)
      return ok(null)
    },
    'phone.warn': ({ callId, withdraw }) => {
      const at = Date.now()
      const before = world.call?.care.warnings.length ?? 0
      world.phone({ type: withdraw ? 'warningWithdrawn' : 'warned', callId, at })
      const type = withdraw ? 'warningsWithdrawn' : 'warned'
      if (!withdraw || before === 1) world.operator = stepOperator(world.operator, { type, callId, at })
      world.phone(null)
      return ok(null)
    },
    'phone.said': ({ callId, ...said }) => {
      world.phone({ type: 'said', callId, ...said, at: Date.now() })
      return ok(null)
    },
    'phone.pauseRecording': ({ callId, paused }) => {
      const at = Date.now()
      world.phone(
        paused ? { type: 'recordingPaused', callId, at } : { type: 'recordingResumed', callId, why: 'pressed', at },
      )
      return ok(null)
    },
    'phone.wrapUpDone': () => {
      world.phone(null, 'wrapUpDone')
      return ok(null)
    },
    'phone.extendWrapUp': () => {
      world.phone(null, 'wrapUpExtended')
      return ok(null)
    },
    'phone.away': ({ reason }) => {
      if (reason === null) world.operator = stepOperator(world.operator, { type: 'cameBack', at: Date.now() })
      else world.operator = stepOperator(world.operator, { type: 'wentAway', reason, at: Date.now() })
      world.phone(null)
      return ok(null)
    },
  }
}
