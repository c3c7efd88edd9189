/** The phone window: never shown, the only one with the microphone. It answers main's commands and tells what changes. */
import type { Bridge } from '../../shared/bridge.ts'
import { answerBy } from '../../shared/ipc.ts'
import type { Log } from '../../shared/ports.ts'
import { watchMedia } from './call-media.ts'
import { createFactQueue } from './fact-queue.ts'
import { joinCalls } from './join-calls.ts'
import { createMicrophone } from './microphone.ts'
import { createPhone } from './phone.ts'
import { createRinger, patterns } from './ringer.ts'
import { createSipPhone } from './sip-phone.ts'
import { createSoundMeter } from './sound-meter.ts'

const bridge = (window as unknown as { sanxin: Bridge }).sanxin

/** One contact for this desk over all its restarts (RFC 5626, +sip.instance). */
function instanceId(): string {
  const known = localStorage.getItem('instanceId')
  if (known !== null) return known
  const fresh = crypto.randomUUID()
  localStorage.setItem('instanceId', fresh)
  return fresh
}

/** The window has no log of its own: Chromium's, which is read with --enable-logging. Kinds and counts, no more. */
// oxlint-disable-next-line no-console -- the one place of this window that speaks to a log
const log: Log = (event, data) => console.warn(JSON.stringify({ event, ...data }))

const context = new AudioContext()
const ringOutput = new GainNode(context)
ringOutput.connect(context.destination)
const ringMeter = createSoundMeter(context, ringOutput)

const facts = createFactQueue({
  record: (fact) => bridge.invoke('call.record', fact),
  changed: () => phone.changed(),
  after: (ms, act) => void setTimeout(act, ms),
})
const microphone = createMicrophone(context, () => phone.changed())
const phone = createPhone({
  clock: { now: () => Date.now() },
  sip: (on) => createSipPhone(instanceId(), on, { log }),
  ids: { next: () => crypto.randomUUID() },
  tones: {
    ring: createRinger(context, ringOutput, patterns.ring),
    knock: createRinger(context, ringOutput, patterns.knock),
    ringBack: createRinger(context, context.destination, patterns.ringBack),
  },
  microphone,
  sound: () => (context.state === 'running' ? 'ready' : 'blocked'),
  watch: (callId, peer, sound, confirmed) =>
    watchMedia(callId, peer, sound, context, {
      confirmed,
      levels: (citizen, operator) => bridge.emit('phone.levels', { citizen, operator }),
      quality: (quality) => bridge.emit('phone.quality', { callId, ...quality }),
    }),
  join: (one, other) => joinCalls(context, one, other),
  facts,
  publish: (snapshot) => bridge.emit('phone.changed', snapshot),
})

context.addEventListener('statechange', () => phone.changed())
bridge.on('service.changed', ({ service, state }) => {
  if (service === 'store' && state === 'up') facts.retry()
})

/** How loud the ring is now, for whoever asks whether it can be heard (0 to 1). */
Object.assign(window, { ringLevel: () => ringMeter.read().level })

bridge.serve((name, input) => answerBy(phone.handlers, name, input))
