/** What narrows the search of the knowledge: one unit, one district (rule KS8). */
import { formOf, useDraft } from '../stores/draft-store.ts'
import { setScope, useKnowledge } from './knowledge-store.ts'

/** To the unit of the chosen article (of the first where the answer of the tables is chosen), and back. */
export function narrowToUnit(): void {
  const { scope, answer, chosen } = useKnowledge.getState()
  const unit = scope.unit === null ? (answer?.hits[Math.max(0, chosen)]?.unit ?? null) : null
  if (unit !== scope.unit) setScope({ ...scope, unit })
}

/** To the district of the form, where it has none to that of the chosen article; and back. */
export function narrowToDistrict(): void {
  const { scope, answer, chosen } = useKnowledge.getState()
  const here = formOf(useDraft.getState()).district || answer?.hits[Math.max(0, chosen)]?.district
  const district = scope.district === null ? here || null : null
  if (district !== scope.district) setScope({ ...scope, district })
}
