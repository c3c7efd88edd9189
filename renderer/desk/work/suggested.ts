import type { CasePage } from '../../../shared/case/case-page.ts'
import type { StepWords } from '../../../shared/case/step-words.ts'
import { useSession } from '../stores/session-store.ts'
import { visitable } from './open-steps.ts'
import { useRules } from '../stores/tables-store.ts'
import { useUnits } from './units-store.ts'

/**
 * What a step is begun with: the unit that its class gets as a rule, the days that the unit asks for, who is
 * to be called next, and what an event is told by so far.
 */
export function useSuggested(page: CasePage | null): Partial<StepWords> {
  const { units } = useUnits()
  const { classes } = useRules()
  const staffNo = useSession(({ session }) => session?.operator.staffNo ?? '')
  if (page === null) return {}
  const { life, groups } = page.record
  const { code } = groups.classification
  const unit = classes.of(code)?.unit ?? null
  // Only one that the desk knows, and that does not have it already.
  const known = units.some(({ id }) => id === unit) && unit !== life.unit ? unit : null
  const caller = visitable(page.record, staffNo)[0]?.callerId ?? null
  const event = life.event ?? {}
  return { unit: known, caller, ...event, ...(life.asked === null ? {} : { days: String(life.asked) }) }
}
