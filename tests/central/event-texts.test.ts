import { describe, expect, it } from 'vitest'
import { selectEventTexts, tellingEvents } from '../../central/cases/event-texts.ts'
import type { Tx } from '../../central/db/db.ts'
import { callersOf } from '../../shared/case/callers-of.ts'
import type { CaseEvent } from '../../shared/case/case-record.ts'
import { must } from '../../shared/errors.ts'
import { someGroups } from '../contract/db-fixture.ts'

const caseId = '01890a5d-ac96-774b-bcce-b302099a8057'
const [first, second] = ['01890a5d-ac96-774b-bcce-b302099a8058', '01890a5d-ac96-774b-bcce-b302099a8059'] as const
const tricky = '他说："group":"caller"，换行\n、反斜杠\\、}{、\u2028 与 😀'

const stamp = { at: 1_700_000_000_000, by: '10"01' }
const opened = {
  type: 'caseOpened',
  caseNo: 'JM1',
  callId: null,
  groups: someGroups(first, tricky),
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

describe('R5.2 the words of events', () => {
  it('are those that the events would be written in', async () => {
    const bare = { type: 'bare', ...stamp } as unknown as CaseEvent
    const events = [opened, edited('content', { text: tricky }), bare]
    expect((await textsOf(events)).map(({ text }) => text)).toEqual(events.map((event) => JSON.stringify(event)))
    // As somebody's tool may have written it.
    const spaced = await textsOf(events, (data) => `  ${JSON.stringify(data, null, 2)} `)
    expect(spaced.map((one) => one.event())).toEqual(events)
    const empty = await textsOf([bare], () => '{ }')
    expect(empty.map((one) => one.event())).toEqual([bare])
  })

  it('are understood where they may name somebody or a kind, and nowhere else, whatever a citizen says', async () => {
    const events = [
      opened,
      edited('content', { text: `"group":"caller" ${tricky}` }),
      edited('caller', { callerId: second }),
      edited('classification', { kind: 'report', code: null }),
      edited('reply', { mode: 'atOnce', text: '"group":"classification"', articles: [] }),
    ]
    for (const print of [JSON.stringify, (data: object) => JSON.stringify(data, null, 1)]) {
      const telling = tellingEvents(await textsOf(events, print))
      expect(telling).toEqual([events[0], events[2], events[3]])
      expect(callersOf(telling)).toEqual(callersOf(events))
    }
  })
})
