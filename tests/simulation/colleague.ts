/** What colleagues do to each other's cases: edit and reply upon what they saw some time ago, and settle what came late. */
import type { CaseCommand } from '../../shared/case/commands.ts'
import { baseOf } from '../../shared/case/history.ts'
import { must } from '../../shared/errors.ts'
import { tablesOf } from './desk-tables.ts'
import type { Oracle, Shown } from './oracle.ts'
import type { Random } from './random.ts'
import type { SimDesk } from './sim-desk.ts'

type Parts = {
  readonly random: Random
  readonly oracle: Oracle
  readonly nextId: () => string
  readonly now: () => number
  readonly desks: readonly SimDesk[]
}

/** Among so many of the newest saves of others an operator picks a case. */
const NEWEST = 8

const modes = ['atOnce', 'later', 'notWanted'] as const

/** What colleagues do; what is acknowledged to them, and what they had seen, is written down in the oracle. */
export function createColleagues({ random, oracle, nextId, now, desks }: Parts) {
  /**
   * Another desk's case that she has open: as central has it now, or had it at some time, perhaps before it was set
   * back; it stays so on her screen.
   */
  function openElsewhere(desk: SimDesk): Shown | null {
    const before = oracle.open.filter((one) => one.desk === desk.index)
    const still = random.chance(0.5) ? random.pick(before) : undefined
    if (still !== undefined) return still
    // One of the newest, on which others work, too.
    const foreign = random.pick(oracle.saved.filter((one) => one.desk !== desk.index && one.opened).slice(-NEWEST))
    const owner = foreign === undefined ? undefined : desks[foreign.desk]
    if (foreign === undefined || owner === undefined) return null
    const events = tablesOf(owner).cases.get(foreign.caseId)?.events ?? []
    const { caseId, caseNo } = foreign
    const shown = { desk: desk.index, caseId, caseNo, events: events.slice(0, random.int(events.length + 1)) }
    oracle.open.push(shown)
    return shown
  }

  /** Says something of a case upon what was shown of it; the disk may be full: then nothing was promised. */
  function say(desk: SimDesk, shown: Shown, mark: string, command: CaseCommand): void {
    if (desk.signedIn === null) return
    const { staffNo: author, session } = desk.signedIn
    const id = nextId()
    try {
      tablesOf(desk).outbox.add(
        { id, at: now(), author, session, body: { kind: 'case', command, caller: null } },
        now(),
      )
    } catch {
      return
    }
    const { caseId, caseNo, events } = shown
    oracle.saved.push({ caseId, caseNo, desk: desk.index, mark, opened: false, hasPapers: false })
    oracle.seen.set(id, events)
  }

  /** Another desk's case is edited as a colleague does who has it open. */
  function editElsewhere(desk: SimDesk): void {
    const shown = openElsewhere(desk)
    if (shown === null) return
    const mark = oracle.nextMark()
    const edits = [{ group: 'content' as const, value: { text: `同事${mark}` } }]
    say(desk, shown, mark, { type: 'case.edit', caseId: shown.caseId, base: baseOf(shown.events), edits })
  }

  /** Another desk's case is replied to as a colleague does who has had it open for a while. */
  function replyElsewhere(desk: SimDesk): void {
    const shown = openElsewhere(desk)
    if (shown === null) return
    const mark = oracle.nextMark()
    const mode = must(random.pick(modes), 'a mode')
    const reply = { mode, text: `同事答复${mark} ${mode}`, articles: [] }
    say(desk, shown, mark, { type: 'case.reply', caseId: shown.caseId, base: baseOf(shown.events), reply })
  }

  /** One of the late edits that concern whoever sits here is settled, upon what this desk shows of it. */
  async function settleLate(desk: SimDesk): Promise<void> {
    if (desk.signedIn === null) return
    const list = await desk.ask('sync.late', null)
    const entry = list.ok ? random.pick(list.value) : undefined
    if (entry === undefined) return
    const { caseId, late, standing } = entry
    const take = random.chance(0.5)
    const answer = await desk.ask('case.settle', { caseId, late, take, standing: standing.parts })
    if (answer.ok) oracle.choices.push({ desk: desk.index, ...late })
  }

  return { openElsewhere, editElsewhere, replyElsewhere, settleLate }
}
