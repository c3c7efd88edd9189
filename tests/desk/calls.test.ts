/** The calls of the shift on an invented desktop: calling back, and opening a case from there. */
import { describe, expect, test } from 'vitest'
import { openCaseOf, perform } from '../../renderer/desk/actions.ts'
import { howWords, kindWords, owedWords } from '../../renderer/desk/header/call-list-words.ts'
import {
  callBack,
  chosenCall,
  clearCalls,
  loadCalls,
  moveChoice,
  useCalls,
} from '../../renderer/desk/stores/calls-store.ts'
import { useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { closeCalls, usePanels } from '../../renderer/desk/stores/panel-store.ts'
import { useSession } from '../../renderer/desk/stores/session-store.ts'
import { useSync } from '../../renderer/desk/stores/sync-store.ts'
import type { ListedCall } from '../../shared/call/call-book.ts'
import { rest } from './fake-window.ts'
import { openDesk } from './open-desk.ts'

const call = (callId: string, more: Partial<ListedCall> = {}): ListedCall => ({
  callId,
  at: 1000,
  direction: 'in',
  purpose: 'citizen',
  number: '13800132210',
  answeredAt: null,
  endedAt: 9000,
  outcome: 'missed',
  transferredTo: null,
  caseId: null,
  caseNo: null,
  owed: true,
  answeredElsewhere: false,
  tries: 0,
  ...more,
})

const { world } = openDesk(() => {
  closeCalls()
  clearCalls()
  world.shift = [call('new'), call('old', { number: '0750-3500123', at: 500 })]
})

const dialled = () => world.calls.filter(({ name }) => name === 'phone.dial').map(({ input }) => input)
const note = () => useCalls.getState().note

describe('calling back', () => {
  test('one key calls whom the desk owes it next, and names the call that this pays back', async () => {
    perform('callBack')
    await rest()
    expect(dialled()).toEqual([{ number: '13800132210', purpose: 'citizen', paysBack: 'new' }])
    expect(world.call).toMatchObject({ direction: 'out', paysBack: 'new' })
    // While she is being called the key calls nobody else.
    perform('callBack')
    await rest()
    expect(dialled()).toHaveLength(1)
  })

  test('one question at a time, however often it is pressed; none is dialled for whoever sits here next', async () => {
    perform('callBack')
    perform('callBack')
    await rest()
    expect(dialled()).toHaveLength(1)
    world.call = null
    await rest()
    world.calls = []
    perform('callBack')
    useSession.setState({ session: null, state: 'signedOut' })
    await rest()
    expect(dialled()).toEqual([])
  })

  test('where nobody is owed a call the list opens and says so', async () => {
    world.shift = []
    perform('callBack')
    await rest()
    expect(dialled()).toEqual([])
    expect([usePanels.getState().calls, note()]).toEqual([true, 'nobody'])
  })

  test('from the list: a citizen, as her number is dialled here; what was not owed pays nothing back', () => {
    callBack(call('x', { number: '+86 750 3500123', owed: false, outcome: 'completed' }))
    expect(dialled()).toEqual([{ number: '3500123', purpose: 'citizen', paysBack: undefined }])
  })

  test.each([
    ['hidden', { number: '', owed: false }],
    ['unreadable', { number: '+852 2345 6789', owed: false }],
    ['notCitizen', { purpose: 'consult', direction: 'out' }],
  ] as const)('says why not: %s', (why, more) => {
    callBack(call('x', more))
    expect([note(), dialled()]).toEqual([why, []])
  })

  test('not while a call is up', async () => {
    world.ring(undefined, undefined, 'ringing')
    await rest()
    callBack(call('x'))
    expect([note(), dialled()]).toEqual(['busy', []])
  })
})

describe('the list', () => {
  test('stays at what was first in front of the eye, too', async () => {
    await loadCalls()
    world.shift = [call('newer'), ...world.shift]
    await loadCalls()
    expect(chosenCall(useCalls.getState())?.callId).toBe('new')
  })

  test('stays at the chosen call when another comes in above it', async () => {
    await loadCalls()
    moveChoice(1)
    moveChoice(1)
    world.shift = [call('newer'), ...world.shift]
    await loadCalls()
    expect(chosenCall(useCalls.getState())?.callId).toBe('old')
  })

  test('opens the case of a call as it stands; not in a call, and says where there is none', async () => {
    const saved = call('s', { caseId: '01950000-0000-7000-8000-000000000000', caseNo: 'JM-1', owed: false })
    world.shift = [saved]
    await openCaseOf(call('none'))
    expect(note()).toBe('noCase')
    world.takeCall('up')
    await rest()
    await openCaseOf(saved)
    expect(note()).toBe('notOpen')
    world.end('up')
    perform('ready')
    await rest()
    await openCaseOf(saved)
    expect(useDraft.getState().open).toMatchObject({ caseId: saved.caseId, caseNo: 'JM-1' })
  })

  test('says how each call went', () => {
    const t = ((key: string, values?: object) => [key, ...Object.values(values ?? {})].join(' ')) as never
    const how = (more: Partial<ListedCall>) => howWords(call('x', more), t)
    const spoken = { answeredAt: 1000, endedAt: 162_000 }
    expect([
      how({}),
      how({ outcome: 'rejected' }),
      how({ outcome: 'failed' }),
      how({ outcome: 'lost' }),
      how({ endedAt: null, outcome: null }),
      how({ ...spoken, outcome: 'completed' }),
      how({ ...spoken, outcome: 'lost' }),
      how({ ...spoken, outcome: 'transferred', transferredTo: '1004' }),
    ]).toEqual([
      'calls.how.missed',
      'calls.how.rejected',
      'calls.how.failed',
      'calls.how.lostRinging',
      'calls.how.up',
      'calls.how.completed 02:41',
      'calls.how.lost 02:41',
      'calls.how.transferred 1004',
    ])
    expect(kindWords(call('x', { purpose: 'colleague' }), t)).toBe('calls.kind.colleague')
    expect(owedWords(call('x', { tries: 2 }), t)).toBe('calls.tried 2')
    expect(owedWords(call('x', { number: '', owed: false }), t)).toBe('calls.hidden')
    expect(owedWords(call('x', { owed: false }), t)).toBeNull()
  })
})

test('the figures of the day count whom the desk owes a call', () => {
  expect(useSync.getState().today?.callsOwed).toBe(2)
})
