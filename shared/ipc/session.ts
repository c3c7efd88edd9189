/** Who sits here and at which desk, and the processes themselves. */
import { z } from 'zod'
import { operatorMaySchema } from '../operator-may.ts'
import { numberPlanSchema } from '../number-plan.ts'
import { isOneTimeCode } from '../people/one-time-code.ts'
import { passwordChangeSchema } from '../people/password.ts'
import { staffRoles } from '../people/staff-role.ts'
import { oidcAnswerSchema, oidcOfferSchema } from '../sync/oidc.ts'
import { lineSchema } from '../sync/protocol.ts'
import { nothing, type Commands, type Events } from './spec.ts'

/** The second factor, where central asked for one. */
const code = z.string().refine(isOneTimeCode).optional()

export const sessionSchema = z.object({
  operator: z.object({ staffNo: z.string(), name: z.string(), role: z.enum(staffRoles) }),
  deskCode: z.string(),
  /** How numbers are meant here; central's word, remembered while it is away. */
  numberPlan: numberPlanSchema,
})
export type Session = z.infer<typeof sessionSchema>

/** What main keeps for a store that is started again: who is signed in, and the desk's credential and number plan in case the file is lost. */
const resumeSchema = z.object({
  staffNo: z.string(),
  /** Null while central has not let her in. */
  token: z.string().nullable(),
  session: z.uuid().nullable(),
  device: z.string().nullable(),
  numberPlan: numberPlanSchema,
})

/** What main keeps of a sign-in: also the line of the phone, and what a store that is started again needs. */
const signedInSchema = sessionSchema.extend({ line: lineSchema, resume: resumeSchema })
export type SignedInDesk = z.infer<typeof signedInSchema>

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
  operatorMay: operatorMaySchema,
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const sessionCommands = {
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
  /** The operator's own password, at central; refused while it is away. */
  'session.changePassword': { to: 'store', from: ['desk'], input: passwordChangeSchema, output: nothing },
  'session.signOut': { to: 'main', from: ['desk'], input: nothing, output: nothing },
  'session.current': { to: 'main', from: ['desk'], input: nothing, output: sessionSchema.nullable() },
  'device.state': { to: 'store', from: ['desk'], input: nothing, output: deviceStateSchema },
  'device.enrol': {
    to: 'store',
    from: ['desk'],
    input: z.object({ code: z.string().min(1).max(40) }),
    output: deviceStateSchema,
  },
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
} as const satisfies Commands

export const sessionEvents = {
  /** A person is waited for, at the enrolment or the sign-in: what she types takes longer than what may begin meanwhile. */
  'desk.waits': { from: 'desk', to: ['main'], data: nothing },
  /** The desk is signed in and painted. */
  'desk.opened': { from: 'desk', to: ['main'], data: nothing },
  /** Central let her in who had been signed in without it. */
  'session.proved': {
    from: 'store',
    to: ['main'],
    data: z.object({ staffNo: z.string(), token: z.string(), session: z.uuid() }),
  },
  /** The window was asked to close and stays: a call is up, or something would be lost (a second try is obeyed). */
  'window.closeHeld': { from: 'main', to: ['desk'], data: z.object({ why: z.enum(['call', 'unsaved']) }) },
  /** Whether another program has the key that answers from there. */
  'answerKey.changed': { from: 'main', to: ['desk'], data: z.object({ taken: z.boolean() }) },
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
} as const satisfies Events
