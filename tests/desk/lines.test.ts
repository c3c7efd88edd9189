/** The calls beside each other, by the keys of the desk: who is held, asked, brought in, and whose case is shown. */
import { signedOff } from '../../shared/call/operator-status.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isHeld } from '../../shared/call/call-machine.ts'
import { perform } from '../../renderer/desk/actions.ts'
import { startFlow } from '../../renderer/desk/desk-flow.ts'
import { useCall } from '../../renderer/desk/stores/call-store.ts'
import {
  dialEmergency,
  dialTyped,
  forgetDialled,
  openEmergency,
  toggleDial,
  useDial,
} from '../../renderer/desk/stores/dial-store.ts'
import { closeDrafts, draftsSettled, edit, saveCase, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { noteComposingWords } from '../../renderer/desk/stores/emergency-note.ts'
import { sendTone, toggleKeypad, useKeypad } from '../../renderer/desk/stores/keypad-store.ts'
import { isOpen, type LineAct } from '../../renderer/desk/stores/line-store.ts'
import { useSession } from '../../renderer/desk/stores/session-store.ts'
import type { FakeDesktop } from './fake-bridge.ts'
import { openWindow, rest } from './fake-window.ts'

let world: FakeDesktop
let calls = 0
let [first, second] = ['', '']

beforeAll(() => {
  world = openWindow()
  world.register()
})

beforeEach(async () => {
  await rest()
  closeDrafts()
  forgetDialled()
  world.drafts.clear()
  world.call = null
  world.operator = { ...signedOff, status: 'ready', registered: true, since: 0 }
  useSession.setState({ session: world.session, state: 'signedIn' })
  await startFlow()
  await rest()
  calls += 1
  ;[first, second] = [`first-${calls}`, `second-${calls}`]
  world.calls = []
})

const lines = () => useCall.getState().snapshot ?? expect.fail('no snapshot')
const openNow = () => useDraft.getState().open
const sent = () => world.calls.filter(({ name }) => name.startsWith('phone.'))
const besideId = () => lines().beside?.caller.callId ?? ''
const live = () =>
  (['hold', 'swap', 'join', 'complete', 'drop'] satisfies LineAct[]).filter((act) => isOpen(lines(), act))
const fullForm = {
  kind: 'consult',
  classification: '0101',
  district: '蓬江区',
  content: '停水',
  replyMode: 'notWanted',
} as const

function talk(): void {
  world.ring(undefined, undefined, first)
  world.talk(first)
}

async function press(...ids: Parameters<typeof perform>[0][]): Promise<void> {
  for (const id of ids) {
    perform(id)
    await rest()
  }
}

/** Somebody is asked beside the citizen, and has answered. */
async function ask(number = '8001', purpose: 'consult' | 'handOver' = 'consult'): Promise<void> {
  toggleDial()
  dialTyped(number, purpose)
  await rest()
  world.pickUp(besideId())
}

describe('hold', () => {
  test('one key puts the citizen aside and takes her back', async () => {
    talk()
    await press('hold')
    expect(lines().call && isHeld(lines().call ?? expect.fail())).toBe(true)
    await press('hold')
    expect(sent().map(({ input }) => input)).toEqual([
      { callId: first, held: true },
      { callId: first, held: false },
    ])
  })

  test('while it only rings, nothing is asked of the phone', async () => {
    world.ring(undefined, undefined, first)
    await press('hold', 'swap', 'join', 'complete', 'drop', 'hangUp')
    expect(sent()).toEqual([])
  })
})

describe('a second citizen', () => {
  test('knocks; F5 holds the first and answers her, with a case of her own; the first comes back to hers', async () => {
    talk()
    edit({ content: '第一位' })
    world.ring('13900139000', '', second)
    expect(lines().other).toMatchObject({ phase: 'ringing', caller: { callId: second } })
    const firstCase = openNow()?.caseId
    expect(openNow()).toMatchObject({ callId: first })
    await press('answer')
    expect(lines()).toMatchObject({ call: { caller: { callId: second } }, other: { hold: { stands: true } } })
    expect(openNow()).toMatchObject({ callId: second, form: { content: '' } })
    await press('swap')
    expect(openNow()).toMatchObject({ caseId: firstCase, callId: first, form: { content: '第一位' } })
  })

  test('refused, she is told busy, and the first hears nothing of it', async () => {
    talk()
    world.ring('13900139000', '', second)
    await press('reject')
    expect(sent()).toMatchObject([{ name: 'phone.reject', input: { callId: second } }])
    expect(lines()).toMatchObject({ other: null, call: { phase: 'talking', caller: { callId: first } } })
    await press('answer', 'reject')
    expect(sent()).toHaveLength(1)
  })

  test('a call that ended while another knocked still stands on the list, though nothing was typed', async () => {
    talk()
    world.ring('13900139000', '', second)
    world.end(first)
    await rest()
    expect(lines().call).toMatchObject({ phase: 'ringing', caller: { callId: second } })
    expect([...world.drafts.values()].map(({ callId }) => callId)).toContain(first)
  })

  test('a call put aside before anything was typed still stands on the list', async () => {
    talk()
    world.ring('13900139000', '', second)
    await press('answer')
    expect([...world.drafts.values()].map(({ callId }) => callId)).toContain(first)
  })

  test('a case that was saved is the same case when its citizen comes back', async () => {
    talk()
    edit(fullForm)
    await saveCase()
    const saved = openNow()
    world.ring('13900139000', '', second)
    await press('answer', 'swap')
    expect(openNow()).toMatchObject({ caseId: saved?.caseId, caseNo: saved?.caseNo })
  })
})

describe('asking and handing over', () => {
  test('somebody is asked: the keys for it are live; the other is dropped, and the citizen is back', async () => {
    talk()
    expect(live()).toEqual(['hold'])
    await ask()
    expect(lines()).toMatchObject({
      call: { hold: { stands: true } },
      beside: { phase: 'talking', purpose: 'consult' },
    })
    expect(live()).toEqual(['swap', 'join', 'complete', 'drop'])
    await press('join')
    expect(lines().joined).toBe(true)
    await press('join', 'complete')
    expect(sent().slice(-3)).toMatchObject([
      { name: 'phone.join', input: { joined: true } },
      { name: 'phone.join', input: { joined: false } },
      { name: 'phone.complete' },
    ])
    world.phone({ type: 'completeRefused', status: 503, at: Date.now() })
    expect(lines().refused).toBe(503)
    await press('drop')
    expect(lines()).toMatchObject({ beside: null, call: { phase: 'talking', hold: { stands: false } } })
  })

  test('the hang-up key ends the one who is spoken with, never the citizen who waits', async () => {
    talk()
    await ask()
    const id = besideId()
    await press('hangUp')
    expect(sent().at(-1)).toMatchObject({ name: 'phone.hangUp', input: { callId: id } })
    expect(lines()).toMatchObject({ call: { phase: 'talking', caller: { callId: first } } })
  })

  test('handed over directly, the citizen goes as soon as somebody answers', async () => {
    talk()
    await ask('0750-3500123', 'handOver')
    expect(sent()).toMatchObject([{ name: 'phone.dial', input: { number: '3500123', purpose: 'handOver' } }])
    expect(lines().completing).toMatchObject({ how: 'blind' })
    expect(live()).toEqual([])
  })

  test('an emergency service is chosen by a digit, or known by its number, and joined when it answers', async () => {
    talk()
    openEmergency()
    dialEmergency(2)
    await rest()
    expect(sent()).toMatchObject([{ name: 'phone.dial', input: { number: '120', purpose: 'emergency' } }])
    world.pickUp(besideId())
    expect(lines().joined).toBe(true)
    await press('drop')
    toggleDial()
    dialTyped('１１０', 'consult')
    await rest()
    expect(sent().at(-1)).toMatchObject({ input: { number: '110', purpose: 'emergency' } })
  })

  test('a number meant for one citizen is not dialled beside another', async () => {
    talk()
    toggleDial()
    world.ring('13900139000', '', second)
    await press('answer')
    dialTyped('8001', 'handOver')
    await rest()
    expect(sent().map(({ name }) => name)).not.toContain('phone.dial')
    expect(useDial.getState().shown).toBe('closed')
  })

  test('what cannot be dialled is said, and stays in the panel', () => {
    talk()
    toggleDial()
    expect(dialTyped('公安', 'consult')).toBe('letters')
    expect(useDial.getState().shown).toBe('number')
  })
})

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
