/** What an operator does at her desk, each word with a mark that must be found again. */
import type { CallFact } from '../../shared/call/call-fact.ts'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import type { Oracle } from './oracle.ts'
import type { Random } from './random.ts'
import type { SimDesk } from './sim-desk.ts'

type Parts = {
  readonly random: Random
  readonly oracle: Oracle
  readonly nextId: () => string
  readonly now: () => number
}

const DAY = 86_400_000

/** What operators do; what is acknowledged to them is written down in the oracle. */
export function createOperators({ random, oracle, nextId, now }: Parts) {
  const somePhone = () => `0750${3_500_000 + random.int(20)}`

  function formWith(mark: string): CaseForm {
    const replyMode = random.pick(['atOnce', 'later', 'notWanted'] as const) ?? 'later'
    return {
      ...emptyForm(somePhone()),
      kind: 'consult',
      classification: '0101',
      district: '蓬江区',
      content: `内容${mark}`,
      replyMode,
      // What belongs together says so: these words go with this mode and no other.
      reply: `答复${mark} ${replyMode}`,
      particulars: { concerned: `对象${mark}`, ...(random.chance(0.3) ? { line: `线路${mark}` } : {}) },
      papers: random.chance(0.3) ? { employer: `单位${mark}` } : {},
    }
  }

  async function writeDraft(desk: SimDesk, again: boolean): Promise<void> {
    if (desk.signedIn === null) return
    const author = desk.signedIn.staffNo
    const known = [...oracle.drafts].filter(([, draft]) => draft.desk === desk.index && draft.author === author)
    const caseId = (again ? random.pick(known)?.[0] : undefined) ?? nextId()
    const mark = oracle.nextMark()
    const form = formWith(mark)
    const answer = await desk.ask('draft.save', { caseId, callId: null, form, startedAt: now(), author })
    if (answer.ok) oracle.drafts.set(caseId, { desk: desk.index, author, mark })
  }

  async function save(desk: SimDesk, caseId: string, callId: string | null): Promise<void> {
    const mark = oracle.nextMark()
    const form = formWith(mark)
    const answer = await desk.ask('case.save', { caseId, callId, form })
    if (!answer.ok) return
    const hasPapers = Object.keys(form.papers).length > 0
    oracle.saved.push({ desk: desk.index, caseId, caseNo: answer.value.caseNo, mark, opened: true, hasPapers })
  }

  const saveNew = (desk: SimDesk) => save(desk, nextId(), random.chance(0.5) ? nextId() : null)

  async function editOwn(desk: SimDesk): Promise<void> {
    const own = random.pick(oracle.saved.filter((one) => one.desk === desk.index && one.opened))
    if (own !== undefined) await save(desk, own.caseId, null)
  }

  /** The clock is set while a case is in hand: what she does next to it comes by another time. */
  async function setClock(desk: SimDesk): Promise<void> {
    desk.skew = random.int(2 * DAY) - DAY
    const last = oracle.saved.findLast((one) => one.desk === desk.index && one.opened)
    if (last !== undefined) await save(desk, last.caseId, null)
  }

  async function tellCall(desk: SimDesk): Promise<void> {
    const callId = `call-${nextId()}`
    const tell = async (fact: CallFact) => {
      const answer = await desk.ask('call.record', { fact, author: desk.signedIn?.staffNo ?? '' })
      if (answer.ok) oracle.facts.push({ desk: desk.index, callId, kind: fact.kind })
    }
    const at = now() + desk.skew
    await tell({ callId, kind: 'offered', at, number: '13800002210', queue: '12345' })
    if (random.chance(0.7)) await tell({ callId, kind: 'answered', at: at + 5 })
    if (random.chance(0.7)) await tell({ callId, kind: 'ended', at: at + 9, outcome: 'completed' })
  }

  /** Somebody calls about a case that stands, of this desk or another: her words are as sacred. */
  async function joinCall(desk: SimDesk): Promise<void> {
    const into = random.pick(oracle.saved.filter((one) => one.opened))
    if (into === undefined) return
    const mark = oracle.nextMark()
    const form = formWith(mark)
    const callId = random.chance(0.5) ? nextId() : null
    const answer = await desk.ask('case.joinCall', { caseId: nextId(), callId, form, into: into.caseId })
    const hasPapers = Object.keys(form.papers).length > 0
    if (answer.ok) oracle.saved.push({ ...into, desk: desk.index, mark, opened: false, hasPapers })
  }

  async function settleCall(desk: SimDesk): Promise<void> {
    const call = random.pick(oracle.facts.filter((fact) => fact.desk === desk.index))
    if (call === undefined) return
    const answer = await desk.ask('call.settle', { callId: call.callId, outcome: 'silent' })
    if (answer.ok) oracle.facts.push({ desk: desk.index, callId: call.callId, kind: 'settled' })
  }

  return { somePhone, writeDraft, saveNew, editOwn, setClock, tellCall, settleCall, joinCall }
}
