/** Articles carried in and out of the knowledge base as files: what an import would change, shown before it is done. */
import { z } from 'zod'
import { articleStates, MOST_WHY } from './article-life.ts'
import { fieldNames } from './article-life-fields.ts'

export const carryFormats = ['csv', 'json', 'docx'] as const
export type CarryFormat = (typeof carryFormats)[number]
/** The largest file, in bytes, and the most articles in one. */
export const MOST_CARRIED_BYTES = 5 * 1024 * 1024
export const MOST_CARRIED = 5000
/** So many of what would change are shown, and so much of each field, in characters. */
export const MOST_SHOWN = 200
export const MOST_SHOWN_TEXT = 400

/** Why an article of a file is not taken. */
export const carryReasons = [
  'title',
  'body',
  'id',
  'date',
  'validUntil',
  'validFrom',
  'notYetValid',
  'related',
  'twice',
  'titleTwice',
  'withdrawn',
  'long',
  'state',
  'owner',
  'unit',
  'source',
  'conflict',
] as const
export type CarryReason = (typeof carryReasons)[number]
/** Why a file is not taken at all. */
export const fileReasons = ['format', 'columns', 'tooMany', 'empty'] as const
export type FileReason = (typeof fileReasons)[number]

/** What an article of a file becomes: it says so by its state, and says nothing where it is to be a draft. */
export const carryStateSchema = z.enum(articleStates).exclude(['withdrawn'])
export type CarryState = z.infer<typeof carryStateSchema>

const fieldChangeSchema = z.object({
  field: z.enum([...fieldNames, 'sheets', 'owner']),
  before: z.string(),
  after: z.string(),
})
/** `row` is the line of a CSV, else the how-many-eth article of the file; `id` is null for one that has none yet. */
const carryItemSchema = z.object({
  row: z.number().int(),
  kind: z.enum(['fresh', 'changed', 'refused']),
  id: z.string().nullable(),
  title: z.string(),
  changes: z.array(fieldChangeSchema),
  /** What it becomes; of one that is refused nothing is said. */
  state: carryStateSchema.optional(),
  reason: z.enum(carryReasons).optional(),
  /** The field that is too long, where that is the reason. */
  field: z.string().optional(),
})
export type CarryItem = z.infer<typeof carryItemSchema>

const countsSchema = z.object({
  fresh: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
})
export type CarryCounts = z.infer<typeof countsSchema>

/**
 * POST /kb/import: what the file would change. `hash` is of the file and of all that it was shown against: with it just
 * this is done, or nothing. `states`: how many of what is taken become which.
 */
export const carryPlanSchema = z.object({
  hash: z.string(),
  states: z.record(carryStateSchema, z.number().int()),
  counts: countsSchema,
  items: z.array(carryItemSchema),
})
export type CarryPlan = z.infer<typeof carryPlanSchema>

/** POST /kb/import/apply: what was done. */
export const carriedSchema = z.object({ counts: countsSchema })

/** `owner`: whose the new ones are that do not say so, by the unit's id, or `centre`; else they go by their unit's name. */
export const importQuerySchema = z.object({
  format: z.enum(carryFormats),
  owner: z.string().min(1).max(40).optional(),
})
/** What stands in the place of a unit for the centre itself. */
export const OWN_OF_CENTRE = 'centre'
export const applyQuerySchema = importQuerySchema.extend({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  why: z.string().trim().min(1).max(MOST_WHY),
})
export const exportQuerySchema = z.object({ format: z.enum(['csv', 'json']) })
