import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CaseEvent, CaseGroups, CaseRecord } from '../../shared/case/case-record.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'

const caseId = '0197a000-0000-7000-8000-000000000001'
const groups = (content = '路灯不亮'): CaseGroups => ({
  classification: { kind: 'help', code: '0101' },
  place: { district: '蓬江区', street: null, address: '' },
  caller: { callerId: '0197a000-0000-7000-8000-000000000002' },
  content: { text: content },
  reply: { mode: 'later', text: '', articles: [] },
})
const open: CaseCommand = { type: 'case.open', caseId, caseNo: 'JM20261123-A1-0001', callId: null, groups: groups() }
const context = (baseRevision = Number.MAX_SAFE_INTEGER) => ({ at: 1, by: '1003', baseRevision })

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

test('a case is opened once', () => {
  expect(opened()).toMatchObject({ state: 'accepted', revision: 1, openedBy: '1003' })
  expect(decideCase(opened(), open, context())).toMatchObject({ ok: false, error: { code: 'illegalTransition' } })
})

test('nothing can be done to a case that is not there', () => {
  expect(decideCase(null, edit('x'), context())).toMatchObject({ ok: false, error: { code: 'notFound' } })
})

test.each([
  ['atOnce', 'repliedAtOnce'],
  ['later', 'toDispatch'],
  ['notWanted', 'noReplyWanted'],
] as const)('a reply %s leads to %s', (mode, state) => {
  const reply: CaseCommand = {
    type: 'case.reply',
    caseId,
    base: { revision: 1 },
    reply: { mode, text: '好', articles: [] },
  }
  expect(foldCase(opened(), caseId, must(decideCase(opened(), reply, context())))).toMatchObject({ state })
})

test('a reply without a mode, or the same one twice, is refused', () => {
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

test('rule 6: an edit on a group that changed since its base is kept and offered, and the stored value stands', () => {
  const first = foldCase(opened(), caseId, must(decideCase(opened(), edit('甲'), context(1))))
  const second = foldCase(first, caseId, must(decideCase(first, edit('乙'), context(1))))
  expect(second?.groups.content.text).toBe('甲')
  expect(second?.late).toMatchObject([{ group: 'content', value: { text: '乙' }, by: '1003' }])
})

test('rule 6: an edit on another group than the one that changed goes through', () => {
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

test('whatever is edited in whatever order, no text disappears from the history and each event is one revision', () => {
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
