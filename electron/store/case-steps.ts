/** Steps that are taken from this desk, and the words of those that are being written. */
import type { StepTaken } from '../../shared/case/case-page.ts'
import type { CaseStep } from '../../shared/case/case-step.ts'
import type { KeptWords, StepWords } from '../../shared/case/step-words.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Ids } from '../../shared/ports.ts'
import type { StepWordTable } from './db/step-words.ts'
import { isAway, type CentralClient } from './sync/central-client.ts'

type Deps = {
  readonly table: StepWordTable
  readonly client: Pick<CentralClient, 'cases'>
  readonly ids: Ids
  readonly now: () => number
}

type Taker = { readonly staffNo: string; readonly token: string }

/**
 * W1 Words are kept as they are typed, by case and author, until central has answered their step or she lets them go.
 * W2 A step has an id from its first word on; what goes to central is marked before it goes.
 * W3 Where the answer is lost it is sent again as it was, under the same id: what changed meanwhile is not taken.
 * W4 What central refuses keeps its words, and is another step when it is sent once more.
 */
export function createCaseSteps({ table, client, ids, now }: Deps) {
  function keep(caseId: string, author: string, words: StepWords): Result<null> {
    // Under the id of what may have arrived nothing else must ever be sent.
    if (table.get(caseId, author)?.sent) return fail('illegalTransition', 'sent')
    table.keep(caseId, author, words, ids.next(), now())
    return ok(null)
  }

  return {
    words: (caseId: string, author: string): KeptWords | null => {
      const begun = table.get(caseId, author)
      return begun === null ? null : { words: begun.words, sent: begun.sent !== null }
    },
    keep,
    drop: (caseId: string, author: string): void => table.drop(caseId, author),
    take: async (caseId: string, asked: CaseStep, { staffNo, token }: Taker): Promise<Result<StepTaken>> => {
      const begun = table.get(caseId, staffNo)
      if (begun === null) return fail('notFound', 'words')
      const step = begun.sent ?? asked
      table.markSent(caseId, staffNo, step)
      const answer = await client.cases.step(token, caseId, { id: begun.stepId, step })
      if (answer.ok) table.drop(caseId, staffNo)
      else if (!isAway(answer.error)) table.begin(caseId, staffNo, ids.next())
      return answer
    },
  }
}
