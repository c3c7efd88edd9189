/** The calls beside each other, by the keys of the desk: who is held, asked, brought in, and whose case is shown. */
import { beforeEach, describe, expect, test } from 'vitest'
import { isHeld } from '../../shared/call/call.ts'
import {
  dialEmergency,
  dialTyped,
  forgetDialled,
  openEmergency,
  toggleDial,
  useDial,
} from '../../renderer/desk/stores/dial-store.ts'
import { edit, saveCase } from '../../renderer/desk/stores/draft-store.ts'
import { isOpen, type LineAct } from '../../renderer/desk/stores/line-store.ts'
import { rest } from './fake-window.ts'
import { lineSteps } from './line-steps.ts'
import { fullForm, openDesk } from './open-desk.ts'

const { world, callIn, press } = openDesk(forgetDialled)
const { lines, openNow, sent, besideId, ask } = lineSteps(world)
let [first, second] = ['', '']
beforeEach(() => {
  ;[first, second] = [callIn('first'), callIn('second')]
})

const talk = () => world.takeCall(first)
const live = () =>
  (['hold', 'swap', 'join', 'complete', 'drop'] satisfies LineAct[]).filter((act) => isOpen(lines(), act))
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
