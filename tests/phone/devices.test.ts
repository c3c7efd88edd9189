import { describe, expect, test } from 'vitest'
import { createOutput } from '../../renderer/phone/output.ts'
import { fakeMachine, fakeStorage, input } from './support/fake-sound.ts'
import { builtIn, headset, headsetEar, loud, openSound, turn } from './support/sound-of-a-desk.ts'

describe('the devices of a desk', () => {
  test('are named, without what Chromium names twice, and two of one name apart', async () => {
    const twin = input('m3', 'Jabra')
    const machine = fakeMachine(input('default', 'Default - Jabra'), builtIn, headset, twin, loud, headsetEar)
    const { devices } = await openSound(machine)
    expect(devices.snapshot()).toEqual({
      microphones: ['内置麦克风', 'Jabra', 'Jabra (2)'],
      speakers: ['音箱', 'Jabra'],
      chosen: { microphone: null, speaker: null, ring: null },
      missing: [],
      pulled: null,
    })
    devices.choose('microphone', 'Jabra (2)')
    expect(devices.idOf('microphone')).toBe('m3')
  })

  test('ring and call sound from different ones', async () => {
    const { devices, moved } = await openSound(fakeMachine(builtIn, loud, headsetEar))
    devices.choose('speaker', 'Jabra')
    devices.choose('ring', '音箱')
    expect([devices.idOf('speaker'), devices.idOf('ring')]).toEqual(['s2', 's1'])
    expect(moved).toEqual(['speaker', 'ring'])
  })

  test('are remembered by name over a restart that gives them other ids', async () => {
    const storage = fakeStorage()
    const { devices } = await openSound(fakeMachine(builtIn, headset), storage)
    devices.choose('microphone', 'Jabra')
    const later = await openSound(fakeMachine(input('x8', '内置麦克风'), input('x9', 'Jabra')), storage)
    expect(later.devices.idOf('microphone')).toBe('x9')
  })

  test('one that nothing is called is refused, and changes nothing', async () => {
    const { devices, storage } = await openSound(fakeMachine(builtIn))
    expect(devices.choose('microphone', 'Jabra')).toMatchObject({ ok: false, error: { code: 'notFound' } })
    expect(storage.kept.size).toBe(0)
  })

  test('one that is pulled is said to be missing, and comes back by itself', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, told } = await openSound(machine)
    devices.choose('microphone', 'Jabra')
    await machine.plug(builtIn)
    expect(told.at(-1)).toMatchObject({ chosen: { microphone: 'Jabra' }, missing: ['microphone'] })
    expect(devices.idOf('microphone')).toBe('')
    await machine.plug(builtIn, input('m7', 'Jabra'))
    expect(told.at(-1)?.missing).toEqual([])
    expect(devices.idOf('microphone')).toBe('m7')
  })

  test('the choice of the system again is remembered as none', async () => {
    const { devices, storage } = await openSound(fakeMachine(builtIn, headset))
    devices.choose('microphone', 'Jabra')
    devices.choose('microphone', null)
    expect([storage.kept.size, devices.idOf('microphone')]).toEqual([0, ''])
  })
})

describe('an output', () => {
  test('takes all that sounds in it along, and lets go what is over', async () => {
    let id = ''
    const heard: string[] = []
    const speakers = createOutput(() => id)
    const sink = (name: string) => ({ setSinkId: async (to: string) => void heard.push(`${name} ${to}`) })
    const letGo = speakers.add(sink('call'))
    speakers.add(sink('tones'))
    expect(heard).toEqual([])
    id = 's2'
    speakers.renew()
    letGo()
    id = 's1'
    speakers.renew()
    expect(heard).toEqual(['call s2', 'tones s2', 'tones s1'])
  })

  test('a device that will not take it leaves it to the system’s', async () => {
    const heard: string[] = []
    createOutput(() => 'gone').add({
      setSinkId: (to) => {
        heard.push(to)
        return to === '' ? Promise.resolve() : Promise.reject(new DOMException('', 'NotFoundError'))
      },
    })
    await turn()
    expect(heard).toEqual(['gone', ''])
  })
})
