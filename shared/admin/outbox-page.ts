/** What the administration's pages and central say to each other about what could not be sent, and about bad ratings. */
import { z } from 'zod'
import { caseStates } from '../case/case-step.ts'

/** What is owed goes one of these ways: a message to a citizen, an event to a system outside. */
export const outboxChannels = ['message', 'webhook'] as const

/** One that is owed still; times in ms. */
export const owedSchema = z.object({
  id: z.string(),
  channel: z.enum(outboxChannels),
  /** Of an event: the host that it goes to, and of which member unit that is. */
  receiver: z.string().nullable(),
  kind: z.string(),
  caseNo: z.string(),
  /** Whom it is for, masked: 138****5678; null of an event, without a number, and of who reports something. */
  phone: z.string().nullable(),
  /** `dead`: a person must do something. `pending`: failed, and tried again by itself. `byVoice`: to be told by a person. */
  status: z.enum(['dead', 'pending', 'byVoice']),
  /** Since when it is owed. */
  at: z.number(),
  tries: z.number(),
  reason: z.string().nullable(),
  /** When it was given up, or turned out to go by no message. */
  doneAt: z.number().nullable(),
  /** When it is tried the next time; null where it is not. */
  nextAt: z.number().nullable(),
  /** A newer one of its kind, of the same case and for the same person, says what holds by now: it is not sent again. */
  superseded: z.boolean(),
})
export type ShownOwed = z.infer<typeof owedSchema>

/** A case whose citizen rated it badly and was not spoken with since. */
export const badRatingSchema = z.object({
  caseId: z.string(),
  /** Who called besides; null: who opened it. */
  callerId: z.string().nullable(),
  caseNo: z.string(),
  state: z.enum(caseStates),
  rating: z.number(),
  at: z.number(),
  phone: z.string().nullable(),
})
export type BadRating = z.infer<typeof badRatingSchema>

/** How many of one kind are dead, and how many of these can be sent again. */
export const deadKindSchema = z.object({
  ...{ channel: z.enum(outboxChannels), kind: z.string() },
  ...{ number: z.number(), again: z.number() },
})
export type DeadKind = z.infer<typeof deadKindSchema>

/** The oldest of each list; of the dead ones besides how many there are in all, by kind. */
export const outboxPageSchema = z.object({
  troubled: z.array(owedSchema),
  dead: z.array(deadKindSchema),
  byVoice: z.array(owedSchema),
  ratings: z.array(badRatingSchema),
})
export type OutboxPage = z.infer<typeof outboxPageSchema>

/** One dead one, or all of a kind, are to be tried again from the start. */
export const againSchema = z.union([
  z.strictObject({ channel: z.enum(outboxChannels), id: z.uuid().toLowerCase() }),
  z.strictObject({ channel: z.enum(outboxChannels), kind: z.string().min(1).max(40) }),
])
export type Again = z.infer<typeof againSchema>
/** How many are tried again. */
export const againAnswerSchema = z.object({ number: z.number() })
