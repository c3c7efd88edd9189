import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseEvent, OpenedGroups, CaseRecord, GroupName } from '../../shared/case/case-record.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'

const caseId = '0197a000-0000-7000-8000-000000000001'
const groups = (content = '路灯不亮'): OpenedGroups => ({
  classification: { kind: 'help', code: '0101' },
  place: { district: '蓬江区', street: null, address: '' },
  caller: { callerId: '0197a000-0000-7000-8000-000000000002' },
  content: { text: content },
  reply: { mode: 'later', text: '', articles: [] },
})
const open: CaseCommand = { type: 'case.open', caseId, caseNo: 'JM20261123-A1-0001', callId: null, groups: groups() }
const context = (baseRevision = Number.MAX_SAFE_INTEGER) => ({
  at: 1,
  by: '1003',
  mutation: '0197a000-0000-7000-8000-000000000009',
  baseRevision,
})

function must(result: ReturnType<typeof decideCase>): CaseEvent[] {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

function opened(): CaseRecord {
  const record = foldCase(null, caseId, must(decideCase(null, open, context())))
  if (record === null) throw new Error('not opened')
  return record
}

const edit = (text: string): CaseCommand => ({
  type: 'case.edit',
  caseId,
  base: { revision: 1 },
  edits: [{ group: 'content', value: { text } }],
})

test('K1.1 a case is opened once', () => {
  expect(opened()).toMatchObject({ state: 'accepted', revision: 1, openedBy: '1003' })
  expect(decideCase(opened(), open, context())).toMatchObject({ ok: false, error: { code: 'illegalTransition' } })
})

test('K1.1 nothing can be done to a case that is not there', () => {
  expect(decideCase(null, edit('x'), context())).toMatchObject({ ok: false, error: { code: 'notFound' } })
})

test.each([
  ['atOnce', 'repliedAtOnce'],
  ['later', 'toDispatch'],
  ['notWanted', 'noReplyWanted'],
] as const)('K2.1 a reply %s leads to %s', (mode, state) => {
  const reply: CaseCommand = {
    type: 'case.reply',
    caseId,
    base: { revision: 1 },
    reply: { mode, text: '好', articles: [] },
  }
  expect(foldCase(opened(), caseId, must(decideCase(opened(), reply, context())))).toMatchObject({ state })
})

test('K2.2 a reply without a mode, or the same one twice, is refused', () => {
  const reply = (mode: 'later' | null): CaseCommand => ({
    type: 'case.reply',
    caseId,
    base: { revision: 1 },
    reply: { mode, text: '', articles: [] },
  })
  expect(decideCase(opened(), reply(null), context())).toMatchObject({ ok: false })
  const replied = foldCase(opened(), caseId, must(decideCase(opened(), reply('later'), context())))
  expect(decideCase(replied, reply('later'), context())).toMatchObject({ ok: false })
})

test('K3.1 an edit on a group that changed since its base is kept and offered, and the stored value stands', () => {
  const first = foldCase(opened(), caseId, must(decideCase(opened(), edit('甲'), context(1))))
  const second = foldCase(first, caseId, must(decideCase(first, edit('乙'), context(1))))
  expect(second?.groups.content.text).toBe('甲')
  expect(second?.late).toMatchObject([{ group: 'content', value: { text: '乙' }, by: '1003' }])
})

test('K1.3 K3.2 an edit on another group than the one that changed goes through', () => {
  const first = foldCase(opened(), caseId, must(decideCase(opened(), edit('甲'), context(1))))
  const place: CaseCommand = {
    type: 'case.edit',
    caseId,
    base: { revision: 1 },
    edits: [{ group: 'place', value: { district: '新会区', street: null, address: '' } }],
  }
  const second = foldCase(first, caseId, must(decideCase(first, place, context(1))))
  expect(second).toMatchObject({ late: [], groups: { place: { district: '新会区' }, content: { text: '甲' } } })
})

test('K1.2 whatever is edited in whatever order, no text disappears from the history and each event is one revision', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: fc.string({ maxLength: 8 }), base: fc.nat({ max: 6 }) }), { maxLength: 12 }),
      (edits) => {
        let record: CaseRecord | null = opened()
        const seen = new Set([groups().content.text])
        for (const { text, base } of edits) {
          const events = must(decideCase(record, edit(text), context(base)))
          const before = record?.revision ?? 0
          record = foldCase(record, caseId, events)
          expect(record?.revision).toBe(before + events.length)
          const late = record?.late.map((one) => (one.group === 'content' ? one.value.text : '')) ?? []
          seen.add(record?.groups.content.text ?? '')
          expect([...seen, ...late]).toContain(text)
        }
      },
    ),
  )
})

describe('a late edit', () => {
  const second = '0197a000-0000-7000-8000-00000000000b'
  const replied = (mode: 'atOnce' | 'later', text: string): CaseCommand => ({
    type: 'case.reply',
    caseId,
    base: { revision: 1 },
    reply: { mode, text, articles: [] },
  })
  const settle = (group: GroupName, take: boolean): CaseCommand => ({
    type: 'case.settle',
    caseId,
    base: { revision: 1 },
    late: { mutation: second, group },
    take,
  })
  /** Two commands upon the same base: the second comes late. */
  function met(one: CaseCommand, other: CaseCommand): CaseRecord | null {
    const first = foldCase(opened(), caseId, must(decideCase(opened(), one, context(1))))
    return foldCase(first, caseId, must(decideCase(first, other, { ...context(1), mutation: second })))
  }
  const decided = (record: CaseRecord | null, command: CaseCommand, base?: number) =>
    foldCase(record, caseId, must(decideCase(record, command, context(base))))

  test.each([
    [true, '乙'],
    [false, '甲'],
  ])('K3.3 is settled by one choice: taken %s, %s stands', (take, text) => {
    const settled = decided(met(edit('甲'), edit('乙')), settle('content', take))
    expect(settled).toMatchObject({ late: [], revision: 4, groups: { content: { text } } })
    expect(settled?.groupRevisions.content).toBe(take ? 4 : 2)
    expect(decideCase(settled, settle('content', take), context())).toMatchObject({
      error: { code: 'illegalTransition', detail: 'late.settled' },
    })
  })

  test('K3.3 is named by its group too: what else came by the same mutation stays', () => {
    const place = { district: '新会区', street: null, address: '' }
    const both = (text: string, address: string): CaseCommand => ({
      type: 'case.edit',
      caseId,
      base: { revision: 1 },
      edits: [
        { group: 'content', value: { text } },
        { group: 'place', value: { ...place, address } },
      ],
    })
    const settled = decided(met(both('甲', '一号'), both('乙', '二号')), settle('place', true))
    expect(settled).toMatchObject({ groups: { content: { text: '甲' }, place: { address: '二号' } } })
    expect(settled?.late).toMatchObject([{ group: 'content', value: { text: '乙' } }])
  })

  test('K3.4 is not settled upon a value that stands no longer', () => {
    const changed = decided(met(edit('甲'), edit('乙')), edit('丙'))
    expect(decideCase(changed, settle('content', true), context(3))).toMatchObject({
      error: { code: 'illegalTransition', detail: 'late.changed' },
    })
    expect(changed).toMatchObject({ groups: { content: { text: '丙' } }, late: [{ value: { text: '乙' } }] })
    expect(decided(changed, settle('content', true), 4)?.groups.content.text).toBe('乙')
  })

  test('K2.3 of the reply changes the state only when it is taken', () => {
    const record = met(replied('later', '转办'), replied('atOnce', '已答复'))
    expect(record).toMatchObject({ state: 'toDispatch', groups: { reply: { mode: 'later' } } })
    expect(decided(record, settle('reply', false))).toMatchObject({ state: 'toDispatch', late: [] })
    expect(decided(record, settle('reply', true))).toMatchObject({
      state: 'repliedAtOnce',
      groups: { reply: { mode: 'atOnce', text: '已答复' } },
    })
  })

  test('K2.3 of the same way to reply is kept with its words, not refused', () => {
    const record = met(replied('atOnce', '甲答'), replied('atOnce', '乙答'))
    expect(record).toMatchObject({ state: 'repliedAtOnce', late: [{ group: 'reply', value: { text: '乙答' } }] })
  })

  test('K2.3 another way to reply is no edit', () => {
    const record = decided(opened(), replied('later', ''))
    const toAtOnce: CaseCommand = {
      type: 'case.edit',
      caseId,
      base: { revision: 1 },
      edits: [{ group: 'reply', value: { mode: 'atOnce', text: '', articles: [] } }],
    }
    expect(decideCase(record, toAtOnce, context())).toMatchObject({ error: { detail: 'reply.mode' } })
  })
})
