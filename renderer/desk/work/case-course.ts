import type { CasePage, Stepped } from '../../../shared/case/case-page.ts'

/** Something written at a desk of which no sign-in proves that it was who it names. */
export type Unproved = CasePage['unproved'][number]

/**
 * The steps of a case, the newest first, and between them by its time what was written unproved, but for the opening.
 * Steps stand in the order in which central took them, whatever the clocks said.
 */
export function courseOf({ steps, unproved }: Pick<CasePage, 'steps' | 'unproved'>): (Stepped | Unproved)[] {
  const written = unproved.filter(({ opening }) => !opening)
  const course: (Stepped | Unproved)[] = []
  for (const one of steps.toReversed()) {
    while ((written.at(-1)?.at ?? -1) >= one.at) course.push(...written.splice(-1))
    course.push(one)
  }
  return [...course, ...written.toReversed()]
}
