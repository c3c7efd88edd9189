import { expect, test } from 'vitest'
import { decodeAlaw, encodeAlaw } from './plain/alaw.ts'
import { createEar, toneShare } from './plain/ear.ts'
import { answerTo, readSdp, writeSdp } from './plain/sdp.ts'

function tones(...hz: number[]): Int16Array {
  return Int16Array.from({ length: 1600 }, (_none, i) =>
    Math.round(hz.reduce((sum, one) => sum + 6000 * Math.sin((2 * Math.PI * one * i) / 8000), 0)),
  )
}

test('A-law: each byte comes back from its sample, and the known ones are those of G.711', () => {
  for (let byte = 0; byte < 256; byte++) expect(encodeAlaw(decodeAlaw(byte))).toBe(byte)
  expect(encodeAlaw(0)).toBe(0xd5)
  expect(encodeAlaw(32_767)).toBe(0xaa)
  expect(encodeAlaw(-32_768)).toBe(0x2a)
  expect(Math.abs(decodeAlaw(encodeAlaw(10_000)) - 10_000)).toBeLessThan(320)
})

test('a tone has its share of the power, alone or among others, and what is not there has none', () => {
  expect(toneShare(tones(1000), 1000)).toBeGreaterThan(0.99)
  expect(toneShare(tones(1000), 440)).toBeLessThan(0.001)
  expect(toneShare(tones(1000, 440, 700), 440)).toBeCloseTo(1 / 3, 1)
  expect(toneShare(new Int16Array(1600), 440)).toBe(0)
})

test('an ear hears windows out of frames of any length, and one that is closed hears no more', async () => {
  const ear = createEar()
  const both = ear.untilTones([440, 1000], [620])
  const sound = tones(440, 1000)
  for (let at = 0; at < sound.length; at += 100) ear.hear(sound.slice(at, at + 100))
  expect((await both).share(440)).toBeGreaterThan(0.4)
  const never = ear.untilTone(620)
  ear.hear(tones(1000))
  ear.close()
  await expect(never).rejects.toThrow('the call was over before 620 Hz; heard last 1000 Hz')
})

test('SDP: what is written is read, and a direction is answered as RFC 3264 has it', () => {
  const sdp = writeSdp({ port: 4000, direction: 'sendonly', version: 2 })
  expect(readSdp(sdp)).toEqual({ address: '127.0.0.1', port: 4000, direction: 'sendonly', eventType: 101 })
  expect(['sendrecv', 'sendonly', 'recvonly', 'inactive'].map((one) => answerTo(one as 'sendrecv'))).toEqual([
    'sendrecv',
    'recvonly',
    'sendonly',
    'inactive',
  ])
  expect(() => readSdp(sdp.replaceAll('AVP 8 101', 'AVP 0'))).toThrow('no PCMA')
})
