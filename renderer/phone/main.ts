/** The phone window: never shown, the only one with the microphone. It answers main's commands and tells what changes. */
import type { Bridge } from '../../shared/bridge.ts'
import { ok } from '../../shared/errors.ts'
import { answerBy, type Handlers } from '../../shared/ipc.ts'
import type { Log } from '../../shared/ports.ts'
import { createAutoAnswer, type After } from './auto-answer.ts'
import { watchMedia } from './call-media.ts'
import { createFactQueue } from './fact-queue.ts'
import { joinCalls } from './join-calls.ts'
import { createDevices } from './devices.ts'
import { createHeadset, type Hid } from './headset.ts'
import { createMicrophoneTest } from './microphone-test.ts'
import { createMicrophone, createSilence } from './microphone.ts'
import { createOutput, type Sink } from './output.ts'
import { createPhone } from './phone.ts'
import { createRinger, patterns } from './ringer.ts'
import { createSipPhone } from './sip-phone.ts'
import { createPresence } from './sip-presence.ts'
import { createSoundHandlers } from './sound-handlers.ts'
import { createSoundMeter, openMeters, openSilently } from './sound-meter.ts'

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
/** The ring has a context of its own, because it may sound from another device than the call. */
const ringContext = new AudioContext()
const ringOutput = new GainNode(ringContext)
ringOutput.connect(ringContext.destination)
const ringMeter = createSoundMeter(ringContext, ringOutput)

const devices = createDevices({
  media: navigator.mediaDevices,
  storage: localStorage,
  moved: (role) => (role === 'microphone' ? void microphone.renew() : (role === 'ring' ? ringing : speakers).renew()),
  changed: (now) => bridge.emit('phone.devicesChanged', now),
})
const speakers = createOutput(() => devices.idOf('speaker'))
const ringing = createOutput(() => devices.idOf('ring'))
/** Chromium sends a whole context to a device as well (since 110); the DOM's types do not know it yet. */
const sinkOf = (each: AudioContext) => each as AudioContext & Sink
speakers.add(sinkOf(context))
ringing.add(sinkOf(ringContext))

const facts = createFactQueue({
  record: (fact) => bridge.invoke('call.record', fact),
  changed: () => phone.changed(),
  after: (ms, act) => void setTimeout(act, ms),
})
const after: After = (ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}
const microphone = createMicrophone({
  media: navigator.mediaDevices,
  silence: createSilence(context),
  chosen: () => devices.idOf('microphone'),
  changed: () => phone.changed(),
  after,
  gone: (name) => devices.gone(name),
})
const every = (ms: number, act: () => void) => {
  const timer = setInterval(act, ms)
  return () => clearInterval(timer)
}
const clock = { now: () => Date.now() }
const answerTone = createRinger(context, context.destination, patterns.answered)
const autoAnswer = createAutoAnswer({
  clock,
  after,
  tone: () => {
    const ms = patterns.answered.period * 1000
    answerTone.start()
    after(ms, answerTone.stop)
    return ms
  },
  answer: (callId) => void phone.handlers['phone.answer']({ callId }),
})
const headset = createHeadset({
  hid: (navigator as Navigator & { readonly hid?: Hid }).hid,
  answer: (callId) => void phone.handlers['phone.answer']({ callId }),
  hangUp: (callId) => void phone.handlers['phone.hangUp']({ callId }),
  mute: (callId, muted) => void phone.handlers['phone.mute']({ callId, muted }),
})
const presence = createPresence((now) => bridge.emit('phone.presence', now))
const phone = createPhone({
  clock,
  sip: (on) => createSipPhone(instanceId(), on, { log, linked: presence.linked }),
  ids: { next: () => crypto.randomUUID() },
  tones: {
    ring: createRinger(ringContext, ringOutput, patterns.ring),
    knock: createRinger(context, context.destination, patterns.knock),
    ringBack: createRinger(context, context.destination, patterns.ringBack),
  },
  microphone,
  sound: () => (context.state === 'running' && ringContext.state === 'running' ? 'ready' : 'blocked'),
  watch: (callId, peer, sound, news) =>
    watchMedia(
      callId,
      peer,
      sound,
      { meters: openMeters(), speakers },
      {
        ...news,
        levels: (citizen, operator) => bridge.emit('phone.levels', { citizen, operator }),
        quality: (quality) => bridge.emit('phone.quality', { callId, ...quality }),
      },
    ),
  join: (one, other) => joinCalls(openSilently(), one, other),
  facts,
  autoAnswerAt: autoAnswer.at,
  echo: { after, every, levels: (levels) => bridge.emit('phone.echoLevels', levels) },
  publish: (snapshot) => {
    const before = autoAnswer.at()
    autoAnswer.look(snapshot)
    headset.look(snapshot)
    const autoAnswerAt = autoAnswer.at()
    bridge.emit('phone.changed', before === autoAnswerAt ? snapshot : { ...snapshot, autoAnswerAt })
  },
})

for (const each of [context, ringContext]) each.addEventListener('statechange', () => phone.changed())
// Another network, or none: the phone looks at once (N10, sip-phone.ts).
for (const change of ['online', 'offline'])
  window.addEventListener(change, () => void phone.handlers['phone.checkLink'](null))
bridge.on('service.changed', ({ service, state }) => {
  if (service === 'store' && state === 'up') facts.retry()
})

/** How loud the ring is now, for whoever asks whether it can be heard (0 to 1). */
Object.assign(window, { ringLevel: () => ringMeter.read().level })

const testRing = createRinger(ringContext, ringOutput, patterns.ring)
const soundHandlers = createSoundHandlers({
  devices,
  ringOnce: () => {
    testRing.start()
    setTimeout(testRing.stop, patterns.ring.period * 900)
  },
  microphoneTest: createMicrophoneTest({
    microphone,
    meters: openMeters,
    level: (level) => bridge.emit('phone.microphoneLevel', { level }),
    every,
  }),
})

const ownHandlers: Pick<Handlers<'phone'>, 'phone.autoAnswer' | 'phone.watch'> = {
  'phone.watch': ({ extensions }) => {
    presence.look(extensions)
    return ok(presence.now())
  },
  'phone.autoAnswer': ({ seconds }) => {
    autoAnswer.use(seconds)
    phone.changed()
    return ok(null)
  },
}

void devices.look()
bridge.serve((name, input) => answerBy<'phone'>({ ...phone.handlers, ...soundHandlers, ...ownHandlers }, name, input))
