import type { CaseRecord, LateEdit as KeptEdit } from '../../shared/case/case-record.ts'
import { groupNames } from '../../shared/case/case-record.ts'
import { sameParts, type FormParts } from '../../shared/case/form-parts.ts'
import type { Follow, LateEdit, Settle, StandingNow } from '../../shared/case/late-edit.ts'
import { fail, must, ok, type Result } from '../../shared/errors.ts'
import type { Ids } from '../../shared/ports.ts'
import { createAddMutation, type Author } from './add-mutation.ts'
import type { Drafts } from './db/drafts.ts'
import { seesCallerHere } from './shown-caller.ts'
import { readStanding, seenGroup, valueOf, wordsOf, type Standing, type StandingGroup } from './standing.ts'
import { showCase, type ReplicaTables } from './sync/replica.ts'

type Deps = { readonly tables: ReplicaTables; readonly drafts: Drafts; readonly ids: Ids; readonly now: () => number }

/** An operator deals with the late edits that she made, and with those on the cases that she opened. */
const concerns = (staffNo: string, { openedBy }: CaseRecord) => {
  return ({ by }: KeptEdit) => by === staffNo || openedBy === staffNo
}

/** The edits that came late, beside what stands; settled by one choice (rule K3), which the draft goes along with. */
export function createLateList({ tables, drafts, ids, now }: Deps) {
  const { db, outbox, cases } = tables
  const add = createAddMutation(outbox, ids)

  /** Whether a group says who reports something, and somebody else than her (S14.6). */
  const isHidden = ({ record }: Standing, { group, by }: StandingGroup, staffNo: string) =>
    group === 'caller' && by !== staffNo && !seesCallerHere(record, staffNo)

  /** What stands in a group, as far as it is for her. */
  function shownParts(standing: Standing, stands: StandingGroup, staffNo: string): FormParts {
    if (!isHidden(standing, stands, staffNo)) return stands.parts
    return wordsOf(valueOf(standing.record.groups, stands.group), () => null)
  }

  function toLateEdit(standing: Standing, kept: KeptEdit, staffNo: string): LateEdit {
    const { record, groups } = standing
    const { mutation, group, by, at } = kept
    const { by: writer, at: writtenAt } = groups[group]
    return {
      id: `${mutation} ${group}`,
      caseId: record.caseId,
      caseNo: record.caseNo,
      late: { mutation, group },
      standing: { parts: shownParts(standing, groups[group], staffNo), by: writer, at: writtenAt },
      offered: { parts: wordsOf(kept, cases.caller), by, at },
    }
  }

  function settle({ caseId, late, take, standing: shown }: Settle, author: Author): Result<StandingNow> {
    const standing = readStanding(tables, caseId)
    if (standing === null) return fail('notFound', 'case')
    const { record, groups } = standing
    const named = record.late.find(({ mutation, group }) => mutation === late.mutation && group === late.group)
    if (named === undefined) return fail('illegalTransition', 'late.settled')
    if (!concerns(author.staffNo, record)(named)) return fail('forbidden', 'late')
    // Nobody puts her words in the place of who reports something, and is not shown to her (K10.5).
    if (take && isHidden(standing, groups[late.group], author.staffNo)) return fail('illegalTransition', 'late.hidden')
    // Chosen was between the late edit and words that stand no longer: both are to be shown first.
    if (!sameParts(shownParts(standing, groups[late.group], author.staffNo), shown))
      return fail('illegalTransition', 'late.changed')
    const { base } = groups[late.group]
    const own = drafts.find(caseId)?.author === author.staffNo
    const seen = own ? seenGroup(standing, drafts.savedWords(caseId), late.group) : null
    const command = { type: 'case.settle' as const, caseId, base, late, take }
    const at = now()
    add({ kind: 'case', command, caller: null }, author, at)
    showCase(tables, caseId, must(cases.get(caseId), 'the case').events)
    // She saw both: what she writes from here on goes upon what stands now.
    const chosen = must(readStanding(tables, caseId), 'the case')
    const after = chosen.groups[late.group]
    // What is kept from her she has not seen: her draft stays as it is.
    if (isHidden(chosen, after, author.staffNo))
      return ok({ ...after, parts: shownParts(chosen, after, author.staffNo), seen: null })
    drafts.markSeen(caseId, author.staffNo, [after])
    return ok({ ...after, seen: seen?.parts ?? null })
  }

  return {
    count: (staffNo: string): number =>
      cases.withLate().reduce((sum, record) => sum + record.late.filter(concerns(staffNo, record)).length, 0),

    /** Those that concern her, the newest first. */
    list: (staffNo: string): LateEdit[] =>
      cases
        .withLate()
        .flatMap(({ caseId }) => {
          const standing = readStanding(tables, caseId)
          if (standing === null) return []
          const mine = standing.record.late.filter(concerns(staffNo, standing.record))
          return mine.map((kept) => toLateEdit(standing, kept, staffNo))
        })
        .toSorted((a, b) => b.offered.at - a.offered.at),

    settle: (input: Settle, author: Author): Result<StandingNow> => db.transaction(() => settle(input, author))(),

    /** How the case of her draft stands beside it, group by group, but for who reports something; null where there is none. */
    standing: (caseId: string, staffNo: string): StandingNow[] | null => {
      const standing = readStanding(tables, caseId)
      if (standing === null || drafts.find(caseId)?.author !== staffNo) return null
      const saved = drafts.savedWords(caseId)
      return groupNames
        .map((group) => standing.groups[group])
        .filter((stands) => !isHidden(standing, stands, staffNo))
        .map((stands) => ({ ...stands, seen: seenGroup(standing, saved, stands.group)?.parts ?? null }))
    },

    /** She was shown these groups as they stand. */
    follow: ({ caseId, seen }: Follow, staffNo: string): void =>
      db.transaction(() => drafts.markSeen(caseId, staffNo, seen))(),
  }
}
