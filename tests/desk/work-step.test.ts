import { beforeEach, describe, expect, test } from 'vitest'
import { perform } from '../../renderer/desk/actions.ts'
import { clearOwnWork } from '../../renderer/desk/work/clear-work.ts'
import { openSteps } from '../../renderer/desk/work/open-steps.ts'
import { countOfPile, pilesOf, queryOfPile } from '../../renderer/desk/work/mine-store.ts'
import { printPage, usePrint } from '../../renderer/desk/work/print-store.ts'
import { usePage, loadPage } from '../../renderer/desk/work/page-store.ts'
import {
  beginStep,
  dropStep,
  editStep,
  restoreStep,
  sendShownStep,
  stepSaver,
  useStep,
} from '../../renderer/desk/work/step-store.ts'
import { matchUnits } from '../../renderer/desk/work/units-store.ts'
import { goBack, openPage, toggleList, useWork } from '../../renderer/desk/work/work-store.ts'
import { emptyWords, fieldsOf, readStep } from '../../shared/case/step-words.ts'
import { lineOf, pageOf } from './fake-work.ts'
import { openDesk } from './open-desk.ts'
import { rest, until } from './fake-window.ts'

describe('the words of a step', () => {
  test('say first what is missing, in the order in which they are filled in', () => {
    expect(readStep(emptyWords('dispatch'))).toEqual({ missing: 'unit' })
    expect(readStep({ ...emptyWords('redispatch'), unit: 'U-GA', reason: '  ' })).toEqual({ missing: 'reason' })
    expect(readStep({ ...emptyWords('decline'), reason: '不属受理范围' })).toEqual({ missing: 'channel' })
    expect(readStep({ ...emptyWords('grantExtension'), days: '十' })).toEqual({ missing: 'days' })
    expect(readStep({ ...emptyWords('grantExtension'), days: '61' })).toEqual({ missing: 'days' })
    expect(readStep({ ...emptyWords('grantExtension'), days: ' 5 ' })).toEqual({
      step: { type: 'grantExtension', days: 5 },
    })
    expect(readStep(emptyWords('settle'))).toEqual({ step: { type: 'settle' } })
  })

  test('of a visit ask the citizen’s own word on each thing, and nothing of who was not reached', () => {
    const visit = emptyWords('visit')
    expect(fieldsOf(visit)).toEqual(['caller', 'reached'])
    expect(readStep(visit)).toEqual({ missing: 'reached' })
    expect(readStep({ ...visit, reached: true })).toEqual({ missing: 'solved' })
    expect(readStep({ ...visit, reached: true, solved: false })).toEqual({ missing: 'rating' })
    expect(readStep({ ...visit, reached: true, solved: false, rating: 'none', note: '不方便多说' })).toEqual({
      step: { type: 'visit', reached: true, solved: false, rating: null, note: '不方便多说' },
    })
    expect(readStep({ ...visit, reached: false, solved: true, rating: 5 })).toEqual({
      step: { type: 'visit', reached: false, solved: null, rating: null, note: '' },
    })
  })
})

test('who sits at the desk is offered what is hers; nobody visits the citizen of her own call', () => {
  const { record } = pageOf(lineOf(1, { state: 'answered', openedBy: '1003' }))
  expect(openSteps(record, 'operator', '1003')).toEqual({ steps: [], ownCall: true })
  expect(openSteps(record, 'operator', '1004')).toEqual({ steps: ['visit'], ownCall: false })
  expect(openSteps(record, 'monitor', '1010').steps).toEqual([
    'sendBack',
    'visit',
    'rehandle',
    'supervise',
    'makeEvent',
  ])
  expect(openSteps(record, undefined, '').steps).toEqual([])
})

test('piles of a role, and their counts: one’s own calls are not hers to visit', () => {
  const states = [
    { state: 'answered' as const, cases: 5, own: 2, amber: 0, red: 0, asked: 0, returned: 0, visits: 3 },
    { state: 'toDispatch' as const, cases: 4, own: 0, amber: 1, red: 2, asked: 0, returned: 3, visits: 0 },
    { state: 'inHand' as const, cases: 9, own: 0, amber: 2, red: 1, asked: 1, returned: 0, visits: 0 },
  ]
  const counts = (['visits', 'toDispatch', 'returned', 'asked', 'red', 'amber'] as const).map((name) =>
    countOfPile(name, states),
  )
  expect(counts).toEqual([3, 4, 3, 1, 3, 3])
  expect(countOfPile('red', null)).toBeNull()
  expect(pilesOf('operator')).not.toContain('toDispatch')
  expect(pilesOf('monitor')[0]).toBe('toDispatch')
  expect(queryOfPile('visits', '1003')).toMatchObject({ visitsFor: '1003' })
})

test('units are found by words and by letters, the best first', () => {
  const units = [
    { id: 'U-CG', name: '市城管局', district: null, readings: [...'scgj'] },
    { id: 'U-GA', name: '市公安局', district: null, readings: [...'sgaj'] },
  ]
  const ids = (typed: string) => matchUnits(units, typed).map(({ id }) => id)
  expect([ids(''), ids('公安'), ids('scg'), ids('xx')]).toEqual([['U-CG', 'U-GA'], ['U-GA'], ['U-CG'], []])
})

describe('on the desk', () => {
  const desk = openDesk()
  const line = lineOf(1, { state: 'toDispatch', unit: null })
  const { caseId } = line

  beforeEach(async () => {
    await stepSaver.forget(caseId)
    clearOwnWork()
    const { work } = desk.world
    work.away = false
    work.stepFault = null
    work.words.clear()
    work.pages = new Map([[caseId, pageOf(line)]])
    openPage(caseId)
    await loadPage(caseId)
    await restoreStep(caseId)
  })

  test('words of a step that the store refuses are told to main, which warns of closing, until it has them or they are let go', async () => {
    const told: boolean[] = []
    const stop = desk.world.on('words.stalled', ({ stalled }) => told.push(stalled))
    beginStep('dispatch', { unit: 'U-GA' })
    desk.world.storeFault = 'diskFull'
    stepSaver.flush()
    await rest()
    expect(told).toEqual([true])
    desk.world.storeFault = null
    stepSaver.resume()
    await rest()
    expect(told).toEqual([true, false])
    desk.world.storeFault = 'diskFull'
    editStep({ unit: 'U-CG' })
    stepSaver.flush()
    await rest()
    desk.world.storeFault = null
    await dropStep()
    expect(told).toEqual([true, false, true, false])
    // Sent while the store takes nothing: they go nowhere, and are owed.
    beginStep('dispatch', { unit: 'U-GA' })
    desk.world.storeFault = 'diskFull'
    await sendShownStep()
    await rest()
    stepSaver.flush()
    await rest()
    expect(told.at(-1)).toBe(true)
    desk.world.storeFault = null
    await dropStep()
    expect(told.at(-1)).toBe(false)
    stop()
  })

  test('words are kept while they are typed, stand again when the page is opened anew, and go when the step is taken', async () => {
    beginStep('dispatch', { unit: 'U-GA' })
    editStep({ reason: '写到一半' })
    await until(() => desk.world.work.words.get(caseId)?.words.reason === '写到一半', 'the words in the store')
    clearOwnWork()
    openPage(caseId)
    await restoreStep(caseId)
    expect(useStep.getState().words).toMatchObject({ type: 'dispatch', unit: 'U-GA', reason: '写到一半' })
    perform('save')
    await until(() => useStep.getState().taken !== null, 'the step')
    await rest()
    expect(useStep.getState()).toMatchObject({ words: null, taken: { type: 'dispatch', state: 'toSign' } })
    expect(desk.world.work.words.size).toBe(0)
    expect(usePage.getState().page?.record.state).toBe('toSign')
  })

  test('what turns into another step keeps its texts; what is suggested never replaces what she chose', () => {
    beginStep('dispatch', { unit: 'U-GA' })
    editStep({ unit: 'U-SW', reason: '理由' })
    beginStep('decline', { unit: 'U-GA' })
    expect(useStep.getState().words).toMatchObject({ type: 'decline', unit: 'U-SW', reason: '理由' })
  })

  test('with something missing nothing is sent, and the field is named', async () => {
    beginStep('decline')
    await sendShownStep()
    expect(useStep.getState().missing).toBe('reason')
    expect(desk.world.calls.filter(({ name }) => name === 'case.step')).toEqual([])
  })

  test('while central is away nothing is taken and the words stay; they go on when it is back', async () => {
    desk.world.work.away = true
    beginStep('dispatch', { unit: 'U-GA' })
    await sendShownStep()
    expect(useStep.getState()).toMatchObject({ sent: false, failure: { detail: 'notSent' }, words: { unit: 'U-GA' } })
    desk.world.work.away = false
    await sendShownStep()
    expect(useStep.getState().taken?.type).toBe('dispatch')
  })

  test('after a lost answer the words are locked, and the same goes again', async () => {
    desk.world.work.stepFault = { code: 'centralUnreachable', detail: 'TimeoutError' }
    beginStep('dispatch', { unit: 'U-GA' })
    await sendShownStep()
    expect(useStep.getState().sent).toBe(true)
    editStep({ unit: 'U-SW' })
    beginStep('decline')
    expect(useStep.getState().words).toMatchObject({ type: 'dispatch', unit: 'U-GA' })
    desk.world.work.stepFault = null
    await sendShownStep()
    expect(useStep.getState().taken?.type).toBe('dispatch')
  })

  test('a case is printed only when central has recorded it; without central nothing leaves the desk', async () => {
    const asked = () => desk.world.calls.map(({ name }) => name).filter((name) => /print/.test(name))
    desk.world.calls = []
    await printPage('file')
    expect([asked(), usePrint.getState().outcome]).toEqual([['case.printed', 'desk.print'], 'saved'])
    desk.world.work.away = true
    desk.world.calls = []
    await printPage('paper')
    expect([asked(), usePrint.getState().failure]).toEqual([['case.printed'], 'centralUnreachable'])
    await loadPage(caseId)
    desk.world.calls = []
    await printPage('paper')
    expect(asked()).toEqual([])
  })

  test('who comes second is told what stands, sees the course of it, and keeps her words', async () => {
    desk.world.work.stepFault = { code: 'illegalTransition', detail: 'toSign' }
    beginStep('dispatch', { unit: 'U-GA' })
    desk.world.work.pages.set(caseId, pageOf({ ...line, state: 'toSign', unit: 'U-SW' }))
    await sendShownStep()
    await rest()
    expect(useStep.getState()).toMatchObject({ failure: { detail: 'toSign' }, words: { unit: 'U-GA' }, sent: false })
    expect(usePage.getState().page?.record.life.unit).toBe('U-SW')
    await dropStep()
    expect([useStep.getState().words, desk.world.work.words.size]).toEqual([null, 0])
  })
})

test('Esc leads from a page to the list it came from, and from there to the form', () => {
  clearOwnWork()
  toggleList('search')
  openPage(lineOf(1).caseId)
  openPage(lineOf(2).caseId)
  goBack()
  expect(useWork.getState().shown).toBe('search')
  goBack()
  expect(useWork.getState().shown).toBeNull()
  openPage(lineOf(1).caseId)
  goBack()
  expect(useWork.getState().shown).toBeNull()
})
