import { z } from 'zod'
import { groupSchemas, lateNameSchema, openedGroupsSchema } from './case-record.ts'

const caseId = z.uuid()

/**
 * What a command was decided upon: a revision that central gave, or an earlier mutation of one's own. `history` tells
 * the revision from one of the same number in another history (history.ts); older programs did not name it.
 */
export const baseSchema = z.union([
  z.object({ revision: z.number().int().nonnegative(), history: z.string().max(40).optional() }),
  z.object({ mutation: z.uuid() }),
])
export type Base = z.infer<typeof baseSchema>

export const groupEditSchema = z.discriminatedUnion('group', [
  z.object({ group: z.literal('classification'), value: groupSchemas.classification }),
  z.object({ group: z.literal('place'), value: groupSchemas.place }),
  z.object({ group: z.literal('caller'), value: groupSchemas.caller }),
  z.object({ group: z.literal('content'), value: groupSchemas.content }),
  z.object({ group: z.literal('reply'), value: groupSchemas.reply }),
  z.object({ group: z.literal('particulars'), value: groupSchemas.particulars }),
])

/** What an operator means to do with a case; intents go over the wire, never rows. */
export const caseCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('case.open'),
    caseId,
    caseNo: z.string().regex(/^[A-Z]{2}\d{8}-[0-9A-Z]{2,4}-\d{4,}$/),
    callId: z.string().max(128).nullable(),
    groups: openedGroupsSchema,
  }),
  z.object({ type: z.literal('case.edit'), caseId, base: baseSchema, edits: z.array(groupEditSchema).min(1).max(6) }),
  z.object({ type: z.literal('case.reply'), caseId, base: baseSchema, reply: groupSchemas.reply }),
  z.object({ type: z.literal('case.settle'), caseId, base: baseSchema, late: lateNameSchema, take: z.boolean() }),
  /** 一事多来电: somebody else called about this case, with words and a wish of her own. A fact: it is never refused; about a case that nobody knows it is set aside (R8.7). */
  z.object({
    type: z.literal('case.call'),
    caseId,
    callId: z.string().max(128).nullable(),
    groups: z.object(groupSchemas),
  }),
])
export type CaseCommand = z.infer<typeof caseCommandSchema>
