import { describe, expect, test } from 'vitest'
import type { SoundDevices } from '../../shared/call/sound-devices.ts'
import { createDevices } from '../../renderer/phone/devices.ts'
import { createMicrophoneTest } from '../../renderer/phone/microphone-test.ts'
import { createMicrophone } from '../../renderer/phone/microphone.ts'
import { createOutput } from '../../renderer/phone/output.ts'
import { fakeTimers } from './support/fake-timers.ts'
import { fakeMachine, FakeStream, fakeStorage, input, output } from './support/fake-sound.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const builtIn = input('m1', '内置麦克风')
const headset = input('m2', 'Jabra')
const headsetEar = output('s2', 'Jabra')
const loud = output('s1', '音箱')

/** A phone's devices on this machine, with the microphone that follows them. */
async function open(machine: ReturnType<typeof fakeMachine>, storage = fakeStorage()) {
  const timers = fakeTimers()
  const moved: string[] = []
  const told: SoundDevices[] = []
  const devices = createDevices({
    media: machine.media,
    storage,
    moved: (role) => {
      moved.push(role)
      if (role === 'microphone') void microphone.renew()
    },
    changed: (now) => void told.push(now),
  })
  const microphone = createMicrophone({
    media: machine.media,
    silence: () => new FakeStream('silence') as unknown as MediaStream,
    chosen: () => devices.idOf('microphone'),
    changed: () => {},
    after: timers.after,
    gone: (name) => devices.gone(name),
  })
  await devices.look()
  const speak = async () => (await microphone.open()) as unknown as FakeStream
  return { devices, microphone, moved, told, storage, speak, timers }
}

describe('the devices of a desk', () => {
  test('are named, without what Chromium names twice, and two of one name apart', async () => {
    const twin = input('m3', 'Jabra')
    const machine = fakeMachine(input('default', 'Default - Jabra'), builtIn, headset, twin, loud, headsetEar)
    const { devices } = await open(machine)
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
    const { devices, moved } = await open(fakeMachine(builtIn, loud, headsetEar))
    devices.choose('speaker', 'Jabra')
    devices.choose('ring', '音箱')
    expect([devices.idOf('speaker'), devices.idOf('ring')]).toEqual(['s2', 's1'])
    expect(moved).toEqual(['speaker', 'ring'])
  })

  test('are remembered by name over a restart that gives them other ids', async () => {
    const storage = fakeStorage()
    const { devices } = await open(fakeMachine(builtIn, headset), storage)
    devices.choose('microphone', 'Jabra')
    const later = await open(fakeMachine(input('x8', '内置麦克风'), input('x9', 'Jabra')), storage)
    expect(later.devices.idOf('microphone')).toBe('x9')
  })

  test('one that nothing is called is refused, and changes nothing', async () => {
    const { devices, storage } = await open(fakeMachine(builtIn))
    expect(devices.choose('microphone', 'Jabra')).toMatchObject({ ok: false, error: { code: 'notFound' } })
    expect(storage.kept.size).toBe(0)
  })

  test('one that is pulled is said to be missing, and comes back by itself', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, told } = await open(machine)
    devices.choose('microphone', 'Jabra')
    await machine.plug(builtIn)
    expect(told.at(-1)).toMatchObject({ chosen: { microphone: 'Jabra' }, missing: ['microphone'] })
    expect(devices.idOf('microphone')).toBe('')
    await machine.plug(builtIn, input('m7', 'Jabra'))
    expect(told.at(-1)?.missing).toEqual([])
    expect(devices.idOf('microphone')).toBe('m7')
  })

  test('the choice of the system again is remembered as none', async () => {
    const { devices, storage } = await open(fakeMachine(builtIn, headset))
    devices.choose('microphone', 'Jabra')
    devices.choose('microphone', null)
    expect([storage.kept.size, devices.idOf('microphone')]).toEqual([0, ''])
  })
})

describe('the microphone of a call', () => {
  test('is another one from the choice on, in the same call, and stays muted', async () => {
    const { devices, speak } = await open(fakeMachine(builtIn, headset))
    const stream = await speak()
    const [before] = stream.tracks
    if (before) before.enabled = false
    let told = 0
    stream.addEventListener('addtrack', () => (told += 1))
    devices.choose('microphone', 'Jabra')
    await turn()
    expect(stream.from).toBe('Jabra')
    expect([stream.tracks[0]?.enabled, before?.readyState, told]).toEqual([false, 'ended', 1])
  })

  test('falls back to the system’s when it is pulled, and returns when it is back', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, speak } = await open(machine)
    devices.choose('microphone', 'Jabra')
    const stream = await speak()
    await machine.plug(builtIn)
    stream.tracks[0]?.pull()
    await turn()
    expect(stream.from).toBe('system:内置麦克风')
    await machine.plug(builtIn, headset)
    await turn()
    expect(stream.from).toBe('Jabra')
  })

  test('sends silence when the only one is pulled, and is heard again when there is one', async () => {
    const machine = fakeMachine(builtIn)
    const { microphone, speak } = await open(machine)
    const stream = await speak()
    await machine.plug()
    stream.tracks[0]?.pull()
    await turn()
    expect([stream.from, microphone.state()]).toEqual(['silence', 'missing'])
    await machine.plug(headset)
    await turn()
    expect([stream.from, microphone.state()]).toEqual(['system:Jabra', 'ready'])
  })

  test.each(['the track ends', 'the devices change'] as const)(
    'where none is chosen is missed by name when it is pulled, and taken again when it is back (first %s)',
    async (first) => {
      const machine = fakeMachine(headset, builtIn)
      const { devices, told, speak } = await open(machine)
      const stream = await speak()
      const [track] = stream.tracks
      if (first === 'the track ends') track?.pull()
      await machine.plug(builtIn)
      if (first === 'the devices change') track?.pull()
      await turn()
      expect(stream.from).toBe('system:内置麦克风')
      expect(told.at(-1)).toMatchObject({ missing: ['microphone'], pulled: 'Jabra', chosen: { microphone: null } })
      await machine.plug(headset, builtIn)
      await turn()
      expect(stream.from).toBe('system:Jabra')
      expect(devices.snapshot()).toMatchObject({ missing: [], pulled: null })
    },
  )

  test('goes over to what the system takes from now on, and is not opened anew for any other change', async () => {
    const ofHeadset = input('m2', 'Jabra', 'g2')
    const ofBuiltIn = input('m1', '内置麦克风', 'g1')
    const machine = fakeMachine(input('default', 'Default', 'g2'), ofBuiltIn, ofHeadset)
    const { told, speak } = await open(machine)
    await speak()
    await machine.plug(input('default', 'Default', 'g2'), ofBuiltIn, ofHeadset, loud)
    await turn()
    expect(machine.opened).toHaveLength(1)
    await machine.plug(input('default', 'Default', 'g1'), ofBuiltIn, ofHeadset, loud)
    await turn()
    expect(machine.opened).toHaveLength(2)
    expect(told.at(-1)?.missing).toEqual([])
  })

  test('a system’s microphone that was pulled is no news once she has chosen another', async () => {
    const machine = fakeMachine(headset, builtIn)
    const { devices, speak } = await open(machine)
    const stream = await speak()
    await machine.plug(builtIn)
    stream.tracks[0]?.pull()
    await turn()
    devices.choose('microphone', '内置麦克风')
    devices.choose('microphone', null)
    expect(devices.snapshot()).toMatchObject({ missing: [], pulled: null })
  })

  test('starts without one, and says why', async () => {
    const machine = fakeMachine(builtIn)
    machine.refuse('NotAllowedError')
    const { microphone, speak } = await open(machine)
    expect((await speak()).from).toBe('silence')
    expect(microphone.state()).toBe('denied')
  })

  test('is not opened again for a call that is over', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, speak } = await open(machine)
    const stream = await speak()
    stream.tracks[0]?.stop()
    devices.choose('microphone', 'Jabra')
    await turn()
    expect(machine.opened).toHaveLength(1)
  })

  test('that opens while the call ends is closed again', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, speak } = await open(machine)
    const stream = await speak()
    devices.choose('microphone', 'Jabra')
    stream.tracks[0]?.stop()
    await turn()
    expect(machine.opened.map(({ tracks }) => tracks[0]?.readyState)).not.toContain('live')
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

describe('a microphone that does not open', () => {
  async function stuck() {
    const machine = fakeMachine(builtIn)
    const free = machine.stick()
    const { microphone, speak, timers } = await open(machine)
    const speaking = speak()
    timers.pass(2_000)
    const stream = await speaking
    expect([stream.from, microphone.state()]).toEqual(['silence', 'stuck'])
    return { machine, microphone, stream, free, timers }
  }

  test('keeps nobody from being answered: silence goes out after two seconds, and it takes over when it opens', async () => {
    const { microphone, stream, free } = await stuck()
    free()
    await turn()
    expect([stream.from, microphone.state()]).toEqual(['system:内置麦克风', 'ready'])
  })

  test('is let go again where the call is over by then', async () => {
    const { machine, stream, free } = await stuck()
    for (const track of stream.tracks) track.stop()
    free()
    await turn()
    expect([stream.from, machine.opened.at(-1)?.tracks[0]?.readyState]).toEqual(['silence', 'ended'])
  })

  test('and one that opens in time leaves no patience behind', async () => {
    const { speak, timers } = await open(fakeMachine(builtIn))
    expect((await speak()).from).toBe('system:内置麦克风')
    expect(timers.waiting()).toBe(0)
  })
})
