/** What lies with the unit and is not answered yet: of it the newcomers and the supervised are told, whichever tab is open. */
import {
  caseListSchema,
  MOST_LINES,
  type CaseLine,
  type CaseList,
  type CaseQuery,
  type ListPlace,
} from '../../../shared/case/case-line.ts'
import { ok, type Result } from '../../../shared/errors.ts'
import { ask } from '../../page/api.ts'

/** All of it, the most urgent first, however many pages that takes; fails as its first page that cannot be had. */
export async function readOpen(): Promise<Result<readonly CaseLine[]>> {
  const lines: CaseLine[] = []
  let after: ListPlace | null = null
  do {
    const json: CaseQuery = { states: ['toSign', 'inHand'], order: 'due', after, limit: MOST_LINES }
    const page: Result<CaseList> = await ask(caseListSchema, '/cases/find', { method: 'POST', json })
    if (!page.ok) return page
    lines.push(...page.value.cases)
    after = page.value.next
  } while (after !== null)
  return ok(lines)
}
