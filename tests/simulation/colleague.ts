/** What colleagues do to each other's cases: reply upon what they saw some time ago, and settle what came late. */
import { createOutbox } from '../../electron/store/db/outbox.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { must } from '../../shared/errors.ts'
import type { Oracle } from './oracle.ts'
import type { Random } from './random.ts'
import type { SimDesk } from './sim-desk.ts'

type Parts = {
  readonly random: Random
  readonly oracle: Oracle
  readonly nextId: () => string
  readonly now: () => number
  readonly deskOf: () => SimDesk
}
type Acts = Readonly<Record<string, readonly [weight: number, act: () => unknown]>>

const modes = ['atOnce', 'later', 'notWanted'] as const

/** The acts of colleagues, for the world's table. */
export function colleagueActs({ random, oracle, nextId, now, deskOf }: Parts): Acts {
  /** Another desk's case is replied to as a colleague does who has had it open for a while. */
  function replyElsewhere(desk: SimDesk): void {
    const { signedIn } = desk
    const foreign = random.pick(oracle.saved.filter((one) => one.desk !== desk.index && one.opened))
    if (foreign === undefined || signedIn === null) return
    const mark = oracle.nextMark()
    const mode = must(random.pick(modes), 'a mode')
    const command: CaseCommand = {
      type: 'case.reply',
      caseId: foreign.caseId,
      base: { revision: random.int(4) },
      reply: { mode, text: `同事答复${mark} ${mode}`, articles: [] },
    }
    const body = { kind: 'case' as const, command, caller: null }
    try {
      const author = { author: signedIn.staffNo, session: signedIn.session }
      createOutbox(desk.db).add({ id: nextId(), at: now(), ...author, body }, now())
      oracle.saved.push({ ...foreign, desk: desk.index, mark, opened: false })
    } catch {
      // The disk is full: nothing was promised.
    }
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

  return {
    replyElsewhere: [6, () => replyElsewhere(deskOf())],
    settleLate: [6, () => settleLate(deskOf())],
  }
}
