/**
 * THE desktop contract. Everything that crosses a process border in the desktop is declared here once:
 * the router in electron/, the bridge in the windows and the store all derive from it.
 * `to` names who answers a command, `from` who may send it; main is the only road between them.
 */
import { z } from 'zod'
import { callPurposes, noMatterOutcomes } from './call/call-fact.ts'
import { callQualitySchema } from './call/call-quality.ts'
import { awayReasons } from './call/operator-status.ts'
import { queueCodesSchema } from './call/queue-word.ts'
import { callStatsSchema, phoneSnapshotSchema, toldFactSchema } from './call/phone-snapshot.ts'
import { chooseDeviceSchema, soundDevicesSchema } from './call/sound-devices.ts'
import { caseFormSchema } from './case/case-form.ts'
import { followSchema, lateEditSchema, settleSchema, standingSchema } from './case/late-edit.ts'
import { fail, type Result } from './errors.ts'
import { searchAnswerSchema } from './kb/hit.ts'
import { isOneTimeCode } from './people/one-time-code.ts'
import { staffRoles } from './people/staff-role.ts'
import { oidcAnswerSchema, oidcOfferSchema } from './sync/oidc.ts'
import { caseSummarySchema, lineSchema } from './sync/protocol.ts'
import { deskSyncSchema } from './sync/status.ts'

export type Party = 'desk' | 'phone' | 'store' | 'main'

type CommandSpec = { to: Party; from: readonly Party[]; input: z.ZodType; output: z.ZodType }

const nothing = z.null()
const callId = z.string().min(1).max(128)
const caseId = z.uuid()
/** The second factor, where central asked for one. */
const code = z.string().refine(isOneTimeCode).optional()

export const sessionSchema = z.object({
  operator: z.object({ staffNo: z.string(), name: z.string(), role: z.enum(staffRoles) }),
  deskCode: z.string(),
})
export type Session = z.infer<typeof sessionSchema>

/** What main keeps for a store that is started again: who is signed in, and the desk's credential in case the file is lost. */
const resumeSchema = z.object({
  staffNo: z.string(),
  /** Null while central has not let her in. */
  token: z.string().nullable(),
  session: z.uuid().nullable(),
  device: z.string().nullable(),
})

/** What main keeps of a sign-in: also the line of the phone, and what a store that is started again needs. */
const signedInSchema = sessionSchema.extend({ line: lineSchema, resume: resumeSchema })
export type SignedInDesk = z.infer<typeof signedInSchema>

export const draftSchema = z.object({
  caseId,
  callId: callId.nullable(),
  form: caseFormSchema,
  startedAt: z.number(),
  updatedAt: z.number(),
  /** The number of the case once it was saved; until then the draft is only the operator's. */
  caseNo: z.string().nullable(),
  /** Whether the case stands saved with just these words. */
  clean: z.boolean(),
})
export type Draft = z.infer<typeof draftSchema>

/** Something this desk did that central did not take: what it was, why, and the words of it. */
export const refusedSchema = z.object({
  id: z.uuid(),
  at: z.number(),
  /** Refused by the rules of the case, or set aside at central for a person to look at. */
  status: z.enum(['refused', 'quarantined']),
  /** Central's reason. */
  code: z.string().nullable(),
  what: z.enum(['case.open', 'case.edit', 'case.reply', 'case.settle', 'call']),
  caseNo: z.string().nullable(),
  /** The form as it would have been; null for a fact of a call. */
  form: caseFormSchema.nullable(),
})
export type Refused = z.infer<typeof refusedSchema>

/** Whether this desk may speak to central: not enrolled yet, enrolled, or no longer known there. */
export const deviceStateSchema = z.object({ state: z.enum(['none', 'enrolled', 'refused']) })
export type DeviceState = z.infer<typeof deviceStateSchema>['state']

export const appInfoSchema = z.object({
  version: z.string(),
  /** Names the runtime where it is not one that may be shipped. */
  runtime: z.enum(['official', 'override', 'test']),
  demo: z.object({ staffNo: z.string(), password: z.string() }).nullable(),
  /** The code by which a demo's desk enrols by itself. */
  enrolment: z.string().nullable(),
  language: z.enum(['zh', 'en']),
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const commands = {
  'app.info': { to: 'main', from: ['desk'], input: nothing, output: appInfoSchema },
  'session.signIn': {
    to: 'main',
    from: ['desk'],
    input: z.object({ staffNo: z.string().min(1).max(20), password: z.string().min(1).max(200), code }),
    output: sessionSchema,
  },
  /** Whether central knows an issuer, so that one may sign in with the organisation's account. */
  'session.ways': { to: 'main', from: ['desk'], input: nothing, output: z.object({ issuer: z.boolean() }) },
  /** Asks the issuer in the system's browser; answers when the operator comes back from there, or cancelled. */
  'session.signInByIssuer': { to: 'main', from: ['desk'], input: nothing, output: sessionSchema },
  'session.cancelIssuer': { to: 'main', from: ['desk'], input: nothing, output: nothing },
  /** The same person once more, for central: a store that was started again does not know her password. */
  'session.renew': {
    to: 'main',
    from: ['desk'],
    input: z.object({ password: z.string().min(1).max(200), code }),
    output: nothing,
  },
  'session.signOut': { to: 'main', from: ['desk'], input: nothing, output: nothing },
  'session.current': { to: 'main', from: ['desk'], input: nothing, output: sessionSchema.nullable() },

  'device.state': { to: 'store', from: ['desk'], input: nothing, output: deviceStateSchema },
  'device.enrol': {
    to: 'store',
    from: ['desk'],
    input: z.object({ code: z.string().min(1).max(40) }),
    output: deviceStateSchema,
  },

  'phone.snapshot': { to: 'phone', from: ['desk', 'main'], input: nothing, output: phoneSnapshotSchema },
  'phone.answer': { to: 'phone', from: ['desk'], input: z.object({ callId }), output: nothing },
  'phone.reject': { to: 'phone', from: ['desk'], input: z.object({ callId }), output: nothing },
  'phone.hangUp': { to: 'phone', from: ['desk'], input: z.object({ callId }), output: nothing },
  'phone.hold': { to: 'phone', from: ['desk'], input: z.object({ callId, held: z.boolean() }), output: nothing },
  /** Speaks with the other one: with whom is waiting, or between the citizen and the call beside hers. */
  'phone.swap': { to: 'phone', from: ['desk'], input: nothing, output: nothing },
  /** All three hear each other, or (split) the one beside is put aside. */
  'phone.join': { to: 'phone', from: ['desk'], input: z.object({ joined: z.boolean() }), output: nothing },
  /** Puts the citizen through to the call beside hers; she is let go when the exchange has done it. */
  'phone.complete': { to: 'phone', from: ['desk'], input: nothing, output: nothing },
  /** Dials a number as it is dialled here (shared/call/dial-plan.ts). */
  'phone.dial': {
    to: 'phone',
    from: ['desk'],
    input: z.object({ number: z.string().regex(/^[0-9*#+]{1,32}$/), purpose: z.enum(callPurposes) }),
    output: z.object({ callId }),
  },
  'phone.tones': {
    to: 'phone',
    from: ['desk'],
    input: z.object({ callId, tones: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
    output: nothing,
  },
  'phone.mute': { to: 'phone', from: ['desk'], input: z.object({ callId, muted: z.boolean() }), output: nothing },
  'phone.stats': { to: 'phone', from: ['desk'], input: nothing, output: callStatsSchema.nullable() },
  'phone.devices': { to: 'phone', from: ['desk'], input: nothing, output: soundDevicesSchema },
  /** Takes another device for a role, also in the middle of a call; refused where nothing has that name. */
  'phone.useDevice': { to: 'phone', from: ['desk'], input: chooseDeviceSchema, output: nothing },
  /** The ring sounds once, where it would. */
  'phone.testRing': { to: 'phone', from: ['desk'], input: nothing, output: nothing },
  /** Tells by `phone.microphoneLevel` how loud the microphone is, until it is off, a minute at the longest. */
  'phone.testMicrophone': { to: 'phone', from: ['desk'], input: z.object({ on: z.boolean() }), output: nothing },
  'phone.wrapUpDone': { to: 'phone', from: ['desk'], input: nothing, output: nothing },
  'phone.extendWrapUp': { to: 'phone', from: ['desk'], input: nothing, output: nothing },
  /** `reason` null: back again. Main says it for a desk that is gone. */
  'phone.away': {
    to: 'phone',
    from: ['desk', 'main'],
    input: z.object({ reason: z.enum(awayReasons).nullable() }),
    output: nothing,
  },
  'phone.connect': {
    to: 'phone',
    from: ['main'],
    input: z.object({
      line: lineSchema,
      server: z.string(),
      ringSound: z.boolean(),
      tones: z.enum(['rtp', 'info']),
      wrapUpSeconds: z.number().int().min(0),
      queue: queueCodesSchema,
      author: z.string().max(20),
    }),
    output: nothing,
  },
  /** A phone that was started again takes up what the one before it left: a call that was up is lost, visibly. */
  'phone.restore': { to: 'phone', from: ['main'], input: phoneSnapshotSchema, output: nothing },
  'phone.disconnect': { to: 'phone', from: ['main'], input: nothing, output: nothing },

  'store.signIn': {
    to: 'store',
    from: ['main'],
    input: z.object({ staffNo: z.string(), password: z.string(), code }),
    output: signedInSchema,
  },
  'store.issuer': { to: 'store', from: ['main'], input: nothing, output: oidcOfferSchema },
  'store.signInByIssuer': { to: 'store', from: ['main'], input: oidcAnswerSchema, output: signedInSchema },
  /** A store that was started again learns who is signed in; main kept it. */
  'store.resume': {
    to: 'store',
    from: ['main'],
    input: resumeSchema,
    output: nothing,
  },
  'store.signOut': { to: 'store', from: ['main'], input: nothing, output: nothing },
  'store.status': {
    to: 'store',
    from: ['main'],
    input: z.object({ status: z.string(), since: z.number() }),
    output: nothing,
  },
  'call.record': { to: 'store', from: ['phone'], input: toldFactSchema, output: nothing },
  /** The operator's word that a call led to no case. */
  'call.settle': {
    to: 'store',
    from: ['desk'],
    input: z.object({ callId, outcome: z.enum(noMatterOutcomes) }),
    output: nothing,
  },
  /** Calls whose end nobody lived to tell, except those that are up, end at the last thing known of them. */
  'call.endUnfinished': { to: 'store', from: ['main'], input: z.object({ up: z.array(callId) }), output: nothing },

  /** Answers after the commit: what it acknowledges survives kill -9. */
  'draft.save': {
    to: 'store',
    from: ['desk'],
    // The author travels with the words: they may reach the store after the next operator has signed in.
    input: draftSchema
      .omit({ updatedAt: true, caseNo: true, clean: true })
      .extend({ author: z.string().min(1).max(20) }),
    output: z.object({ updatedAt: z.number() }),
  },
  'draft.list': { to: 'store', from: ['desk'], input: nothing, output: z.array(draftSchema) },
  /** These groups were shown to the operator as they stand; her unsaved words stay. */
  'draft.follow': { to: 'store', from: ['desk'], input: followSchema, output: nothing },
  'draft.discard': { to: 'store', from: ['desk'], input: z.object({ caseId }), output: nothing },

  /** Opens the case with its reply, or edits it when it stands already. Answers after the commit. */
  'case.save': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId, callId: callId.nullable(), form: caseFormSchema }),
    output: z.object({ caseNo: z.string(), savedAt: z.number() }),
  },
  /** How the case of a draft stands now, group by group. */
  'case.standing': {
    to: 'store',
    from: ['desk'],
    input: z.object({ caseId }),
    output: z.array(standingSchema).nullable(),
  },
  /**
   * Settles a late edit; refused where it is settled already, or where something else stands than was shown. Answers
   * how the group stands now, beside what the author had seen of it.
   */
  'case.settle': { to: 'store', from: ['desk'], input: settleSchema, output: standingSchema },
  'case.ofCaller': {
    to: 'store',
    from: ['desk'],
    input: z.object({ phone: z.string().max(64) }),
    /** `complete` is false when central could not be asked and only this desk's own cases are shown. */
    output: z.object({ cases: z.array(caseSummarySchema), complete: z.boolean() }),
  },
  'desk.today': {
    to: 'store',
    from: ['desk'],
    input: nothing,
    output: z.object({ answered: z.number().int(), missed: z.number().int(), repliesOwed: z.number().int() }),
  },

  'kb.search': {
    to: 'store',
    from: ['desk'],
    input: z.object({ query: z.string().max(200) }),
    output: searchAnswerSchema,
  },
  /** What central did not take of the operator's work and she has not dealt with, the newest first. */
  'sync.refused': { to: 'store', from: ['desk'], input: nothing, output: z.array(refusedSchema) },
  /** Puts a refused form back among the drafts, in one commit with taking it off the list; answers the draft's case. */
  'sync.takeBack': { to: 'store', from: ['desk'], input: z.object({ id: z.uuid() }), output: z.object({ caseId }) },
  /** Takes it off the list; it stays in the file and at central. */
  'sync.dismiss': { to: 'store', from: ['desk'], input: z.object({ id: z.uuid() }), output: nothing },
  /** The late edits that the operator may settle, the newest first. */
  'sync.late': { to: 'store', from: ['desk'], input: nothing, output: z.array(lateEditSchema) },
  'sync.status': { to: 'store', from: ['desk'], input: nothing, output: deskSyncSchema },
} as const satisfies Record<string, CommandSpec>

export type CommandName = keyof typeof commands
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>

type EventSpec = { from: Party; to: readonly Party[]; data: z.ZodType }

export const events = {
  /** The desk is signed in and painted. */
  'desk.opened': { from: 'desk', to: ['main'], data: nothing },
  'phone.changed': { from: 'phone', to: ['desk', 'main'], data: phoneSnapshotSchema },
  'phone.levels': { from: 'phone', to: ['desk'], data: z.object({ citizen: z.number(), operator: z.number() }) },
  /** How the call that is spoken with sounds, once a second. */
  'phone.quality': { from: 'phone', to: ['desk'], data: callQualitySchema.extend({ callId }) },
  'phone.devicesChanged': { from: 'phone', to: ['desk'], data: soundDevicesSchema },
  'phone.microphoneLevel': { from: 'phone', to: ['desk'], data: z.object({ level: z.number() }) },
  'sync.changed': { from: 'store', to: ['desk'], data: deskSyncSchema },
  /** Central let her in who had been signed in without it. */
  'session.proved': {
    from: 'store',
    to: ['main'],
    data: z.object({ staffNo: z.string(), token: z.string(), session: z.uuid() }),
  },
  /** Whether the store refuses words that were typed: a window that closes now would lose them. */
  'words.stalled': { from: 'desk', to: ['main'], data: z.object({ stalled: z.boolean() }) },
  /** The window was asked to close and stays: a call is up, or something would be lost (a second try is obeyed). */
  'window.closeHeld': { from: 'main', to: ['desk'], data: z.object({ why: z.enum(['call', 'unsaved']) }) },
  'case.confirmed': { from: 'store', to: ['desk'], data: z.object({ caseId }) },
  'service.changed': {
    from: 'main',
    to: ['desk', 'phone'],
    data: z.object({
      service: z.enum(['store', 'phone']),
      state: z.enum(['up', 'down']),
      /** Why it is down, where that is known: an ErrorCode. */
      code: z.string().nullable(),
    }),
  },
} as const satisfies Record<string, EventSpec>

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]['data']>

/** The commands that one party answers. */
export type CommandTo<P extends Party> = {
  [N in CommandName]: (typeof commands)[N]['to'] extends P ? N : never
}[CommandName]

/** One party's answers, one a command: the compiler says which is missing. */
export type Handlers<P extends Party> = {
  readonly [N in CommandTo<P>]: (input: CommandInput<N>) => Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
}

/** Answers any command by these handlers; the input has been checked by the router before. */
export async function answerBy<P extends Party>(
  handlers: Handlers<P>,
  name: CommandName,
  input: unknown,
): Promise<Result<unknown>> {
  const table: Partial<Record<CommandName, (input: never) => Result<unknown> | Promise<Result<unknown>>>> = handlers
  const handle = table[name]
  return handle === undefined ? fail('notFound', name) : handle(input as never)
}
