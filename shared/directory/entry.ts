/** Whom an operator may call: member units (成员单位) and colleagues. Every desk has all of them. */
import { z } from 'zod'
import { staffRoles } from '../people/staff-role.ts'

/** A number with what it is for: 值班, 办公; '' where nothing was said. */
export const directoryNumberSchema = z.object({ number: z.string().min(1).max(32), words: z.string().max(20) })

const named = { id: z.string().min(1).max(40), name: z.string().min(1).max(80) }

export const directoryEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    ...named,
    kind: z.literal('unit'),
    numbers: z.array(directoryNumberSchema).min(1).max(8),
    /** When somebody is there, as people write it; '' where nothing was said. */
    hours: z.string().max(120),
    district: z.string().max(40).nullable(),
  }),
  z.object({
    ...named,
    kind: z.literal('colleague'),
    staffNo: z.string().min(1).max(20),
    extension: z.string().min(1).max(32),
    team: z.string().max(40).nullable(),
    role: z.enum(staffRoles).nullable(),
  }),
])
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>

const COLLEAGUE = 'staff:'
/** One entry a person, whoever told of her: the file that is imported names her by her staff number as well. */
export const colleagueId = (staffNo: string): string => `${COLLEAGUE}${staffNo}`
/** Whose entry has this id; null for a unit's, and for one of another id. */
export const staffNoOfColleague = (id: string): string | null =>
  id.startsWith(COLLEAGUE) ? id.slice(COLLEAGUE.length) : null

/** The numbers of an entry; a colleague has one, her extension. */
export function numbersOf(entry: DirectoryEntry): readonly { readonly number: string; readonly words: string }[] {
  return entry.kind === 'unit' ? entry.numbers : [{ number: entry.extension, words: '' }]
}

export const directoryHitSchema = z.object({ entry: directoryEntrySchema, starred: z.boolean() })
export type DirectoryHit = z.infer<typeof directoryHitSchema>
