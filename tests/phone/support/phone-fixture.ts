/** The phone itself, between a wire, a microphone and a clock that are the test's. */
import type { CallFact } from '../../../shared/call/call-fact.ts'
import type { PhoneSnapshot, ToldFact } from '../../../shared/call/phone-snapshot.ts'
import { createPhone } from '../../../renderer/phone/phone.ts'
import { noQueueCodes } from '../../../renderer/phone/queue-codes.ts'
import type { SipEvents } from '../../../renderer/phone/sip-ports.ts'
import { defaultNumberPlan } from '../../../shared/number-plan.ts'

export const sounded = {
  ...{ mosIn: 4.4, mosOut: null, lossIn: 0.01, lossOut: null, jitterMs: 4, rttMs: null },
  longestGapMs: 60,
}

type FakeTrack = { stopped: boolean; enabled: boolean; stop(): void }

function fakeSound() {
  const track: FakeTrack = {
    stopped: false,
    enabled: true,
    stop: () => {
      track.stopped = true
    },
  }
  const stream = Object.assign(new EventTarget(), { getTracks: () => [track], getAudioTracks: () => [track] })
  return { track, stream: stream as unknown as MediaStream }
}

export const connection = {
  servers: ['ws://x'],
  iceServers: [],
  codecs: ['opus', 'PCMA', 'PCMU', 'G722'] as ('opus' | 'PCMA' | 'PCMU' | 'G722')[],
  numberPlan: defaultNumberPlan,
  dialRules: { outside: '', mobilePrefix: '', homeMobiles: [] as string[] },
  ringSound: true,
  tones: 'rtp' as const,
  wrapUpSeconds: 60,
  queue: noQueueCodes,
  recording: { headers: ['X-Recording-Id', 'X-Call-Id'] as string[], pause: '*91', resume: '*92' },
  echoTest: '600',
  author: '1003',
}

/** A phone whose wire, ring and microphone are made of notes of what was asked of them. */
export function fixture() {
  const asked: string[] = []
  const facts: CallFact[] = []
  const authors: string[] = []
  const untold: ToldFact[] = []
  const snapshots: PhoneSnapshot[] = []
  const sounds: ReturnType<typeof fakeSound>[] = []
  let wire: SipEvents | null = null
  let openMicrophone: (() => void) | null = null
  let holdMicrophone = false
  let ringsBack = false
  let confirm = () => {}
  let flows = (_now: boolean) => {}
  const phone = createPhone({
    clock: { now: () => 7 },
    sip: (on) => {
      wire = on
      return {
        connect: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
        accept: (callId) => {
          asked.push(`accept ${callId}`)
          return Promise.resolve()
        },
        refuse: (callId, status) => void asked.push(`refuse ${callId} ${status}`),
        hangUp: (callId) => void asked.push(`bye ${callId}`),
        peerConnection: () => ({}) as RTCPeerConnection,
        dial: (callId, number) => {
          asked.push(`dial ${callId} ${number}`)
          return Promise.resolve()
        },
        hold: (callId, held) => {
          asked.push(`${held ? 'hold' : 'resume'} ${callId}`)
          return Promise.resolve(true)
        },
        sendTones: (callId, tones, how) => {
          asked.push(`tones ${callId} ${tones} ${how}`)
          return Promise.resolve(true)
        },
        doubt: () => void asked.push('doubt'),
        feature: (code) => {
          asked.push(`feature ${code}`)
          return Promise.resolve(true)
        },
        complete: (callId, besideId) => {
          asked.push(`complete ${callId} ${besideId}`)
          return Promise.resolve('done')
        },
      }
    },
    ids: { next: () => 'mine' },
    tones: {
      ring: { start: () => void asked.push('ring'), stop: () => void asked.push('silence') },
      knock: { start: () => void asked.push('knock'), stop: () => {} },
      ringBack: { start: () => void (ringsBack = true), stop: () => void (ringsBack = false) },
    },
    join: () => () => Promise.resolve(),
    microphone: {
      open: async () => {
        if (holdMicrophone) await new Promise<void>((resolve) => (openMicrophone = resolve))
        const sound = fakeSound()
        sounds.push(sound)
        return sound.stream
      },
      state: () => 'ready',
    },
    sound: () => 'ready',
    watch: (callId, _peer, _sound, on) => {
      asked.push(`watch ${callId}`)
      ;({ confirmed: confirm, flows } = on)
      return {
        stats: () => {
          throw new Error('not asked here')
        },
        hear: ({ mic, ear }) => void asked.push(`hear ${callId} ${mic} ${ear}`),
        release: () => {
          asked.push('release')
          return sounded
        },
      }
    },
    facts: {
      add: ({ fact, author }) => void (facts.push(fact), authors.push(author)),
      waiting: () => untold,
      stalled: () => false,
    },
    autoAnswerAt: () => null,
    echo: { after: () => () => {}, every: () => () => {}, levels: () => {} },
    publish: (snapshot) => void snapshots.push(snapshot),
  })
  if (wire === null) throw new Error('no wire')
  const sip: SipEvents = wire
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    ...phone,
    sip,
    asked,
    facts,
    authors,
    untold,
    sounds,
    last: () => snapshots.at(-1),
    ringsBack: () => ringsBack,
    confirm: () => confirm(),
    flows: (now: boolean) => flows(now),
    hold: () => {
      holdMicrophone = true
    },
    openMicrophone: () => openMicrophone?.(),
    turn,
    ring: (callId = 'a') => sip.invited({ callId, number: '13800002210', name: '', queue: '12345' }),
  }
}

/** One whose line is registered. */
export async function ready() {
  const phone = fixture()
  phone.sip.line('registered', null)
  return phone
}

/** A phone whose operator speaks with a citizen. */
export async function inCall() {
  const phone = await ready()
  phone.ring()
  await phone.handlers['phone.answer']({ callId: 'a' })
  await phone.turn()
  phone.sip.established('a')
  phone.asked.length = 0
  return phone
}
