import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import { baseOf, seenOf } from '../../shared/case/history.ts'

const caseId = '0197a000-0000-7000-8000-000000000001'
const opened: CaseEvent = {
  type: 'caseOpened',
  caseNo: 'JM20261123-A1-0001',
  callId: null,
  groups: {
    classification: { kind: 'help', code: '0101' },
    place: { district: '蓬江区', street: null, address: '' },
    caller: { callerId: '0197a000-0000-7000-8000-000000000002' },
    content: { text: '路灯不亮' },
    reply: { mode: 'later', text: '', articles: [] },
  },
  at: 1,
  by: '1003',
}
const edited = (text: string, at = 2): CaseEvent => ({
  type: 'groupEdited',
  edit: { group: 'content', value: { text } },
  at,
  by: '1004',
})
const [stands, lost] = [
  [opened, edited('两盏路灯不亮')],
  [opened, edited('路灯修好了')],
]

/** What central decides of her words upon this base, upon the history that stands. */
function decide(command: CaseCommand & { base: Base }) {
  const { base } = command
  const baseRevision = 'revision' in base ? seenOf(base, stands) : 0
  const context = { at: 3, by: '1003', mutation: '0197a000-0000-7000-8000-000000000009', baseRevision }
  return decideCase(foldCase(null, caseId, stands), command, context)
}
const edit = (base: Base) =>
  decide({ type: 'case.edit', caseId, base, edits: [{ group: 'content', value: { text: '她的' } }] })

describe('K3.5 a base by revision', () => {
  test('K3.5 is seen as far as it goes where that history stands, whatever came after it', () => {
    expect(seenOf(baseOf(stands), stands)).toBe(2)
    expect(seenOf(baseOf([opened]), stands)).toBe(1)
    expect(seenOf(baseOf([]), stands)).toBe(0)
    expect(edit(baseOf(stands))).toMatchObject({ ok: true, value: [{ type: 'groupEdited' }] })
  })

  test('K3.5 of another history has seen nothing: the edit is kept beside what stands, the choice is refused', () => {
    expect(seenOf(baseOf(lost), stands)).toBe(0)
    expect(edit(baseOf(lost))).toMatchObject({ ok: true, value: [{ type: 'lateEditKept' }] })
    const mutation = '0197a000-0000-7000-8000-000000000007'
    const late: CaseEvent = {
      type: 'lateEditKept',
      edit: { group: 'content', value: { text: '晚' } },
      mutation,
      at: 3,
      by: '1',
    }
    const choose = (seen: readonly CaseEvent[]) => {
      const context = { at: 4, by: '1003', mutation, baseRevision: seenOf(baseOf(seen), [...stands, late]) }
      const command = {
        type: 'case.settle',
        caseId,
        base: baseOf(seen),
        late: { mutation, group: 'content' },
        take: true,
      }
      return decideCase(foldCase(null, caseId, [...stands, late]), command as CaseCommand, context)
    }
    expect(choose([...lost, late])).toMatchObject({ ok: false, error: { detail: 'late.changed' } })
    expect(choose([...stands, late])).toMatchObject({ ok: true })
  })

  test('K3.5 beyond the history that stands, or of none that it names, has seen nothing', () => {
    expect(seenOf(baseOf([...stands, edited('三盏')]), stands)).toBe(0)
    expect(seenOf({ revision: 2 }, stands)).toBe(0)
    expect(seenOf({ revision: 9 }, stands)).toBe(0)
    expect(edit({ revision: 2 })).toMatchObject({ ok: true, value: [{ type: 'lateEditKept' }] })
  })

  test('K3.5 tells who wrote what and when, not in which order a database keeps its keys', () => {
    const turned = stands.map((event) => Object.fromEntries(Object.entries(event).toReversed()) as CaseEvent)
    expect(seenOf(baseOf(turned), stands)).toBe(2)
    expect(seenOf(baseOf(JSON.parse(JSON.stringify(stands)) as CaseEvent[]), stands)).toBe(2)
    expect(seenOf(baseOf([opened, edited('两盏路灯不亮', 3)]), stands)).toBe(0)
  })

  test('K3.5 tells any two texts apart', () => {
    const historyOf = (text: string) => baseOf([edited(text)]).history
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => a === b || historyOf(a) !== historyOf(b)))
    const all = Array.from({ length: 20_000 }, (_, index) => historyOf(`第${String(index)}版`))
    expect(new Set(all).size).toBe(all.length)
    // Each half alone must tell them, too, but for the few that 32 bits let meet.
    for (const half of [0, 8])
      expect(new Set(all.map((one) => one?.slice(half, half + 8))).size).toBeGreaterThan(19_990)
  })
})
