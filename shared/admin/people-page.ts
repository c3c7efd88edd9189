/** What the administration's pages and central say to each other about people. */
import { z } from 'zod'
import { staffRoles } from '../people/staff-role.ts'

/** A staff number: letters, digits, _ and -. */
export const staffNoSchema = z.string().regex(/^[\w-]{1,20}$/)

/** Who is signed in at the administration's pages. */
export const adminSchema = z.object({ staffNo: z.string(), name: z.string(), role: z.enum(staffRoles) })
export type Admin = z.infer<typeof adminSchema>

/** Somebody who works or worked here. */
export const personSchema = z.object({
  staffNo: z.string(),
  name: z.string(),
  role: z.enum(staffRoles),
  /** The id of the member unit, of who belongs to one, and its name as it stands in the directory. */
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  team: z.string().nullable(),
  active: z.boolean(),
  /** The line, without its password; null for who has none. */
  line: z.object({ extension: z.string(), domain: z.string() }).nullable(),
  /** Whether a second factor was set up. */
  hasCode: z.boolean(),
  /** Until when guesses have locked the number, in ms; null where it is not. */
  lockedUntil: z.number().nullable(),
})
export type Person = z.infer<typeof personSchema>

/** `next` is the staff number after which the next page begins; null on the last one. */
export const peopleListSchema = z.object({ people: z.array(personSchema), next: z.string().nullable() })
export type PeopleList = z.infer<typeof peopleListSchema>

export const peopleStates = ['active', 'inactive'] as const
/** Whom to list: by number, name or extension; of a role, of a member unit; who works here, or worked. */
export const peopleQuerySchema = z.object({
  words: z.string().max(60).default(''),
  role: z.enum(staffRoles).optional(),
  unit: z.string().max(40).optional(),
  state: z.enum(peopleStates).default('active'),
  after: staffNoSchema.optional(),
})
export type PeopleQuery = z.infer<typeof peopleQuerySchema>

const name = z.string().trim().min(1).max(40)
const team = z.string().trim().max(40)
const unit = z.string().min(1).max(40)
/** The line that a telephone registers with. */
const line = z.strictObject({
  extension: z.string().trim().min(1).max(32),
  password: z.string().min(1).max(200),
  domain: z.string().trim().min(1).max(200),
})

export const newPersonSchema = z.strictObject({
  staffNo: staffNoSchema,
  name,
  role: z.enum(staffRoles),
  /** Of who belongs to a member unit, and of nobody else. */
  unit: unit.nullable(),
  team,
  /** Of who works at a desk. */
  line: line.nullable(),
})
export type NewPerson = z.infer<typeof newPersonSchema>

/** What is not named stays as it is; a line's password, too. */
export const personChangeSchema = z.strictObject({
  name: name.optional(),
  role: z.enum(staffRoles).optional(),
  unit: unit.optional(),
  team: team.optional(),
  line: line.partial().optional(),
})
export type PersonChange = z.infer<typeof personChangeSchema>

export const personActs = ['deactivate', 'activate', 'unlock', 'reset-password', 'reset-code'] as const
export type PersonAct = (typeof personActs)[number]

/** What is told once and never again: a first password, and what an authenticator takes up. */
export const toldOnceSchema = z.object({ password: z.string().nullable(), otpauth: z.string().nullable() })
export type ToldOnce = z.infer<typeof toldOnceSchema>
