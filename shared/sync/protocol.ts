/**
 * The one conversation between a desk and central: POST /sync with what the desk has done, answered by what
 * central decided and what the desk has not seen. Any change here needs a new PROTOCOL_VERSION
 * (tests/sync/protocol-version.test.ts holds the hash).
 */
import { z } from 'zod'
import { callFactSchema } from '../call/call-fact.ts'
import { callerSchema, type CaseEvent } from '../case/case-record.ts'
import { caseCommandSchema } from '../case/commands.ts'
import { directoryEntrySchema } from '../directory/entry.ts'
import { kbNoteSchema } from '../kb/note.ts'
import { numberPlanSchema } from '../number-plan.ts'
import { sheetsSchema } from '../kb/sheet.ts'
import { isOneTimeCode } from '../people/one-time-code.ts'
import { staffRoles } from '../people/staff-role.ts'

export const PROTOCOL_VERSION = 32
/** At most this many mutations in one request. */
export const BATCH = 1000
/** At most this many changes in one answer. */
export const PAGE = 800

/**
 * One intent or fact, made once: `id` is a UUIDv7, `at` the desk's corrected time in ms, `author` a staff
 * number, `session` the sign-in in which she did it (null where central gave none), `body` the command or fact.
 * `caller` carries the identity that a case command refers to.
 */
export const mutationSchema = z.object({
  id: z.uuid(),
  at: z.number().int().nonnegative(),
  author: z.string().max(20),
  session: z.uuid().nullable(),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('case'), command: caseCommandSchema, caller: callerSchema.nullable() }),
    z.object({ kind: z.literal('call'), fact: callFactSchema }),
    z.object({ kind: z.literal('kb'), note: kbNoteSchema }),
  ]),
})
export type Mutation = z.infer<typeof mutationSchema>

/** The outer shape of a request; mutations are checked one by one, so that one strange one stops no other. */
export const syncRequestSchema = z.object({
  protocol: z.number().int(),
  storeId: z.uuid(),
  epoch: z.string().max(64).nullable(),
  cursor: z.number().int().nonnegative(),
  /** The newest mutation that central said it took of this file; null where it said none since the epoch began. */
  last: z.uuid().nullable(),
  mutations: z.array(z.object({ id: z.uuid() }).loose()).max(BATCH),
})
export type SyncRequest = Omit<z.infer<typeof syncRequestSchema>, 'mutations'> & { mutations: Mutation[] }

/** What became of a mutation: applied, refused with a code (transitions), or set aside for a person to look at. */
export const mutationAnswerSchema = z.object({
  id: z.uuid(),
  status: z.enum(['applied', 'refused', 'quarantined']),
  code: z.string().optional(),
  revision: z.number().int().optional(),
})
export type MutationAnswer = z.infer<typeof mutationAnswerSchema>

export const articleSchema = z.object({
  id: z.string().max(40),
  version: z.number().int().positive(),
  family: z.string().max(60),
  title: z.string().min(1).max(80),
  body: z.string().min(1).max(20_000),
  source: z.string().max(80),
  unit: z.string().max(80),
  validUntil: z.iso.date(),
  district: z.string().max(40).nullable(),
  questions: z.array(z.string().max(120)).max(40),
  /** The first day on which it holds, of China; it held always where nothing is said. */
  validFrom: z.iso.date().optional(),
  /** Other names of the matter, as people say them. */
  words: z.array(z.string().min(1).max(30)).max(30).optional(),
  /** The ids of the articles that are asked for next. */
  related: z.array(z.string().min(1).max(40)).max(12).optional(),
  sheets: sheetsSchema.optional(),
})
export type Article = z.infer<typeof articleSchema>

/** The newest version of a rule table: of a name that the desk may not know, its body as shared/tables reads it. */
export const ruleTableSchema = z.object({
  name: z.string().max(40),
  version: z.number().int().nonnegative(),
  body: z.unknown(),
})
export type RuleTable = z.infer<typeof ruleTableSchema>

/** Case events cross the wire as central made them; the desk folds them with the same code. */
const caseEventsSchema = z.array(
  z.custom<CaseEvent>((value) => typeof value === 'object' && value !== null && 'type' in value),
)

export const changeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('case'),
    seq: z.number().int(),
    caseId: z.uuid(),
    /** All events of the case so far, oldest first; the last one's revision is their number. */
    events: caseEventsSchema,
    callers: z.array(callerSchema),
  }),
  /** This desk follows the case no longer: it is not its own work, and the time for which it came is over. */
  z.object({ kind: z.literal('caseLeft'), seq: z.number().int(), caseId: z.uuid() }),
  z.object({ kind: z.literal('article'), seq: z.number().int(), article: articleSchema }),
  z.object({ kind: z.literal('articleWithdrawn'), seq: z.number().int(), id: z.string() }),
  z.object({ kind: z.literal('directory'), seq: z.number().int(), entry: directoryEntrySchema }),
  z.object({ kind: z.literal('directoryWithdrawn'), seq: z.number().int(), id: z.string() }),
  z.object({ kind: z.literal('table'), seq: z.number().int(), table: ruleTableSchema }),
])
export type Change = z.infer<typeof changeSchema>

export const syncResponseSchema = z.object({
  protocol: z.number().int(),
  epoch: z.string(),
  /**
   * Central is another than the desk knew (restored, promoted): nothing of the request was looked at. The desk
   * sends everything that it still holds again, oldest first, and pulls from the start.
   */
  sendAgain: z.boolean(),
  /** The desk's new cursor: everything up to it has been delivered. */
  cursor: z.number().int(),
  more: z.boolean(),
  /** Central's clock in ms, for the offset that corrects the desk's. */
  now: z.number(),
  /**
   * The newest mutation that central took of this file. Where the request named another, nothing of it was looked at:
   * a desk that has this one names it and sends again; one that has not is a copy of the file, or an older state of it.
   */
  last: z.uuid().nullable(),
  /**
   * What central answered before this, in ms of its own clock, stands in every backup that it may still be set back
   * to: a desk may let go of it. Null: nothing does.
   */
  horizon: z.number().nullable(),
  /** What became of the mutations; one that is not answered yet stays with the desk, which sends it again. */
  answers: z.array(mutationAnswerSchema),
  changes: z.array(changeSchema),
})
export type SyncResponse = z.infer<typeof syncResponseSchema>

/** POST /enrol: a desk that has a code from an administrator becomes a device that central knows. */
export const enrolRequestSchema = z.object({ code: z.string().min(1).max(40), storeId: z.uuid() })
/** The secret is said once; `Authorization: Device <deviceId>.<secret>` opens /sync, /desk and /sign-in from then on. */
export const enrolResponseSchema = z.object({ deviceId: z.uuid(), secret: z.string(), deskCode: z.string() })
export type EnrolResponse = z.infer<typeof enrolResponseSchema>

export const signInRequestSchema = z.object({
  staffNo: z.string().min(1).max(20),
  password: z.string().min(1).max(200),
  /** The second factor, of those whose role needs one (shared/people/roles.ts); of others it is not looked at. */
  code: z.string().refine(isOneTimeCode).optional(),
  /** The store file's own id, made when it was created; central gives each its desk code. Null away from desks. */
  storeId: z.uuid().nullable(),
})

export const lineSchema = z.object({
  extension: z.string().max(40),
  password: z.string().max(200),
  /** Where to register: the desk's own setting wins over it. */
  domain: z.string().max(200),
})
export type Line = z.infer<typeof lineSchema>

export const signInResponseSchema = z.object({
  token: z.string(),
  /** The public name of this sign-in, which mutations carry; it opens nothing. */
  session: z.uuid(),
  expiresAt: z.number(),
  operator: z.object({ staffNo: z.string(), name: z.string(), role: z.enum(staffRoles) }),
  deskCode: z.string(),
  line: lineSchema,
  numberPlan: numberPlanSchema,
})
export type SignInResponse = z.infer<typeof signInResponseSchema>
/** The answer to who works at no desk. */
export const officeSignInResponseSchema = signInResponseSchema.omit({ deskCode: true, line: true, numberPlan: true })
export type OfficeSignInResponse = z.infer<typeof officeSignInResponseSchema>

/** POST /desk: a desk whose file had to be made anew binds itself to the new one, and is told its code. */
export const deskRequestSchema = z.object({ storeId: z.uuid() })
export const deskResponseSchema = z.object({ deskCode: z.string() })

/** POST /cases/of-caller: earlier cases of a number; the number travels in the body, never in a URL. */
export const ofCallerRequestSchema = z.object({ phone: z.string().max(64) })
export const caseSummarySchema = z.object({
  caseId: z.uuid(),
  caseNo: z.string(),
  kind: z.string().nullable(),
  state: z.string(),
  openedAt: z.number(),
  content: z.string(),
  callerName: z.string(),
})
export type CaseSummary = z.infer<typeof caseSummarySchema>
export const ofCallerResponseSchema = z.object({ cases: z.array(caseSummarySchema) })

/** POST /calls/answered, from a desk: of which of these calls the citizen was answered, in it at another desk, or later at any. */
export const answeredCallsRequestSchema = z.object({ callIds: z.array(z.string().min(1).max(128)).max(200) })
export const answeredCallsResponseSchema = z.object({ answered: z.array(z.string()) })

/** /live, from the desk: first its credential and whose token, then the operator's status whenever it changes. */
export const liveFromDeskSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    device: z.string().max(128),
    /** Of who is signed in, for the status; null while nobody is. */
    token: z.string().max(128).nullable(),
    storeId: z.uuid(),
  }),
  z.object({ type: z.literal('status'), status: z.string().max(20), since: z.number() }),
])
/**
 * /live, to the desk: something new stands behind `head`. `page` brings it along where it is small: all that is new to
 * this desk from `from` to `head`. A desk that stands just there, in this epoch, takes it; any other pulls by /sync.
 */
export const livePageSchema = z.object({ epoch: z.string(), from: z.number().int(), changes: z.array(z.unknown()) })
export const liveToDeskSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), head: z.number() }),
  z.object({ type: z.literal('changed'), head: z.number().int(), page: livePageSchema.optional() }),
  /** To who may read the ledger: so many calls are without an outcome ten minutes after their end. */
  z.object({ type: z.literal('ledger'), open: z.number().int() }),
])

/** The shape of every refusal over HTTP. */
export const httpErrorSchema = z.object({ code: z.string(), detail: z.string().optional() })
