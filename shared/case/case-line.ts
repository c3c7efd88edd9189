/** A case as a line of a list, and what a list of cases can be asked for: what central, desk and units' page share. */
import { z } from 'zod'
import { caseKinds } from './case-kind.ts'
import { deadlinePhases } from './deadline.ts'
import { caseStates, eventSchema } from './case-step.ts'

/** How many lines a page of a list has at most. */
export const MOST_LINES = 200
/** So much of the content stands in a line, in characters. */
export const SUMMARY_CHARS = 80

const time = z.number().int()

/** The deadline that stands; `due` and `amber` are null while it is suspended. Times in ms. */
export const standingSchema = z.object({
  phase: z.enum(deadlinePhases),
  rule: z.string(),
  due: time.nullable(),
  amber: time.nullable(),
  provisional: z.boolean(),
})

export const caseLineSchema = z.object({
  caseId: z.string(),
  caseNo: z.string(),
  state: z.enum(caseStates),
  kind: z.enum(caseKinds).nullable(),
  code: z.string().nullable(),
  district: z.string().nullable(),
  address: z.string(),
  /** The beginning of the content. */
  summary: z.string(),
  openedAt: time,
  openedBy: z.string(),
  /** Ids of the directory: the unit that leads, and those that take part. */
  unit: z.string().nullable(),
  others: z.array(z.string()),
  deadline: standingSchema.nullable(),
  /** Working days that the unit asked for and that nobody has decided yet. */
  asked: z.number().int().nullable(),
  supervised: z.number().int(),
  rehandled: z.number().int(),
  /** How many called about it, how many of them are to be called now, and what it is called where it is an event. */
  callers: z.number().int().default(1),
  owed: z.number().int().default(0),
  event: eventSchema.nullable().default(null),
})
export type CaseLine = z.infer<typeof caseLineSchema>

/** Where the next page begins: after this line, by what the list is ordered by. */
const placeSchema = z.strictObject({ key: time.nullable(), caseNo: z.string().max(40) })
export type ListPlace = z.infer<typeof placeSchema>

/**
 * What is asked for; all that is said must hold. `words`: each of them stands in the content or the address (two
 * characters are enough), or it is the beginning of a case number, or the caller's number for who may see that.
 * Asked by POST: what is looked for may be a citizen's, and stands in no URL.
 */
export const caseQuerySchema = z.strictObject({
  words: z.string().trim().min(1).max(100).optional(),
  states: z.array(z.enum(caseStates)).min(1).optional(),
  kinds: z.array(z.enum(caseKinds)).min(1).optional(),
  unit: z.string().max(40).optional(),
  openedBy: z.string().max(20).optional(),
  /** Whose call it was not: nobody asks the citizen about her own work. */
  notOpenedBy: z.string().max(20).optional(),
  openedFrom: time.optional(),
  openedTo: time.optional(),
  /** There is somebody to be called by this one, who did not take her call; or all were, and it is to be settled. */
  visitsFor: z.string().max(20).optional(),
  /** Red is what is overdue, amber what soon will be. */
  due: z.enum(['amber', 'red']).optional(),
  /** An extension is asked for. */
  asked: z.literal(true).optional(),
  /** Waits for another unit, because the one that had it gave it back. */
  returned: z.literal(true).optional(),
  order: z.enum(['newest', 'due']).default('newest'),
  after: placeSchema.nullable().default(null),
  limit: z.number().int().min(1).max(MOST_LINES).default(50),
})
export type CaseQuery = z.infer<typeof caseQuerySchema>

/** `complete` is false while the words of older cases are still being indexed, as after an upgrade. */
export const caseListSchema = z.object({
  cases: z.array(caseLineSchema),
  next: placeSchema.nullable(),
  complete: z.boolean(),
})
export type CaseList = z.infer<typeof caseListSchema>

/** How many there are in each state in which something is still owed, and how many of these are amber and red. */
export const caseCountsSchema = z.object({
  states: z.array(
    z.object({
      state: z.enum(caseStates),
      cases: z.number().int(),
      amber: z.number().int(),
      red: z.number().int(),
      asked: z.number().int(),
      /** Of calls that the reader took herself. */
      own: z.number().int(),
      returned: z.number().int(),
      /** What `visitsFor` the reader lists: one for each citizen whom she is to call, one for each that is to be settled. */
      visits: z.number().int().default(0),
    }),
  ),
})
export type CaseCounts = z.infer<typeof caseCountsSchema>

/** A member unit as everybody may know it. */
export const memberUnitSchema = z.object({ id: z.string(), name: z.string(), district: z.string().nullable() })
export type MemberUnit = z.infer<typeof memberUnitSchema>
