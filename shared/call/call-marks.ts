import { z } from 'zod'
import type { CallFact } from './call-fact.ts'

export const markKinds = ['warned', 'warningWithdrawn', 'recorded', 'recordingPaused', 'recordingResumed'] as const
export type MarkFact = Extract<CallFact, { kind: (typeof markKinds)[number] }>

/** What stands beside a case of the call that it came of: when the citizen was warned, and the name of the recording. */
export const callMarksSchema = z.object({ warnings: z.array(z.number()), recording: z.string().nullable() })
export type CallMarks = z.infer<typeof callMarksSchema>

/** Sums up what was marked of one call; a warning that was taken back is none. */
export function marksOf(facts: readonly MarkFact[]): CallMarks {
  const marks: { warnings: number[]; recording: string | null } = { warnings: [], recording: null }
  for (const fact of facts.toSorted((a, b) => a.at - b.at)) {
    if (fact.kind === 'warned') marks.warnings.push(fact.at)
    if (fact.kind === 'warningWithdrawn') marks.warnings.pop()
    if (fact.kind === 'recorded') marks.recording = fact.recording
  }
  return marks
}
