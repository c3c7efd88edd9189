/** What the page of the member units and central say to each other, besides the cases themselves. */
import { z } from 'zod'
import { caseKinds } from '../case/case-kind.ts'

/** The steps whose words are kept while they are written. */
export const draftKinds = ['answer', 'return', 'askExtension', 'contribute'] as const
export type DraftKind = (typeof draftKinds)[number]

/** The longest words of a step by kind, in UTF-16 units as the step's schema counts (shared/case/life.ts). */
export const LONGEST: { readonly [K in DraftKind]: number } = {
  answer: 10_000,
  contribute: 10_000,
  return: 1000,
  askExtension: 1000,
}
/** What is too long to be sent is still kept up to here, so that it can be shortened. */
export const LONGEST_DRAFT = 20_000

export const draftSchema = z.object({
  kind: z.enum(draftKinds),
  text: z.string().max(LONGEST_DRAFT),
  /** In ms. */
  changedAt: z.number(),
})
export type Draft = z.infer<typeof draftSchema>

/** 工号 and how somebody is called; of one's own unit. */
export const memberSchema = z.object({ staffNo: z.string(), name: z.string() })
export type Member = z.infer<typeof memberSchema>

/** Who stands in for `staffNo`, on days of China, both included. */
export const deputySchema = z.object({
  staffNo: z.string(),
  deputy: z.string(),
  fromDay: z.iso.date(),
  untilDay: z.iso.date(),
})
export type Deputy = z.infer<typeof deputySchema>

export const deputyRequestSchema = z.strictObject({
  deputy: z.string().min(1).max(20),
  fromDay: z.iso.date(),
  untilDay: z.iso.date(),
})

/** Whom she stands in for on a day. */
export function standsInFor(deputies: readonly Deputy[], staffNo: string, day: string): string[] {
  return deputies
    .filter(({ deputy, fromDay, untilDay }) => deputy === staffNo && fromDay <= day && day <= untilDay)
    .map((one) => one.staffNo)
}

/** Who is signed in; `unit` is the id of her unit. */
export const meSchema = z.object({ staffNo: z.string(), name: z.string(), unit: z.string() })
export type Me = z.infer<typeof meSchema>

/** A case that the unit gave back: it sees no more of it than this. */
export const returnedSchema = z.object({
  caseId: z.uuid(),
  caseNo: z.string(),
  kind: z.enum(caseKinds).nullable(),
  at: z.number(),
  by: z.string(),
  reason: z.string(),
})
export type Returned = z.infer<typeof returnedSchema>

/** Who signed for a case that the unit has in hand, and by when it is to be answered (ms; null: it stands still). */
export const signerSchema = z.object({
  caseId: z.uuid(),
  staffNo: z.string(),
  name: z.string(),
  due: z.number().nullable(),
  amber: z.number().nullable(),
  supervised: z.boolean(),
})
export type Signer = z.infer<typeof signerSchema>

/** All that the list of a unit needs besides the cases. */
export const unitWorkSchema = z.object({
  returned: z.array(returnedSchema),
  signers: z.array(signerSchema),
  members: z.array(memberSchema),
  deputies: z.array(deputySchema),
  /** How many of its cases that are not answered yet the centre supervises. */
  supervised: z.number().int(),
})
export type UnitWork = z.infer<typeof unitWorkSchema>
