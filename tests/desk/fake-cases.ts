import type { CaseForm } from '../../shared/case/case-form.ts'
import { emptyForm } from '../../shared/case/case-form.ts'
import type { GroupName } from '../../shared/case/case-record.ts'
import { groupNames } from '../../shared/case/case-record.ts'
import { partsOfForm, sameParts, type FormParts } from '../../shared/case/form-parts.ts'
import type { Follow, LateEdit, Settle, StandingNow } from '../../shared/case/late-edit.ts'
import { fail, ok, type Failure, type Result } from '../../shared/errors.ts'
import type { Refused } from '../../shared/ipc.ts'

/** An entry of the list of what central did not take. */
export function refusedOf(id: string, more: Partial<Refused> = {}): Refused {
  const form = { ...emptyForm('13800132210'), content: '路灯不亮' }
  return {
    id,
    at: Date.now(),
    status: 'refused',
    code: 'illegalTransition',
    what: 'case.edit',
    caseNo: null,
    form,
    note: null,
    ...more,
  }
}

/** A late edit of a case: hers, beside what a colleague made of it meanwhile. */
export function lateOf(caseId: string, group: GroupName, standing: FormParts, offered: FormParts): LateEdit {
  const mutation = '01920000-0000-7000-8000-00000000000a'
  return {
    id: `${mutation} ${group}`,
    caseId,
    caseNo: 'JM20261123-A1-0417',
    late: { mutation, group },
    standing: { parts: standing, by: '1004', at: Date.now() - 120_000 },
    offered: { parts: offered, by: '1003', at: Date.now() - 180_000 },
  }
}

type Stands = { form: CaseForm; by: string; at: number }

/** The saved cases of an invented desktop: what the operator has seen of each, what stands, and what came late. */
export class FakeCases {
  late: LateEdit[] = []
  /** What a choice is answered instead. */
  settleFault: Failure | null = null
  readonly seen = new Map<string, CaseForm>()
  readonly #standing = new Map<string, Stands>()

  isClean(caseId: string, form: CaseForm): boolean {
    return JSON.stringify(this.seen.get(caseId)) === JSON.stringify(form)
  }

  save(caseId: string, form: CaseForm): void {
    this.seen.set(caseId, form)
    this.#standing.set(caseId, { form, by: '1003', at: Date.now() })
  }

  /** A colleague changes a case, and this desk hears of it. */
  changeElsewhere(caseId: string, change: Partial<CaseForm>, by = '1004', at = Date.now()): void {
    const form = { ...(this.#standing.get(caseId)?.form ?? emptyForm()), ...change }
    this.#standing.set(caseId, { form, by, at })
  }

  list(): LateEdit[] {
    return this.late
  }

  settle({ caseId, late, take, standing }: Settle): Result<StandingNow> {
    if (this.settleFault) return fail(this.settleFault.code, this.settleFault.detail)
    const entry = this.late.find((each) => each.caseId === caseId && each.late.group === late.group)
    if (entry === undefined) return fail('illegalTransition', 'late.settled')
    if (!sameParts(entry.standing.parts, standing)) return fail('illegalTransition', 'late.changed')
    this.late = this.late.filter((each) => each !== entry)
    if (take) this.changeElsewhere(caseId, entry.offered.parts, entry.offered.by, entry.offered.at)
    const stands = this.standing(caseId)?.find(({ group }) => group === late.group)
    const parts = take ? entry.offered.parts : entry.standing.parts
    const now = stands ?? { group: late.group, parts, base: { revision: 3 }, by: '1003', at: 0, seen: null }
    // As the store does it: the draft goes along.
    this.follow({ caseId, seen: [now] })
    return ok(now)
  }

  standing(caseId: string): StandingNow[] | null {
    const stands = this.#standing.get(caseId)
    const seen = this.seen.get(caseId)
    if (stands === undefined) return null
    return groupNames.map((group) => ({
      group,
      parts: partsOfForm(stands.form, group),
      base: { revision: 2 },
      by: stands.by,
      at: stands.at,
      seen: seen === undefined ? null : partsOfForm(seen, group),
    }))
  }

  follow({ caseId, seen }: Follow): void {
    const before = this.seen.get(caseId)
    if (before) this.seen.set(caseId, Object.assign({}, before, ...seen.map(({ parts }) => parts)) as CaseForm)
  }
}
