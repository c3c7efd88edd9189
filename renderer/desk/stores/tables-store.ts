import { create } from 'zustand'
import {
  caseRulesOf,
  shippedCaseTables,
  takeCaseTables,
  type CaseRules,
  type HoldingTables,
} from '../../../shared/tables/case-rules.ts'
import { scriptRulesOf, type ScriptRules } from '../../../shared/tables/script-rules.ts'
import { invoke } from '../../ui/bridge.ts'

const madeOf = (tables: HoldingTables) => ({ rules: caseRulesOf(tables), said: scriptRulesOf(tables) })

/** What cases go by at this desk, and what is said: what comes with the program until the store has said what it holds. */
export const useTables = create<{ readonly rules: CaseRules; readonly said: ScriptRules }>()(() =>
  madeOf(shippedCaseTables),
)

export const useRules = (): CaseRules => useTables(({ rules }) => rules)
export const useScriptRules = (): ScriptRules => useTables(({ said }) => said)
export const scriptRulesNow = (): ScriptRules => useTables.getState().said
export const rulesNow = (): CaseRules => useTables.getState().rules

/** Takes what the store holds now; one that this program does not understand stays as it comes with it. */
export async function refreshTables(): Promise<void> {
  const answer = await invoke('tables.current', null)
  if (answer.ok) useTables.setState(madeOf(takeCaseTables(answer.value, () => undefined)))
}
