import { expect, test } from 'vitest'
import { createCallSounds } from '../../renderer/phone/call-sounds.ts'
import { FakeStream } from './support/fake-sound.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Two calls that hear each other, and notes of what was mixed and parted. */
async function joined() {
  const asked: string[] = []
  const streams: FakeStream[] = []
  const parting: (() => void)[] = []
  const sounds = createCallSounds({
    microphone: {
      open: () => {
        const stream = new FakeStream('a microphone')
        streams.push(stream)
        return Promise.resolve(stream as unknown as MediaStream)
      },
    },
    watch: () => ({
      stats: () => {
        throw new Error('not asked here')
      },
      hear: () => {},
      release: () => null,
    }),
    join: () => {
      asked.push('join')
      return () => {
        asked.push('part')
        return new Promise((resolve) => void parting.push(resolve))
      }
    },
  })
  for (const callId of ['a', 'b']) {
    await sounds.open(callId, () => true)
    sounds.begin(callId, {} as RTCPeerConnection, () => {})
  }
  sounds.join('a', 'b')
  return { sounds, asked, streams, parted: () => parting.forEach((done) => done()) }
}

test('another microphone in a talk of three is mixed anew, once the old mix is parted', async () => {
  const { asked, streams, parted } = await joined()
  streams[0]?.dispatchEvent(new Event('addtrack'))
  await turn()
  expect(asked).toEqual(['join', 'part'])
  parted()
  await turn()
  expect(asked).toEqual(['join', 'part', 'join'])
})

test('a talk of three that was split meanwhile is not joined again', async () => {
  const { sounds, asked, streams, parted } = await joined()
  streams[1]?.dispatchEvent(new Event('addtrack'))
  sounds.split()
  parted()
  await turn()
  expect(asked.filter((what) => what === 'join')).toHaveLength(1)
})
