import type { CaseLine, CaseQuery } from '../../shared/case/case-line.ts'
import { callsOfCase } from '../../shared/case/case-calls.ts'
import type { CasePage } from '../../shared/case/case-page.ts'
import { answersTerms, termsOf } from '../../shared/case/search-words.ts'
import { newLife } from '../../shared/case/life.ts'
import { noParticulars } from '../../shared/case/particulars.ts'
import type { SimilarCase } from '../../shared/case/similar.ts'
import type { SavedFilter } from '../../shared/case/saved-filter.ts'
import { deadlineOfCase } from '../../shared/case/standing.ts'
import { shippedDeadlines } from '../../shared/case/shipped-deadlines.ts'
import type { KeptWords } from '../../shared/case/step-words.ts'
import { fail, ok, type Failure } from '../../shared/errors.ts'
import type { FoundUnit } from '../../shared/ipc/case-work.ts'
import type { Handlers } from './fake-bridge.ts'

/** The cases of an invented central, and what the store keeps of the work on them. */
export class FakeWork {
  lines: CaseLine[] = []
  units: FoundUnit[] = []
  pages = new Map<string, CasePage>()
  words = new Map<string, KeptWords>()
  filters: SavedFilter[] = []
  /** What is like whatever is being written. */
  similar: SimilarCase[] = []
  /** Central is away: the store answers by itself. */
  away = false
  /** What a step is answered instead of being taken. */
  stepFault: Failure | null = null
}

export const lineOf = (n: number, more: Partial<CaseLine> = {}): CaseLine => ({
  caseId: `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  caseNo: `JM20261123-A1-${String(n).padStart(4, '0')}`,
  state: 'inHand',
  kind: 'complaint',
  code: '0101',
  district: '蓬江区',
  address: '东华一路 12 号',
  summary: `第 ${n} 件：楼下大排档噪音扰民，油烟直排`,
  openedAt: 1_763_800_000_000 - n * 600_000,
  openedBy: '1004',
  unit: 'U-CG',
  others: [],
  deadline: null,
  asked: null,
  supervised: 0,
  rehandled: 0,
  callers: 1,
  owed: 0,
  event: null,
  ...more,
})

/** A case whose page may be opened, as its line has it. */
export function pageOf(line: CaseLine): CasePage {
  const { caseId, caseNo, state, openedAt, openedBy, unit, others, kind, code, district, address, summary } = line
  const callerId = '01930000-0000-7000-8000-00000000ffff'
  const record: CasePage['record'] = {
    ...{ caseId, caseNo, callId: null, state, openedAt, openedBy, revision: 3, late: [] },
    life: { ...newLife, unit, others, asked: line.asked, supervised: line.supervised, rehandled: line.rehandled },
    groups: {
      classification: { kind, code },
      place: { district, street: null, address },
      caller: { callerId },
      content: { text: summary },
      reply: { mode: 'later', text: '', articles: [] },
      particulars: noParticulars,
    },
    secret: false,
    groupRevisions: { classification: 1, place: 1, caller: 1, content: 1, reply: 2, particulars: 1 },
  }
  const deadlines = {
    sign: deadlineOfCase(record, 'sign', shippedDeadlines),
    answer: deadlineOfCase(record, 'answer', shippedDeadlines),
  }
  return {
    record,
    steps: [],
    caller: { callerId, name: '陈女士', phone: '13800132210' },
    deadlines,
    reporterHidden: false,
    fields: [],
    score: null,
    calls: callsOfCase(record, [], { staffNo: '1003', role: 'operator' }, () => ({
      callerId,
      name: '陈女士',
      phone: '13800132210',
    })),
    children: [],
    unproved: [],
  }
}

function holds(line: CaseLine, query: CaseQuery, now: number): boolean {
  const { words, states, kinds, unit, openedBy, notOpenedBy, due, asked, visitsFor } = query
  if (states && !states.includes(line.state)) return false
  if (kinds && (line.kind === null || !kinds.includes(line.kind))) return false
  if (unit && line.unit !== unit) return false
  if (openedBy && line.openedBy !== openedBy) return false
  if (notOpenedBy && line.openedBy === notOpenedBy) return false
  if (visitsFor && (line.state !== 'answered' || line.openedBy === visitsFor)) return false
  if (asked && line.asked === null) return false
  if (due === 'red' && !(line.deadline?.due && line.deadline.due <= now)) return false
  return (
    words === undefined || line.caseNo === words || answersTerms(`${line.summary}\n${line.address}`, termsOf(words))
  )
}

/** What the store answers of the work on cases. */
export function workHandlers(work: FakeWork): Handlers {
  const from = () => (work.away ? ('desk' as const) : ('central' as const))
  const sum = (of: (line: CaseLine) => boolean, among: readonly CaseLine[]) => among.filter(of).length
  return {
    'case.find': (query) => {
      const all = work.lines.filter((line) => holds(line, query, Date.now()))
      const start = query.after === null ? 0 : all.findIndex(({ caseNo }) => caseNo === query.after?.caseNo) + 1
      const cases = all.slice(start, start + query.limit)
      const last = start + query.limit < all.length ? cases.at(-1) : undefined
      const next = last === undefined ? null : { key: last.openedAt, caseNo: last.caseNo }
      return ok({ list: { cases, next, complete: true }, from: from() })
    },
    'case.similar': () => ok({ cases: work.similar, from: from() }),
    'case.counts': () => {
      if (work.away) return fail('centralUnreachable')
      const states = (['toDispatch', 'toSign', 'inHand', 'answered'] as const).map((state) => {
        const among = work.lines.filter((line) => line.state === state)
        const red = sum(({ deadline }) => (deadline?.due ?? Infinity) <= Date.now(), among)
        const own = sum(({ openedBy }) => openedBy === '1003', among)
        return {
          state,
          cases: among.length,
          amber: 0,
          red,
          asked: sum((one) => one.asked !== null, among),
          own,
          returned: 0,
          visits: state === 'answered' ? among.length - own : 0,
        }
      })
      return ok({ states })
    },
    'case.units': () => ok(work.units),
    'case.page': ({ caseId }) => {
      const page = work.pages.get(caseId)
      return page === undefined ? fail('notFound') : ok({ page, from: from() })
    },
    'case.printed': () => (work.away ? fail('centralUnreachable') : ok(null)),
    'desk.saveTable': () => (work.away ? fail('centralUnreachable') : ok('saved')),
    'desk.print': ({ as }) => ok(as === 'file' ? 'saved' : 'noPrinter'),
    'case.step': ({ caseId, step }) => {
      if (work.away) return fail('centralUnreachable', 'notSent')
      const kept = work.words.get(caseId)
      if (work.stepFault !== null) {
        const lost = work.stepFault.code === 'centralUnreachable'
        if (kept && lost) work.words.set(caseId, { ...kept, sent: true })
        return fail(work.stepFault.code, work.stepFault.detail)
      }
      work.words.delete(caseId)
      const state = step.type === 'dispatch' ? 'toSign' : step.type === 'settle' ? 'settled' : 'answered'
      const page = work.pages.get(caseId)
      if (page) {
        const stepped = {
          type: 'caseStepped' as const,
          step,
          state: state as 'toSign',
          unit: null,
          at: Date.now(),
          by: '1010',
        }
        work.pages.set(caseId, {
          ...page,
          record: { ...page.record, state: state },
          steps: [...page.steps, stepped],
        })
      }
      return ok({ state: state as 'toSign', life: newLife, revision: 4 })
    },
    'case.words': ({ caseId }) => ok(work.words.get(caseId) ?? null),
    'case.keepWords': ({ caseId, words }) => {
      work.words.set(caseId, { words, sent: false })
      return ok(null)
    },
    'case.dropWords': ({ caseId }) => {
      work.words.delete(caseId)
      return ok(null)
    },
    'case.filters': () => ok(work.filters),
    'case.keepFilter': (filter) => {
      work.filters = [...work.filters.filter(({ name }) => name !== filter.name), filter]
      return ok(null)
    },
    'case.dropFilter': ({ name }) => {
      work.filters = work.filters.filter((one) => one.name !== name)
      return ok(null)
    },
  }
}
