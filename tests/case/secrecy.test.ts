/** Who reports something stays secret, whatever the case becomes (K10). */
import { expect, test } from 'vitest'
import type { CaseEvent, CaseRecord, OpenedGroups } from '../../shared/case/case-record.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { decideCase, foldCase, type DecideContext } from '../../shared/case/decide.ts'
import { keptKind } from '../../shared/case/secrecy.ts'
import { must } from '../../shared/errors.ts'

const caseId = '0197a000-0000-7000-8000-000000000001'
const [mutation, late] = ['0197a000-0000-7000-8000-000000000008', '0197a000-0000-7000-8000-000000000009']
const groups: OpenedGroups = {
  classification: { kind: 'report', code: '0405' },
  place: { district: '蓬江区', street: null, address: '' },
  caller: { callerId: '0197a000-0000-7000-8000-000000000002' },
  content: { text: '某店偷排' },
  reply: { mode: 'later', text: '', articles: [] },
}
type Kind = 'report' | 'help' | 'complaint'
const as = (kind: Kind, code = '0405'): CaseCommand => ({
  ...{ type: 'case.edit', caseId, base: { revision: 1 } },
  edits: [{ group: 'classification', value: { kind, code } }],
})

type Step = readonly [CaseCommand, Partial<DecideContext>]
/** Decides commands one after the other; each with what is said of its author besides. */
function told(...steps: readonly Step[]): CaseEvent[] {
  const events: CaseEvent[] = []
  for (const [command, more] of steps) {
    const context = { at: 1, by: '1003', mutation, baseRevision: Number.MAX_SAFE_INTEGER, ...more }
    const decided = decideCase(foldCase(null, caseId, events), command, context)
    if (!decided.ok) throw new Error(decided.error.code)
    events.push(...decided.value)
  }
  return events
}
const recordOf = (events: readonly CaseEvent[]): CaseRecord => must(foldCase(null, caseId, events), 'a case')
const after = (...steps: readonly Step[]) => recordOf(told(...steps))
const open = (kind: Kind): Step => [
  {
    ...{ type: 'case.open', caseId, caseNo: 'JM20261123-A1-0001', callId: null },
    groups: { ...groups, classification: { kind, code: '0405' } },
  },
  {},
]

test('K10.1 a report is secret, also where it becomes one later and whatever is made of it then', () => {
  expect(after(open('help')).secret).toBe(false)
  expect(after(open('report')).secret).toBe(true)
  const changed = after(open('help'), [as('report'), {}], [as('help'), {}], [as('complaint'), {}])
  expect([changed.secret, changed.groups.classification.kind, keptKind(changed)]).toEqual([true, 'complaint', 'report'])
})

test('K10.2 who may know lifts that by making another kind of it, and by nothing else', () => {
  const knows = { knowsReporter: true }
  const lifted = after(open('report'), [as('help'), knows])
  expect([lifted.secret, keptKind(lifted)]).toEqual([false, 'help'])
  expect(after(open('report'), [as('help'), {}], [as('complaint'), knows]).secret).toBe(false)
  expect(after(open('report'), [as('help'), {}], [as('help', '0101'), knows]).secret).toBe(true)
  expect(after(open('report'), [as('report', '0101'), knows]).secret).toBe(true)
  expect(after(open('report'), [as('help'), knows], [as('report'), {}]).secret).toBe(true)
  expect(told(open('help'), [as('complaint'), knows]).at(-1)).not.toHaveProperty('lifts')
})

test('K10.2 so with a kind that came late, by who takes it: not by who had sent it', () => {
  const knows = { knowsReporter: true }
  const kept = [as('help'), { ...knows, mutation: late, baseRevision: 1 }] satisfies Step
  const settle = (take: boolean): CaseCommand => ({
    ...{ type: 'case.settle', caseId, base: { revision: 3 } },
    ...{ late: { mutation: late, group: 'classification' }, take },
  })
  const before = [open('report'), [as('report', '0101'), {}], kept] satisfies Step[]
  expect(after(...before).late).toHaveLength(1)
  expect(after(...before, [settle(true), {}]).secret).toBe(true)
  expect(after(...before, [settle(false), knows]).secret).toBe(true)
  expect(after(...before, [settle(true), knows]).secret).toBe(false)
})

test('K10.5 another’s word on who called is kept beside who reports, till who may know takes it', () => {
  const other = { by: '1004', mutation: late }
  const callerId = '0197a000-0000-7000-8000-000000000003'
  const names = (id = callerId): CaseCommand => ({
    ...{ type: 'case.edit', caseId, base: { revision: 1 } },
    edits: [{ group: 'caller', value: { callerId: id } }],
  })
  const settle = (take: boolean): CaseCommand => ({
    ...{ type: 'case.settle', caseId, base: { revision: 2 } },
    ...{ late: { mutation: late, group: 'caller' }, take },
  })
  const callerOf = ({ groups: { caller } }: CaseRecord) => caller.callerId
  const kept = [open('report'), [names(), other]] satisfies Step[]
  expect([callerOf(after(...kept)), after(...kept).late]).toMatchObject([groups.caller.callerId, [{ by: '1004' }]])
  const refused = decideCase(after(...kept), settle(true), { at: 1, baseRevision: 2, ...other })
  expect(refused).toEqual({ ok: false, error: { code: 'illegalTransition', detail: 'late.hidden' } })
  expect(after(...kept, [settle(false), other]).late).toEqual([])
  for (const may of [{}, { ...other, knowsReporter: true }])
    expect(callerOf(after(...kept, [settle(true), may]))).toBe(callerId)
  // Of any other case, by who took it, by who may know, and where her own word stands, it goes through.
  const through: (readonly Step[])[] = [
    [open('help'), [names(), other]],
    [open('report'), [names(), {}]],
    [open('report'), [names(), { ...other, knowsReporter: true }]],
    [open('report'), [names(), { ...other, wroteCaller: true }]],
  ]
  for (const steps of through) expect(callerOf(after(...steps))).toBe(callerId)
})
