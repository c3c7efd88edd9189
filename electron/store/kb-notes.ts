/** What the operator tells the editors: that an article is wrong, and, by what she does, that something is not there. */
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { chinaDay } from '../../shared/china-day.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import { gapWords } from '../../shared/kb/mask-digits.ts'
import { namesCitizen } from '../../shared/kb/names-citizen.ts'
import type { WrongAnswer } from '../../shared/kb/note.ts'
import type { Ids } from '../../shared/ports.ts'
import { createAddMutation, type Author } from './add-mutation.ts'
import type { Calls } from './db/calls.ts'
import type { Drafts } from './db/drafts.ts'
import { seesCallerHere } from './shown-caller.ts'
import type { ReplicaTables } from './sync/replica.ts'

type Deps = {
  readonly tables: Pick<ReplicaTables, 'db' | 'outbox' | 'cases' | 'kbWords'>
  readonly calls: Pick<Calls, 'numberOf'>
  readonly drafts: Pick<Drafts, 'find'>
  readonly ids: Ids
  readonly now: () => number
}

export function createKbNotes({ tables, calls, drafts, ids, now }: Deps) {
  const { db, outbox, cases, kbWords: kept } = tables
  const add = createAddMutation(outbox, ids)

  /**
   * The numbers of who calls, as far as this desk has them; of who reports something only to who took that, for whoever
   * tried numbers would learn by the refusal which is hers (S14.8).
   */
  function phonesOf({ callId, caseId }: Pick<WrongAnswer, 'callId' | 'caseId'>, staffNo: string): string[] {
    const record = caseId === null ? null : (cases.get(caseId)?.record ?? null)
    const called = callId === null ? null : cases.ofCall(callId)
    const draft = caseId === null ? null : drafts.find(caseId)
    const sees = (one: CaseRecord | null) => one === null || seesCallerHere(one, staffNo)
    return [
      callId === null || !sees(called) ? null : calls.numberOf(callId),
      draft?.author === staffNo || (sees(record) && draft?.form.kind !== 'report') ? draft?.form.callerPhone : null,
      record === null || !sees(record) ? null : cases.caller(record.groups.caller.callerId)?.phone,
    ].flatMap((phone) => (phone ? [phone] : []))
  }

  return {
    /**
     * Says that an article is wrong: the note for central and the end of the words that were kept are one transaction;
     * when this returns, it is on the disk. `invalidInput` with the detail `citizen` for words that name one (KE3).
     */
    wrong: (said: Omit<WrongAnswer, 'type'>, author: Author): Result<{ savedAt: number }> => {
      if (namesCitizen(said.words, phonesOf(said, author.staffNo))) return fail('invalidInput', 'citizen')
      return db.transaction(() => {
        const savedAt = now()
        add({ kind: 'kb', note: { type: 'kb.wrong', ...said } }, author, savedAt)
        kept.keep(said.articleId, author.staffNo, '', savedAt)
        return ok({ savedAt })
      })()
    },

    /** Something was looked for in vain and left; counted once a call, or once a day without one. */
    gap: (query: string, callId: string | null, author: Author): boolean => {
      const words = gapWords(query)
      if (words.replaceAll(/[\s*]/g, '').length < 2) return false
      return db.transaction(() => {
        const at = now()
        if (!kept.count(callId ?? chinaDay(at), words, at)) return false
        add({ kind: 'kb', note: { type: 'kb.gap', words } }, author, at)
        return true
      })()
    },
  }
}
