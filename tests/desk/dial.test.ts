/** Whom the desk dials by its keys: a citizen, an emergency service that the case notes, and single tones. */
import { beforeEach, describe, expect, test } from 'vitest'
import {
  dialEmergency,
  dialTyped,
  forgetDialled,
  hindranceOf,
  openEmergency,
  toggleDial,
  useDial,
} from '../../renderer/desk/stores/dial-store.ts'
import { useCall } from '../../renderer/desk/stores/call-store.ts'
import { useSession } from '../../renderer/desk/stores/session-store.ts'
import { draftsSettled, edit } from '../../renderer/desk/stores/draft-store.ts'
import { noteComposingWords } from '../../renderer/desk/stores/emergency-note.ts'
import { sendTone, toggleKeypad, useKeypad } from '../../renderer/desk/stores/keypad-store.ts'
import { rest } from './fake-window.ts'
import { lineSteps } from './line-steps.ts'
import { openDesk } from './open-desk.ts'

const { world, callIn, press } = openDesk(forgetDialled)
const { lines, openNow, sent, besideId, ask } = lineSteps(world)
let first = ''
beforeEach(() => {
  first = callIn('first')
})

const talk = () => world.takeCall(first)

describe('dialling a citizen', () => {
  test('with no call the panel dials her, with a case of her own; one key dials her again', async () => {
    await press('redial')
    expect(sent()).toEqual([])
    toggleDial()
    dialTyped('+86 138 0013 2210', 'citizen')
    await rest()
    expect(lines().call).toMatchObject({ phase: 'dialling', direction: 'out' })
    expect(openNow()).toMatchObject({ callId: lines().call?.caller.callId, form: { callerPhone: '13800132210' } })
    const { callId } = lines().call?.caller ?? expect.fail()
    world.phone({ type: 'sessionFailed', callId, status: 486, at: Date.now() }, 'callEnded')
    await press('redial')
    expect(sent().map(({ input }) => input)).toEqual([
      { number: '13800132210', purpose: 'citizen' },
      { number: '13800132210', purpose: 'citizen' },
    ])
    forgetDialled()
    world.end(lines().call?.caller.callId)
    await press('redial')
    expect(sent()).toHaveLength(2)
  })

  test('in a call nobody is dialled as a citizen, and while somebody is asked nobody else', async () => {
    talk()
    await press('redial')
    await ask()
    toggleDial()
    openEmergency()
    expect(useDial.getState().shown).toBe('closed')
    expect(sent()).toHaveLength(1)
  })

  test('an emergency service that cannot be brought in now is refused with why, until that is over', async () => {
    const saysWhy = () => {
      const { hindered } = useDial.getState()
      return hindered === hindranceOf(lines()) ? hindered : null
    }
    talk()
    await ask()
    await press('emergency')
    expect(saysWhy()).toBe('beside')
    await press('drop')
    expect(saysWhy()).toBeNull()
    await press('emergency')
    expect([useDial.getState().shown, saysWhy()]).toEqual(['emergency', null])
    useCall.setState({ snapshot: { ...lines(), line: 'connecting' } })
    await press('emergency')
    expect(saysWhy()).toBe('line')
  })
})

test('at a desk of Guangzhou its own numbers are dialled as local, Jiangmen’s as another city’s', async () => {
  world.end(first)
  const numberPlan = { areaCode: '20', extension: { least: 4, most: 4 } }
  useSession.setState(({ session }) => ({ session: session && { ...session, numberPlan } }))
  toggleDial()
  expect(dialTyped('600', 'citizen')).toBe('tooShort')
  dialTyped('020-8350 0123', 'citizen')
  await rest()
  world.end(lines().call?.caller.callId)
  toggleDial()
  dialTyped('0750-3500123', 'citizen')
  await rest()
  expect(sent().map(({ input }) => input)).toEqual([
    { number: '83500123', purpose: 'citizen' },
    { number: '07503500123', purpose: 'citizen' },
  ])
})

describe('an emergency in the case', () => {
  const at = Date.UTC(2026, 10, 25, 12, 31)

  async function bringIn(): Promise<void> {
    openEmergency()
    dialEmergency(0)
    await rest()
    world.pickUp(besideId(), at)
  }
  const content = () => openNow()?.form.content

  test('a line after her own words says who was brought in when, and when the citizen was put through', async () => {
    talk()
    edit({ content: '有人打架' })
    await bringIn()
    expect(content()).toBe('有人打架\n20:31 已接入 110')
    await press('complete')
    world.phone({ type: 'completed', at: at + 120_000 })
    expect(content()).toBe('有人打架\n20:31 已接入 110\n20:33 已转接 110')
    await draftsSettled()
    expect([...world.drafts.values()].at(-1)?.form.content).toBe(content())
  })

  test('a line that she took out does not come again', async () => {
    talk()
    await bringIn()
    edit({ content: '她自己的话' })
    await press('mute')
    expect(content()).toBe('她自己的话')
  })

  test('while the input method composes her words stay whole; the line comes after it', async () => {
    talk()
    noteComposingWords(true)
    await bringIn()
    expect(content()).toBe('')
    noteComposingWords(false)
    expect(content()).toBe('20:31 已接入 110')
  })

  test('asking a colleague writes nothing', async () => {
    talk()
    await ask()
    await press('complete')
    world.phone({ type: 'completed', at })
    expect(content()).toBe('')
  })
})

describe('the keypad', () => {
  test('each tone goes at once to whom she speaks with, and is forgotten with the keypad', async () => {
    talk()
    toggleKeypad()
    for (const tone of ['1', '#'] as const) sendTone(tone)
    await rest()
    expect(sent().map(({ input }) => input)).toEqual([
      { callId: first, tones: '1' },
      { callId: first, tones: '#' },
    ])
    expect(useKeypad.getState().sent).toBe('1#')
    toggleKeypad()
    expect(useKeypad.getState()).toEqual({ callId: null, sent: '' })
  })

  test('tones meant for one never reach another', async () => {
    talk()
    toggleKeypad()
    await ask()
    sendTone('7')
    await rest()
    expect(sent().map(({ name }) => name)).not.toContain('phone.tones')
    toggleKeypad()
    sendTone('7')
    expect(sent().at(-1)).toMatchObject({ input: { callId: besideId(), tones: '7' } })
  })
})
