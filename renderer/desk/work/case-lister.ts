/**
 * A list of cases that grows page by page while it is scrolled, however many there are.
 * F1  The newest question is always the next; an answer to an older one is dropped, and so is a page of it.
 * F2  What stands stays until its successor is there; the chosen case stays chosen where it is in both.
 * F3  Where another answers than did before (central is back, or gone), the list begins anew: two sources are not mixed.
 */
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { MOST_LINES, type CaseLine, type CaseQuery, type ListPlace } from '../../../shared/case/case-line.ts'
import type { Failure, Result } from '../../../shared/errors.ts'
import type { CommandOutput } from '../../../shared/ipc.ts'
import type { AnsweredBy } from '../../../shared/ipc/case-work.ts'

export type ListState = {
  /** What was asked for last; null while nothing was. */
  readonly query: CaseQuery | null
  /** Of which question the rows are. */
  readonly answered: CaseQuery | null
  readonly rows: readonly CaseLine[]
  readonly next: ListPlace | null
  readonly from: AnsweredBy
  readonly complete: boolean
  readonly loading: boolean
  readonly failure: Failure | null
  /** The place of the chosen row. */
  readonly chosen: number
}

const blank: ListState = {
  query: null,
  answered: null,
  rows: [],
  next: null,
  from: 'central',
  complete: true,
  loading: false,
  failure: null,
  chosen: 0,
}

type Find = (query: CaseQuery) => Promise<Result<CommandOutput<'case.find'>>>

export type CaseLister = {
  readonly use: UseBoundStore<StoreApi<ListState>>
  ask(query: CaseQuery): void
  /** The same once more, as it stands by now. */
  again(): void
  /** The next page, where there is one and none is on the way. */
  more(): Promise<void>
  choose(index: number): void
  clear(): void
}

export function createCaseLister(find: Find): CaseLister {
  const use = create<ListState>()(() => blank)
  let wanted: CaseQuery | null = null
  let asking = false
  let paging = false

  function take(query: CaseQuery, { list, from }: CommandOutput<'case.find'>): void {
    use.setState(({ rows, chosen }) => {
      const before = rows[chosen]?.caseId
      const still = list.cases.findIndex(({ caseId }) => caseId === before)
      const { cases, next, complete } = list
      return {
        rows: cases,
        next,
        complete,
        from,
        answered: query,
        loading: false,
        failure: null,
        chosen: Math.max(0, still),
      }
    })
  }

  async function run(query: CaseQuery): Promise<void> {
    asking = true
    const answer = await find(query)
    asking = false
    if (wanted === null) return
    if (wanted !== query) return run(wanted)
    if (answer.ok) take(query, answer.value)
    else use.setState({ loading: false, failure: answer.error })
  }

  function ask(query: CaseQuery): void {
    wanted = query
    use.setState({ query, loading: true })
    if (!asking) void run(query)
  }

  const again = () => {
    const { query } = use.getState()
    if (query !== null) ask({ ...query })
  }

  async function more(): Promise<void> {
    const { answered, next, from } = use.getState()
    if (paging || asking || next === null || answered === null) return
    paging = true
    const answer = await find({ ...answered, after: next, limit: MOST_LINES })
    paging = false
    if (use.getState().answered !== answered || wanted !== answered) return
    if (!answer.ok) return use.setState({ failure: answer.error })
    if (answer.value.from !== from) return again()
    const { list } = answer.value
    use.setState(({ rows }) => ({ rows: [...rows, ...list.cases], next: list.next, failure: null }))
  }

  return {
    use,
    ask,
    again,
    more,
    choose: (index) => use.setState(({ rows }) => ({ chosen: Math.max(0, Math.min(rows.length - 1, index)) })),
    clear: () => {
      wanted = null
      use.setState(blank, true)
    },
  }
}
