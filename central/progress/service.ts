/** What a citizen may see of her case by its number and the last digits of her phone (rules G1–G5): no more than it must. */
import { isCaseState, type CaseState } from '../../shared/case/case-step.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ports.ts'
import type { Db } from '../db/db.ts'
import { giveTryBack, takeTry } from '../people/lockout.ts'
import { selectProgress } from './sql.ts'

/** Times in ms; `due` is the last moment of the day by which a unit must have answered, null where none stands. */
export type Progress = {
  readonly words: string
  readonly hint: string
  readonly openedAt: number
  readonly changedAt: number | null
  readonly due: number | null
}

export type ProgressDeps = { readonly db: Db; readonly clock: Clock }

type Told = Pick<Progress, 'words' | 'hint'>
const atUnit: Told = { words: '承办单位办理中', hint: '承办单位答复后，我们会回访您。' }
const over: Told = { words: '已办结', hint: '如对结果不满意，请拨打 12345 说明工单编号。' }

/** No unit's name, no words of the case: whoever has number and digits may be somebody else. */
const told: { readonly [S in CaseState]: Told } = {
  accepted: { words: '已登记', hint: '我们正在核实，随后转交承办单位。' },
  repliedAtOnce: { words: '已当场答复', hint: '如还有疑问，请拨打 12345 说明工单编号。' },
  noReplyWanted: { words: '已登记，无需回复', hint: '如需回复，请拨打 12345 说明工单编号。' },
  toDispatch: { words: '已受理，正在转交承办单位', hint: '转交后由承办单位签收办理。' },
  toSign: atUnit,
  inHand: atUnit,
  answered: { words: '承办单位已答复，等待回访', hint: '我们会打电话问您是否解决，请留意 12345 来电。' },
  settled: over,
  archived: over,
  notAccepted: { words: '不予受理', hint: '原因和正确的办理渠道，请拨打 12345 询问。' },
  joined: { words: '已与同一事项并案办理', hint: '并案办理的进度，请拨打 12345 询问。' },
}

const plain = (text: string) => text.normalize('NFKC').trim().toUpperCase().replace(/\s+/g, '')

/** Whoever asks: of a case there are so many tries in all. */
const anywhere = { address: null }

/** Reads a case number as citizens type it; null for what is none. */
export function readCaseNo(text: string): string | null {
  const caseNo = plain(text)
  return /^[A-Z]{2}\d{8}-[0-9A-Z]{2,4}-\d{4,}$/.test(caseNo) ? caseNo : null
}

/**
 * `notFound` alike for a number that is none, for one without a phone, for wrong digits and for a report, whatever the
 * digits; `lockedOut` with minutes after five such for this number, over all nodes.
 */
export async function readProgress(
  { db, clock }: ProgressDeps,
  asked: { readonly caseNo: string; readonly digits: string },
): Promise<Result<Progress>> {
  const caseNo = readCaseNo(asked.caseNo)
  const digits = plain(asked.digits)
  if (caseNo === null || !/^\d{4}$/.test(digits)) return fail('notFound')
  const now = clock.now()
  // Counted with the tries to sign in; no staff number has a colon.
  const key = `case:${caseNo}`
  const tried = await takeTry(db, key, anywhere, now)
  if (!tried.ok) return tried
  const row = await db.tx('sanxin_find', (sql) => selectProgress(sql, caseNo, digits))
  if (row === null || !isCaseState(row.state)) return fail('notFound')
  // Its own alone: of many callers one is right about himself, and must not guess at the others for ever.
  await giveTryBack(db, key, anywhere)
  // A deadline ends with its day: the moment before is still on it.
  const due = row.phase === 'answer' && row.due !== null && row.due > now ? row.due - 1 : null
  return ok({ ...told[row.state], openedAt: row.openedAt, changedAt: row.changedAt, due })
}
