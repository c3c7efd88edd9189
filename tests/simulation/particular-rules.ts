/** What must hold of particulars when all is quiet (K7): none lost, the personal ones apart, the score true. */
import type { CallerIdentity, CaseEvent } from '../../shared/case/case-record.ts'
import { foldCase } from '../../shared/case/decide.ts'
import { matterOfCase, score } from '../../shared/case/form-check.ts'
import { shippedForm } from '../../shared/case/form.ts'
import type { Values } from '../../shared/case/particulars.ts'
import type { Oracle } from './oracle.ts'
import type { SimCentral } from './sim-central.ts'

type Say = (rule: string, what: string) => void

/** `eventsOf` are those of each case, in their order; `setAside` is what central took word for word. */
export async function checkParticulars(
  { db }: SimCentral,
  eventsOf: ReadonlyMap<string, readonly CaseEvent[]>,
  setAside: string,
  { saved }: Oracle,
  say: Say,
): Promise<void> {
  const [callers, before, scores] = await db.tx('owner', async (sql) => [
    await sql.query<CallerIdentity & { papers: Values }>(
      'select caller_id as "callerId", name, phone, papers from callers',
    ),
    await sql.query<{ papers: Values }>('select papers from callers_before'),
    await sql.query<{ caseId: string; score: number | null; version: number | null }>(
      'select case_id as "caseId", score, form_version as version from cases',
    ),
  ])
  const told = JSON.stringify([...eventsOf.values()])
  const personal = JSON.stringify([...callers, ...before])
  for (const { mark, caseNo, opened, hasPapers } of saved) {
    if (opened && !told.includes(`对象${mark}`) && !setAside.includes(`对象${mark}`))
      say('no particular is lost', `${mark} of ${caseNo}`)
    if (hasPapers && !personal.includes(`单位${mark}`) && !setAside.includes(`单位${mark}`))
      say('no personal particular is lost', `${mark} of ${caseNo}`)
  }
  if (told.includes('单位〔')) say('what is personal stands in no event', '单位')
  const byId = new Map(callers.map((one) => [one.callerId, one]))
  for (const { caseId, score: kept, version } of scores) {
    const record = foldCase(null, caseId, eventsOf.get(caseId) ?? [])
    if (record === null) continue
    const caller = byId.get(record.groups.caller.callerId) ?? null
    const reckoned = score(shippedForm, matterOfCase(record, caller))
    if (kept !== reckoned || version !== shippedForm.version)
      say('the score is that of the case', `${kept} for ${reckoned} of ${record.caseNo}`)
  }
}
