/**
 * What an ended call leaves behind: nothing that weighs. SIP.js keeps its session for another 64*T1, until the last
 * transaction of its dialog has ended; the sound and the peer connection must not wait for that.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchMedia } from '../../renderer/phone/call-media.ts'
import { joinCalls } from '../../renderer/phone/join-calls.ts'
import { createMicrophone, createSilence } from '../../renderer/phone/microphone.ts'
import { openMeters } from '../../renderer/phone/sound-meter.ts'
import { FakePeer } from './support/fake-browser.ts'
import { settle, standingCall, wirePhone, type Wired } from './support/fake-exchange.ts'
import { registered } from './support/link-time.ts'
import { fakeMachine, FakeStream, FakeTrack, input } from './support/fake-sound.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What a turn of the event loop has held weakly may go in the next one. */
async function isGone(held: WeakRef<object>): Promise<boolean> {
  await new Promise<void>((resolve) => void setImmediate(resolve))
  collectGarbage()
  return held.deref() === undefined
}

const asStream = (stream: FakeStream) => stream as unknown as MediaStream

/** A context of Web Audio, of which is noted what it was asked. */
class FakeContext {
  readonly asked: string[] = []
  readonly mixed = new FakeStream('mixed')
  createMediaStreamSource = () => ({ connect: () => void this.asked.push('source') })
  createMediaStreamDestination = () => ({ stream: this.mixed })
  close = () => Promise.resolve(void this.asked.push('close'))
}
const asContext = (context: FakeContext) => context as unknown as AudioContext

/** A node of such a context, or what plays a stream. */
class FakeNode {
  readonly frequencyBinCount = 1
  connect(): void {}
  start(): void {}
}

/** A peer connection with one sender, and the tracks that it was given. */
function fakePeer(given: (string | undefined)[]) {
  const replaceTrack = (track: FakeTrack | null) => Promise.resolve(void given.push(track?.from))
  const receiver = { track: new FakeTrack('the other side') }
  return Object.assign(new FakePeer(), { getSenders: () => [{ replaceTrack }], getReceivers: () => [receiver] })
}

/** A call that stands, with its sound in nobody's hands but the phone's. */
async function heldWeakly(wired: Wired) {
  const sound = new MediaStream()
  return { ...(await standingCall(wired, 'standing', [], sound)), sound: new WeakRef(sound) }
}

/** Streams that are made, as of what is heard, carry one track. */
function hearTheOtherSide(): void {
  vi.stubGlobal('MediaStream', FakeStream.bind(null, 'the other side'))
}

beforeEach(() => {
  vi.stubGlobal('AnalyserNode', FakeNode)
  vi.stubGlobal('ConstantSourceNode', FakeNode)
  vi.stubGlobal('Audio', FakeNode)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('its sound and its peer connection go at once, its session with the last transaction', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const wired = await wirePhone()
  registered(wired)
  const { callId, toTag, sound } = await heldWeakly(wired)
  const peer = new WeakRef(FakePeer.last ?? {})
  FakePeer.last = null
  expect([await isGone(peer), await isGone(sound)]).toEqual([false, false])
  wired.request({ method: 'BYE', callId, toTag, branch: 'z9hG4bKbye', sequence: 2 })
  await settle()
  expect(wired.over).toEqual([callId])
  expect([await isGone(peer), await isGone(sound)]).toEqual([true, true])
})

test('the context that measured it is closed with it', () => {
  hearTheOtherSide()
  const context = new FakeContext()
  const nothing = { answered: true, confirmed: () => {}, flows: () => {}, levels: () => {}, quality: () => {} }
  const around = { meters: openMeters(asContext(context)), speakers: { add: () => () => {}, renew: () => {} } }
  const peer = fakePeer([]) as unknown as RTCPeerConnection
  const media = watchMedia('a', peer, asStream(new FakeStream('a microphone')), around, nothing)
  expect(context.asked).toEqual(['source', 'source'])
  media.release()
  expect(context.asked).toEqual(['source', 'source', 'close'])
})

test('the context that mixed two calls is closed when both send the microphone alone again', async () => {
  hearTheOtherSide()
  const context = new FakeContext()
  const given: (string | undefined)[] = []
  const joined = () => ({
    peer: fakePeer(given) as unknown as RTCPeerConnection,
    microphone: asStream(new FakeStream('a microphone')),
  })
  const part = joinCalls(asContext(context), joined(), joined())
  await settle()
  expect([given, context.asked.includes('close')]).toEqual([['mixed', 'mixed'], false])
  await part()
  expect([given.slice(2), context.asked.at(-1)]).toEqual([['a microphone', 'a microphone'], 'close'])
})

test('its microphone is forgotten when the next one opens', async () => {
  const machine = fakeMachine(input('m1', '内置麦克风'))
  const microphone = createMicrophone({
    media: machine.media,
    silence: () => asStream(new FakeStream('silence')),
    chosen: () => '',
    changed: () => {},
    after: () => () => {},
    gone: () => {},
  })
  const first = new WeakRef(await microphone.open())
  for (const track of machine.opened.splice(0).flatMap(({ tracks }) => tracks)) track.stop()
  expect(await isGone(first)).toBe(false)
  await microphone.open()
  expect(await isGone(first)).toBe(true)
})

test('of silence there is one source for all calls, and each has a track of its own', () => {
  let made = 0
  const clones: object[] = []
  const context = {
    createMediaStreamDestination: () => {
      made += 1
      return { stream: { clone: () => clones[clones.push({}) - 1] } }
    },
  }
  const silence = createSilence(context as unknown as AudioContext)
  expect(silence()).not.toBe(silence())
  expect([made, clones.length]).toEqual([1, 2])
})
