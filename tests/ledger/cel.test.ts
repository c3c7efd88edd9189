import { describe, expect, test } from 'vitest'
import { readCelLine } from '../../shared/ledger/cel.ts'
import { foldLeg } from '../../shared/ledger/fold-leg.ts'
import type { LegEvent } from '../../shared/ledger/leg-event.ts'
import { mustRead } from './cel-lines.ts'

describe('E7 what Asterisk 22 writes of a call is read', () => {
  test('answered after one ring that nobody took, and rated', () => {
    const events = mustRead('answered')
    expect(events.map(({ kind }) => kind)).toEqual([
      'began',
      'queued',
      'rang',
      'lineEnded',
      'rang',
      'spoke',
      'lineEnded',
      'rated',
      'ended',
    ] satisfies LegEvent['kind'][])
    expect(foldLeg(events)).toEqual({
      leg: 'hall-1795683574.3',
      number: '13800002210',
      called: '12347',
      beganAt: 1_795_683_574_355,
      queue: '12345',
      queuedAt: 1_795_683_574_374,
      rangAt: 1_795_683_574_375,
      answeredAt: 1_795_683_578_386,
      answeredBy: '1003',
      endedAt: 1_795_683_580_280,
      ending: 'answered',
      rating: 4,
      seenAt: 1_795_683_580_280,
    })
  })

  test.each([
    ['inQueue', 'abandonedInQueue'],
    ['ringing', 'abandonedRinging'],
    ['refused', 'rejected'],
    ['outside', 'afterHours'],
  ] as const)('%s: %s', (which, ending) => {
    expect(foldLeg(mustRead(which))?.ending).toBe(ending)
  })

  test('a call that the house makes is no citizen’s, though its far leg has the carrier’s context', () => {
    const events = mustRead('outgoing')
    expect(events.filter(({ kind }) => kind === 'began')).toEqual([])
    expect(foldLeg(events)).toBeNull()
  })

  test('a Local channel is nobody’s telephone', () => {
    const line = `"1795683578.381101","CHAN_START","hall-1.3","hall-1.5","Local/1003@announced-00000001;1","announced","1003","","","",""`
    expect(readCelLine(line, ['citizens'])).toBeNull()
  })

  test.each([
    ['cut off in the middle', '"1795683578.381101","CHAN_START","hall-1.3","hal'],
    ['two lines in one, after a power cut', '"1795683578.38"1795683578.381101","HANGUP","a","a","","","","","","",""'],
    ['another format', 'CHAN_START,1795683578.381101,hall-1.3'],
    ['a time of another shape', `"2026-11-26","HANGUP","a","a","","","","","","",""`],
    ['a rating that is none', `"1795683578.381101","rating","a","a","","","","","","","{""extra"":""7""}"`],
    [
      'a number without end',
      `"1795683578.381101","CHAN_START","a","a","P/x-1","citizens","1","${'1'.repeat(65)}","","",""`,
    ],
    ['nothing', ''],
  ])('%s is strange, and said to be', (_what, line) => {
    expect(readCelLine(line, ['citizens'])).toBe('strange')
  })

  test('quotes within a field, an extra that is no JSON, and a carriage return do no harm', () => {
    const line = `"1795683578.381101","HANGUP","a","a","PJSIP/c-1","citizens","s","1","","say ""no"", or",""\r`
    expect(readCelLine(line, ['citizens'])).toEqual({ kind: 'ended', leg: 'a', at: 1_795_683_578_381, by: 'exchange' })
  })
})
