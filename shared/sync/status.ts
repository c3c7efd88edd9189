import { z } from 'zod'

/** The small honest sign: what central has, what waits, since when. Times in ms since the epoch. */
export const syncStatusSchema = z.object({
  waiting: z.number().int(),
  waitingSince: z.number().nullable(),
  /** `notEnrolled`: central does not know this desk; `signedOut`: it does, but not who sits here. */
  central: z.enum(['reachable', 'unreachable', 'notEnrolled', 'signedOut', 'incompatible']),
  unreachableSince: z.number().nullable(),
  /** Whether central said last that it has more for this desk: it goes on fetching. */
  more: z.boolean(),
  /**
   * How the person at the desk is signed in: by central; offline, and central is asked as soon as it is there; with
   * her password wanted again for that; or refused by central, while her work stays on the desk.
   */
  signIn: z.enum(['none', 'central', 'offline', 'passwordWanted', 'refused']),
  /** How much central refused or set aside that is for this operator to deal with; it stands on the list of `sync.refused`. */
  refused: z.number().int(),
  articles: z.number().int(),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>

/**
 * As the desk is told: how it stands with central, how many late edits wait for the operator's choice, and how many
 * articles are not in the index yet.
 */
export const deskSyncSchema = syncStatusSchema.extend({ late: z.number().int(), unindexed: z.number().int() })
export type DeskSync = z.infer<typeof deskSyncSchema>
