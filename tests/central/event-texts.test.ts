import { describe, expect, it } from 'vitest'
import { callersInTexts, perhapsReports, selectEventTexts } from '../../central/cases/event-texts.ts'
import type { Tx } from '../../central/db/db.ts'
import { callersOf } from '../../shared/case/callers-of.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import { must } from '../../shared/errors.ts'
import { someGroups } from '../contract/db-fixture.ts'

const caseId = '01890a5d-ac96-774b-bcce-b302099a8057'
const [first, second] = ['01890a5d-ac96-774b-bcce-b302099a8058', '01890a5d-ac96-774b-bcce-b302099a8059'] as const
const tricky = `他说："group":"caller"，"caller":{"callerId":"${second}"}，"report"，换行\n、反斜杠\\、}{、\u2028 与 😀`

const stamp = { at: 1_700_000_000_000, by: '10"01' }
const { caller, ...others } = someGroups(first, tricky)
const opened = {
  type: 'caseOpened',
  caseNo: 'JM1',
  callId: null,
  // What the citizen says comes before whom it names.
  groups: { ...others, caller },
  mutation: 'm1',
  ...stamp,
} as unknown as CaseEvent
const edited = (group: string, value: object, more: object = {}) =>
  ({ type: 'groupEdited', edit: { group, value }, ...more, ...stamp }) as unknown as CaseEvent

/** The rows as the database gives them: the data as JSON text, by `print`. */
async function textsOf(events: readonly CaseEvent[], print: (data: object) => string = JSON.stringify) {
  const rows = events.map(({ type, at, by, ...data }) => ({ caseId, type, at, by, data: print(data) }))
  const sql = { query: async () => rows } as unknown as Tx
  return must((await selectEventTexts(sql, [caseId])).get(caseId), 'the case')
}

/** An event of which not all is there, or more. */
const strange = (event: object): CaseEvent => event as CaseEvent

describe('R5.2 the words of events', () => {
  it('are those that the events would be written in', async () => {
    const bare = strange({ type: 'bare', ...stamp })
    const events = [opened, edited('content', { text: tricky }), bare]
    expect((await textsOf(events)).map(({ text }) => text)).toEqual(events.map((event) => JSON.stringify(event)))
    // As somebody's tool may have written it.
    const spaced = await textsOf(events, (data) => `  ${JSON.stringify(data, null, 2)} `)
    expect(spaced.map((one) => one.event())).toEqual(events)
    const empty = await textsOf([bare], () => '{ }')
    expect(empty.map((one) => one.event())).toEqual([bare])
  })

  it('tell whom they name and who may report something, whatever a citizen says', async () => {
    const events = [
      opened,
      edited('content', { text: `"group":"caller" ${tricky}` }),
      edited('caller', { callerId: second }),
      edited('classification', { kind: 'report', code: null }),
      edited('reply', { mode: 'atOnce', text: '"group":"classification"', articles: [] }),
    ]
    for (const print of [JSON.stringify, (data: object) => JSON.stringify(data, null, 1)]) {
      const texts = await textsOf(events, print)
      expect(callersInTexts(texts)).toEqual(callersOf(events))
      expect(callersInTexts(texts)).toEqual([first, second])
      expect(perhapsReports(texts)).toEqual([events[3]])
    }
  })

  it('are read for it only where it is not plain to see', async () => {
    const events = [opened, edited('content', { text: tricky }), edited('reply', { mode: 'atOnce', articles: [] })]
    const texts = await textsOf(events)
    const unread = texts.map((one) => ({ ...one, event: () => expect.fail('read') }))
    expect(callersInTexts(unread)).toEqual([first])
    expect(perhapsReports(unread)).toEqual([])
    // What names her otherwise than programs do now is read; so is one that opens as a report.
    const otherwise = { ...someGroups(first, tricky), caller: { since: 1, callerId: second } }
    const report = { ...opened, groups: { ...otherwise, classification: { kind: 'report', code: null } } }
    const odd = await textsOf([strange(report)])
    expect(callersInTexts(odd)).toEqual([second])
    expect(perhapsReports(odd)).toEqual([report])
  })

  it('name who called besides', async () => {
    const joined = strange({ type: 'callJoined', call: { callId: 'c', callerId: second }, ...stamp })
    const again = edited('caller', { callerId: first })
    expect(callersInTexts(await textsOf([opened, joined, again]))).toEqual([first, second])
  })
})
