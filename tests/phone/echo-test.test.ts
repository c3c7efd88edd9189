import { describe, expect, test } from 'vitest'
import { createEchoJudge } from '../../renderer/phone/echo-judge.ts'
import { createEchoTest } from '../../renderer/phone/echo-test.ts'
import type { CallMedia } from '../../renderer/phone/call-media.ts'
import { FakeStream } from './support/fake-sound.ts'
import { fakeTimers } from './support/fake-timers.ts'

type Side = { level: number; peakHz: number }
const quiet: Side = { level: 0, peakHz: 0 }
const voice = (peakHz: number): Side => ({ level: 0.1, peakHz })

describe('whether one’s own voice comes back', () => {
  const heard = (pairs: readonly (readonly [Side, Side])[]) => {
    const judge = createEchoJudge()
    return pairs.map(([said, ear]) => judge.take(said, ear)).some(Boolean)
  }
  const words = [180, 220, 0, 0, 310, 260, 200, 0, 240, 190, 230, 210, 0, 280, 300, 220, 180, 240]
  const say = (hz: number) => (hz === 0 ? quiet : voice(hz))

  test('it does where the same sounds come a third of a second later', () => {
    expect(heard(words.map((hz, at) => [say(hz), say(words[at - 3] ?? 0)]))).toBe(true)
  })

  test('it does not where nothing, music or a hum is heard, nor where nothing was said', () => {
    expect(heard(words.map((hz) => [say(hz), quiet]))).toBe(false)
    expect(heard(words.map((hz) => [say(hz), voice(620)]))).toBe(false)
    expect(heard(words.map((hz) => [quiet, say(hz)]))).toBe(false)
    // A hum meets the voice by chance now and then.
    expect(heard(words.map((hz) => [say(hz), voice(310)]))).toBe(false)
  })
})

function fixture() {
  const timers = fakeTimers()
  const asked: string[] = []
  const states: unknown[] = []
  const sound = new FakeStream('system')
  let sides = { operator: quiet, citizen: quiet }
  const media = {
    stats: () => sides,
    hear: () => undefined,
    release: () => {
      asked.push('release')
      return null
    },
  } as unknown as CallMedia
  const echo = createEchoTest({
    ...timers,
    ids: { next: () => '1' },
    levels: ({ ear }) => void asked.push(`ear ${ear}`),
    microphone: { open: () => Promise.resolve(sound as unknown as MediaStream) },
    watch: () => media,
    sip: {
      dial: (callId, number) => {
        asked.push(`dial ${callId} ${number}`)
        return Promise.resolve()
      },
      hangUp: (callId) => void asked.push(`bye ${callId}`),
      peerConnection: () => ({}) as RTCPeerConnection,
    },
    changed: () => void states.push(echo.shown()?.state ?? null),
  })
  const say = (hz: number) => {
    sides = { operator: voice(hz), citizen: voice(hz) }
  }
  return {
    ...timers,
    echo,
    asked,
    states,
    say,
    isOpen: () => sound.getTracks().some(({ readyState }) => readyState === 'live'),
  }
}

describe('the echo test', () => {
  test('calls the number, shows both sides, and says when the voice came back', async () => {
    const { echo, asked, say, pass } = fixture()
    await echo.start('600')
    expect(asked).toEqual(['dial echo-1 600'])
    echo.established('echo-1')
    expect(echo.shown()).toEqual({ state: 'up', heard: false, status: null })
    say(220)
    pass(1000)
    expect(echo.shown()?.heard).toBe(true)
    expect(asked).toContain('ear 0.1')
  })

  test('E2 ends by itself after 20 s, with the microphone', async () => {
    const { echo, asked, pass, isOpen, waiting } = fixture()
    await echo.start('600')
    echo.established('echo-1')
    pass(19_999)
    expect(echo.shown()?.state).toBe('up')
    pass(1)
    expect(echo.shown()).toEqual({ state: 'over', heard: false, status: null })
    expect(asked).toEqual(expect.arrayContaining(['bye echo-1', 'release']))
    expect([isOpen(), waiting()]).toEqual([false, 0])
  })

  test('says why it did not come to be', async () => {
    const { echo, isOpen } = fixture()
    await echo.start('600')
    echo.over('echo-1', true, 404)
    expect(echo.shown()).toEqual({ state: 'failed', heard: false, status: 404 })
    expect(isOpen()).toBe(false)
    expect(echo.owns('echo-1')).toBe(false)
  })

  test('E1 stopped while the microphone opens, nobody is called and nothing stays open', async () => {
    const { echo, asked, isOpen } = fixture()
    const started = echo.start('600')
    echo.stop()
    await started
    expect(asked.filter((what) => what.startsWith('dial'))).toEqual([])
    expect(isOpen()).toBe(false)
  })

  test('a stopped one that the exchange answers late starts nothing; its end is its own', async () => {
    const { echo, asked } = fixture()
    await echo.start('600')
    echo.stop()
    echo.established('echo-1')
    expect(echo.shown()?.state).toBe('over')
    expect(echo.owns('echo-1')).toBe(true)
    echo.over('echo-1', false, null)
    expect([echo.owns('echo-1'), asked.filter((what) => what === 'release').length]).toEqual([false, 0])
  })
})
