/** What the operator marks of a call, by the keys of the desk. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { must } from '../../shared/errors.ts'
import { warningToSay } from '../../shared/script/prompt.ts'
import { startFlow } from '../../renderer/desk/desk-flow.ts'
import { bindingFor } from '../../renderer/desk/keys/key-map.ts'
import { warningNow } from '../../renderer/desk/script/speaking.ts'
import { useActivity } from '../../renderer/desk/stores/activity-store.ts'
import { useCall } from '../../renderer/desk/stores/call-store.ts'
import { edit, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { scriptRulesNow } from '../../renderer/desk/stores/tables-store.ts'
import { shippedBodies } from '../../shared/tables/tables.ts'
import { openDesk } from './open-desk.ts'

const { world, callIn, press } = openDesk()
let callId = ''
beforeEach(() => {
  callId = callIn('care')
})

const talk = () => world.takeCall(callId)
const asked = (name: string) => world.calls.filter((call) => call.name === name).map(({ input }) => input)
const warnings = () => useCall.getState().snapshot?.call?.care.warnings.length
const toSay = warningNow

describe('warnings', () => {
  test('each press is one, up to three; F4 says them, and after the third come the last words', async () => {
    talk()
    await press('warn')
    expect([warnings(), toSay()]).toEqual([1, 1])
    await press('said')
    expect(toSay()).toBeNull()
    await press('warn', 'warn')
    expect([warnings(), toSay()]).toEqual([3, 3])
    await press('said')
    expect(toSay()).toBe('end')
    await press('warn', 'said')
    expect([warnings(), toSay()]).toEqual([3, 'end'])
    expect(asked('phone.warn')).toHaveLength(3)
    // It is hers to hang up: nothing ends a call by itself.
    expect(asked('phone.hangUp')).toEqual([])
  })

  test('CS11 what is said of something else says no warning, and one of two sentences not the whole', async () => {
    const script = structuredClone(shippedBodies.script)
    const first = must(
      script.sentences.find(({ when }) => when === 'abuse1'),
      'the words of a warning',
    )
    script.sentences.push({ ...first, id: 'abuse-1-more' })
    world.tables = [{ name: 'script', version: 1, body: script }]
    world.emit('tables.changed', null)
    await vi.waitFor(() => expect(scriptRulesNow().script.version).toBe(1))
    talk()
    await press('warn')
    edit({ content: '楼下着火了' })
    await press('said')
    expect([useActivity.getState().said.at(-1)?.when, toSay()]).toEqual(['emergency', 1])
    edit({ content: '路灯不亮' })
    await press('said')
    expect([useActivity.getState().said.at(-1)?.when, toSay()]).toEqual(['abuse1', 1])
    await press('said')
    expect([useActivity.getState().said.at(-1)?.id, toSay()]).toEqual(['abuse-1-more', null])
    world.tables = [{ name: 'script', version: 2, body: shippedBodies.script }]
    world.emit('tables.changed', null)
    await vi.waitFor(() => expect(scriptRulesNow().script.version).toBe(2))
  })

  test('a wrong key is taken back, with the words that it brought', async () => {
    talk()
    await press('warn', 'withdrawWarning')
    expect([warnings(), toSay()]).toEqual([0, null])
    await press('warn')
    expect([warnings(), toSay()]).toEqual([1, 1])
  })

  test('a desk that opens anew shows how many there were', async () => {
    talk()
    await press('warn', 'warn')
    useActivity.setState({ warningsSaid: 0 })
    await startFlow()
    expect([warnings(), warningToSay(warnings() ?? 0, 0)]).toEqual([2, 2])
  })

  test('O8 after such a call she is away, and her unfinished case stays', async () => {
    talk()
    edit({ content: '噪音扰民' })
    await press('warn')
    world.end(callId)
    await press('ready')
    expect(useCall.getState().snapshot?.operator).toMatchObject({ status: 'away', away: 'afterHardCall' })
    expect(useDraft.getState().open).toMatchObject({ callId, form: { content: '噪音扰民' } })
    await press('ready')
    expect(useCall.getState().snapshot?.operator.status).toBe('ready')
  })

  test('before anybody answered there is nobody to warn', async () => {
    world.ring(undefined, undefined, callId)
    await press('warn', 'withdrawWarning', 'pauseRecording')
    expect(world.calls.filter(({ name }) => /^phone\.(warn|pause)/.test(name))).toEqual([])
  })

  test('Alt A marks and Alt Shift A takes back', () => {
    expect(bindingFor('Alt+A', 'inCall', true)?.id).toBe('warn')
    expect(bindingFor('Alt+Shift+A', 'wrapUp', true)?.id).toBe('withdrawWarning')
    expect(bindingFor('Alt+A', 'wrapUp', true)).toBeNull()
    expect(bindingFor('Alt+P', 'inCall', false)).toBeNull()
  })
})

test('the recording is asked to pause, and to go on', async () => {
  talk()
  await press('pauseRecording')
  expect(useCall.getState().snapshot?.call?.care.recording.pausedAt).not.toBeNull()
  await press('pauseRecording')
  expect(asked('phone.pauseRecording')).toEqual([
    { callId, paused: true },
    { callId, paused: false },
  ])
})
