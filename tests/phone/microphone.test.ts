import { describe, expect, test } from 'vitest'
import { fakeMachine, input } from './support/fake-sound.ts'
import { builtIn, headset, loud, openSound, turn } from './support/sound-of-a-desk.ts'

describe('the microphone of a call', () => {
  test('is another one from the choice on, in the same call, and stays muted', async () => {
    const { devices, speak } = await openSound(fakeMachine(builtIn, headset))
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
    const { devices, speak } = await openSound(machine)
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
    const { microphone, speak } = await openSound(machine)
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
      const { devices, told, speak } = await openSound(machine)
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
    const { told, speak } = await openSound(machine)
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
    const { devices, speak } = await openSound(machine)
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
    const { microphone, speak } = await openSound(machine)
    expect((await speak()).from).toBe('silence')
    expect(microphone.state()).toBe('denied')
  })

  test('is not opened again for a call that is over', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, speak } = await openSound(machine)
    const stream = await speak()
    stream.tracks[0]?.stop()
    devices.choose('microphone', 'Jabra')
    await turn()
    expect(machine.opened).toHaveLength(1)
  })

  test('that opens while the call ends is closed again', async () => {
    const machine = fakeMachine(builtIn, headset)
    const { devices, speak } = await openSound(machine)
    const stream = await speak()
    devices.choose('microphone', 'Jabra')
    stream.tracks[0]?.stop()
    await turn()
    expect(machine.opened.map(({ tracks }) => tracks[0]?.readyState)).not.toContain('live')
  })
})

describe('a microphone that does not open', () => {
  async function stuck() {
    const machine = fakeMachine(builtIn)
    const free = machine.stick()
    const { microphone, speak, timers } = await openSound(machine)
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
    const { speak, timers } = await openSound(fakeMachine(builtIn))
    expect((await speak()).from).toBe('system:内置麦克风')
    expect(timers.waiting()).toBe(0)
  })
})
