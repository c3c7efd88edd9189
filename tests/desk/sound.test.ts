import type { TFunction } from 'i18next'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CallQuality } from '../../shared/call/call-quality.ts'
import { chooseDevice, followSound, qualityOf, useSound } from '../../renderer/desk/sound/sound-store.ts'
import { missingWords, qualityRows, soundSign } from '../../renderer/desk/sound/sound-words.ts'
import type { FakeDesktop } from './fake-bridge.ts'
import { openWindow, rest } from './fake-window.ts'

const t = ((key: string, values?: Record<string, unknown>) =>
  values ? `${key} ${JSON.stringify(values)}` : key) as unknown as TFunction

const quality: CallQuality = {
  ...{ mosIn: 4.4, mosOut: null, lossIn: 0.004, lossOut: null, jitterMs: 6.4, rttMs: null },
  ...{ bars: 3, trouble: null, codecs: { in: 'PCMA', out: 'PCMA' } },
}

let world: FakeDesktop
beforeEach(() => {
  world = openWindow()
})

describe('the sound of the desk', () => {
  test('knows the devices from the start on, and each change of them', async () => {
    const end = followSound()
    await rest()
    expect(useSound.getState().devices).toEqual(world.devices)
    world.plug({ missing: ['ring'] })
    expect(useSound.getState().devices?.missing).toEqual(['ring'])
    end()
    world.plug({ missing: [] })
    expect(useSound.getState().devices?.missing).toEqual(['ring'])
  })

  test('a choice is the phone’s to take; one that it refuses is said', async () => {
    const end = followSound()
    await rest()
    await chooseDevice('ring', '音箱')
    expect(useSound.getState()).toMatchObject({ devices: { chosen: { ring: '音箱' } }, failure: null })
    await chooseDevice('ring', '不在的音箱')
    expect(useSound.getState()).toMatchObject({ devices: { chosen: { ring: '音箱' } }, failure: 'notFound' })
    await chooseDevice('ring', null)
    expect(useSound.getState()).toMatchObject({ devices: { chosen: { ring: null } }, failure: null })
    end()
  })

  test('the quality is that of the call that it was said of, and of a phone that is the same', async () => {
    const end = followSound()
    world.emit('phone.quality', { callId: 'a', ...quality })
    expect(qualityOf(useSound.getState(), 'a')?.mosIn).toBe(4.4)
    expect(qualityOf(useSound.getState(), 'b')).toBeNull()
    end()
    followSound()()
    await rest()
    expect(qualityOf(useSound.getState(), 'a')).toBeNull()
  })
})

describe('the words of the sound', () => {
  const pulled = () => ({ ...world.devices, missing: ['speaker'] as const })

  test('one who does not hear the other comes before a device that is not there', () => {
    const devices = { ...pulled(), missing: [...pulled().missing] }
    expect(soundSign({ devices, trouble: 'notHeard' }, t)).toMatchObject({
      tone: 'bad',
      words: 'sound.trouble.notHeard',
    })
    expect(soundSign({ devices, trouble: null }, t)).toMatchObject({
      tone: 'warn',
      words: 'sound.away.speaker',
    })
    expect(missingWords(devices, t)).toEqual(['sound.missing.speaker {"name":"Jabra Evolve2 30"}'])
    const { chosen } = world.devices
    const followed = { ...world.devices, missing: ['microphone' as const], pulled: 'Jabra' }
    expect(missingWords({ ...followed, chosen: { ...chosen, microphone: null } }, t)).toEqual([
      'sound.missing.microphone {"name":"Jabra"}',
    ])
    expect(soundSign({ devices: world.devices, trouble: null }, t)).toMatchObject({ tone: 'ok' })
  })

  test('a codec is named once where both ways are coded alike, else what is heard first', () => {
    const shown = (codecs: CallQuality['codecs']) => qualityRows({ ...quality, codecs }, t).at(-1)
    expect(shown({ in: 'opus', out: 'opus' })).toEqual(['sound.codec', 'opus'])
    expect(shown({ in: 'opus', out: 'PCMA' })).toEqual(['sound.codec', 'opus / PCMA'])
    expect(shown({ in: null, out: 'PCMA' })).toEqual(['sound.codec', '– / PCMA'])
    expect(shown({ in: null, out: null })).toEqual(['sound.codec', '–'])
  })

  test('what nobody has reported is a dash and no zero', () => {
    expect(qualityRows(quality, t).map(([, value]) => value)).toEqual(['4.4', '–', '0.4 %', '–', '6 ms', '–', 'PCMA'])
  })
})
