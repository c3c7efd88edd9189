import { describe, expect, test } from 'vitest'
import { createMicrophoneTest } from '../../renderer/phone/microphone-test.ts'
import { FakeStream } from './support/fake-sound.ts'

describe('the test of the microphone', () => {
  function fixture() {
    const levels: number[] = []
    const streams: FakeStream[] = []
    const measured: { closed: boolean }[] = []
    let tick: (() => void) | null = null
    const listening = createMicrophoneTest({
      microphone: {
        open: () => {
          const stream = new FakeStream('Jabra')
          streams.push(stream)
          return Promise.resolve(stream as unknown as MediaStream)
        },
      },
      meters: () => {
        const meters = { closed: false }
        measured.push(meters)
        return {
          of: (stream) => ({ read: () => ({ level: (stream as unknown as FakeStream).tracks.length, peakHz: 0 }) }),
          close: () => void (meters.closed = true),
        }
      },
      level: (level) => void levels.push(level),
      every: (_ms, act) => {
        tick = act
        return () => (tick = null)
      },
    })
    return { listening, levels, streams, measured, tick: () => tick?.(), runs: () => tick !== null }
  }

  test('tells the level until it is off, and leaves no microphone open', async () => {
    const { listening, levels, streams, measured, tick, runs } = fixture()
    await listening.start()
    tick()
    listening.stop()
    expect(levels).toEqual([1, 0])
    expect(measured).toEqual([{ closed: true }])
    expect([runs(), streams[0]?.tracks[0]?.readyState]).toEqual([false, 'ended'])
  })

  test('ends by itself after a minute, and at once where it is off before the microphone has opened', async () => {
    const { listening, streams, tick, runs } = fixture()
    await listening.start()
    for (let tenth = 0; tenth <= 600; tenth += 1) tick()
    expect([runs(), streams[0]?.tracks[0]?.readyState]).toEqual([false, 'ended'])
    const opening = listening.start()
    listening.stop()
    await opening
    expect([runs(), streams[1]?.tracks[0]?.readyState]).toEqual([false, 'ended'])
  })
})
