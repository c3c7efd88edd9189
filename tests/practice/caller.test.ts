import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { maskNumber } from '../../central/practice/mask-number.ts'
import { createPacketGaps } from '../../central/practice/packet-gaps.ts'
import { playSteps } from '../../central/practice/play-steps.ts'
import type { Heard } from '../../central/practice/ear.ts'
import { clipPath, loadScenario, parseScenario, scenarioNames } from '../../central/practice/scenario.ts'
import { dominantHz, levelDbfs } from '../../central/practice/spectrum.ts'
import { readWav } from '../../central/practice/wav.ts'

const tone = (hz: number, amplitude: number, rate = 48_000, ms = 200): Int16Array =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_none, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate))

test.each([
  [300, 48_000],
  [440, 16_000],
  [1000, 48_000],
  [1004, 48_000],
  [3333, 48_000],
])('finds %i Hz at %i samples a second', (hz, rate) => {
  expect(Math.abs(dominantHz(tone(hz, 9_000, rate), rate) - hz)).toBeLessThanOrEqual(2)
})

test('finds the louder of two tones, and nothing in silence', () => {
  const [soft, loud] = [tone(440, 2_000), tone(1000, 8_000)]
  expect(
    dominantHz(
      loud.map((sample, i) => sample + (soft[i] ?? 0)),
      48_000,
    ),
  ).toBe(1000)
  expect(dominantHz(new Int16Array(9_600), 48_000)).toBe(0)
})

test('measures levels: full scale is 0 dBFS, half is 6 less, silence is the floor', () => {
  expect(levelDbfs(tone(1000, 32_767))).toBeCloseTo(0, 1)
  expect(levelDbfs(tone(1000, 16_384))).toBeCloseTo(-6, 1)
  expect(levelDbfs(new Int16Array(480))).toBe(-120)
})

test('every line of every scenario has its clip, 16 kHz mono and all in 4 MB', () => {
  const folder = dirname(clipPath({ name: 'x' }, 'y'))
  expect(scenarioNames().length).toBeGreaterThanOrEqual(8)
  for (const name of scenarioNames()) {
    const scenario = loadScenario(name)
    expect(scenario.name).toBe(name)
    for (const line of Object.keys(scenario.lines)) {
      const { sampleRate, samples } = readWav(readFileSync(clipPath(scenario, line)))
      expect(sampleRate).toBe(16_000)
      expect(samples.length).toBeGreaterThan(16_000)
      expect(levelDbfs(samples)).toBeGreaterThan(-30)
    }
  }
  const bytes = readdirSync(folder)
    .filter((file) => file.endsWith('.wav'))
    .reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0)
  expect(bytes).toBeLessThan(4 * 1024 * 1024)
})

test('says what is wrong with a scenario', () => {
  const good = { name: 'x', title: 'x', number: '110', patienceSeconds: 5, expect: 'answered' }
  const check = (change: object) => () => parseScenario(JSON.stringify({ ...good, ...change }), 'x')
  expect(check({})()).toMatchObject({ calls: 1, steps: [] })
  expect(check({ number: 'me' })).toThrow('a telephone number')
  expect(check({ steps: [{ do: 'say', line: 'hello' }] })).toThrow('there is no line "hello"')
  expect(check({ steps: [{ do: 'dance' }] })).toThrow('steps')
  expect(check({ patience: 5 })).toThrow('patience')
  expect(() => parseScenario('{', 'x')).toThrow('not JSON')
})

test('refuses what is no WAV of ours', () => {
  const clip = readFileSync(clipPath({ name: 'bus-route' }, 'ask')).subarray(0, 1_000)
  const damaged = (at: number, byte: number): Uint8Array => Uint8Array.from(clip, (old, i) => (i === at ? byte : old))
  expect(() => readWav(new Uint8Array(10))).toThrow('not a WAV')
  expect(() => readWav(damaged(0, 0))).toThrow('not a WAV')
  expect(() => readWav(damaged(22, 2))).toThrow('mono')
  const complaints = new Set<string>()
  for (let at = 0; at < 44; at++) {
    for (const byte of [0, 1, 127, 255]) {
      try {
        readWav(damaged(at, byte))
      } catch (error) {
        complaints.add(String(error))
      }
    }
  }
  expect([...complaints].filter((text) => !text.includes('WAV'))).toEqual([])
})

test('measures gaps between packets: closed, open, and none for a late poll of our own', () => {
  const gaps = createPacketGaps()
  gaps.observe(0, 0, 1_000)
  expect(gaps.take(5_000)).toBe(0)
  gaps.observe(1, 5_000, 5_010)
  gaps.observe(3, 5_040, 5_060)
  expect(gaps.take(5_070)).toBe(40)
  gaps.observe(4, 5_300, 5_310)
  expect(gaps.take(5_310)).toBe(260)
  expect(gaps.take(5_700)).toBe(400)
  gaps.observe(24, 5_700, 5_710)
  expect(gaps.take(5_710)).toBe(20)
})

test('masks numbers', () => {
  expect(maskNumber('13800002210')).toBe('138****2210')
  expect(maskNumber('+8613800002210')).toBe('+86****2210')
  expect(maskNumber('110')).toBe('1****0')
  expect(maskNumber('c1')).toBe('c1')
})

function listener() {
  const said: string[] = []
  const hearers = new Set<(heard: Heard) => void>()
  const call = new AbortController()
  let at = 0
  return {
    said,
    call,
    /** Seconds of voice or silence, in windows of 200 ms. */
    hear: async (seconds: number, dbfs: number) => {
      for (let i = 0; i < seconds * 5; i++) {
        at += 200
        for (const hearer of hearers) hearer({ dominantHz: 300, dbfs, at })
        await Promise.resolve()
      }
      await new Promise((resolve) => setImmediate(resolve))
    },
    body: {
      signal: call.signal,
      say: async (line: string) => void said.push(line),
      onWindow: (hearer: (heard: Heard) => void) => {
        hearers.add(hearer)
        return () => void hearers.delete(hearer)
      },
    },
  }
}

test('the caller in a hurry asks after the greeting, prompts after 20 s, thanks after the answer', async () => {
  const { said, call, hear, body } = listener()
  const played = playSteps(loadScenario('bus-route').steps, body)
  await hear(2, -20)
  expect(said).toEqual([])
  await hear(1.2, -90)
  expect(said).toEqual(['ask'])
  await hear(19, -90)
  expect(said).toEqual(['ask'])
  await hear(2, -90)
  expect(said).toEqual(['ask', 'hurry'])
  await hear(4, -20)
  expect(said).toEqual(['ask', 'hurry'])
  await hear(2.4, -90)
  expect(said).toEqual(['ask', 'hurry', 'thanks'])
  call.abort()
  await played
})

test('the caller does not wait for ever for a greeting, nor for an operator who only hums', async () => {
  const { said, call, hear, body } = listener()
  const played = playSteps(loadScenario('bus-route').steps, body)
  await hear(8.4, -90)
  expect(said).toEqual(['ask'])
  await hear(90.4, -20)
  expect(said).toEqual(['ask', 'thanks'])
  call.abort()
  await played
})
