import { create } from 'zustand'
import { caseRulesOf, shippedTables, takeTables, type CaseRules } from '../../../shared/tables/case-rules.ts'
import { invoke } from '../../ui/bridge.ts'

/** What cases go by at this desk: what comes with the program until the store has said what it holds. */
export const useTables = create<{ readonly rules: CaseRules }>()(() => ({ rules: caseRulesOf(shippedTables) }))

export const useRules = (): CaseRules => useTables(({ rules }) => rules)
export const rulesNow = (): CaseRules => useTables.getState().rules

/** Takes what the store holds now; one that this program does not understand stays as it comes with it. */
export async function refreshTables(): Promise<void> {
  const answer = await invoke('tables.current', null)
  if (answer.ok) useTables.setState({ rules: caseRulesOf(takeTables(answer.value, () => undefined)) })
}
