/** What the phone is asked and tells. */
import { z } from 'zod'
import { numberPlanSchema } from '../number-plan.ts'
import { callPurposes } from '../call/call-fact.ts'
import { callQualitySchema } from '../call/call-quality.ts'
import { codecListSchema } from '../call/codecs.ts'
import { echoLevelsSchema, echoNumber } from '../call/echo-test.ts'
import { iceServerSchema } from '../call/ice-servers.ts'
import { awayReasons } from '../call/operator-status.ts'
import { MOST_WATCHED, presencesSchema, watchedSchema } from '../call/presence.ts'
import { wireRulesSchema } from '../call/on-wire.ts'
import { callStatsSchema, phoneSnapshotSchema } from '../call/phone-snapshot.ts'
import { queueCodesSchema } from '../call/queue-word.ts'
import { recordingRulesSchema } from '../call/recording.ts'
import { chooseDeviceSchema, soundDevicesSchema } from '../call/sound-devices.ts'
import { lineSchema } from '../sync/protocol.ts'
import { callId, nothing, type Commands, type Events } from './spec.ts'

export const phoneCommands = {
  /** Watches how the lines of these colleagues stand, and no others; answers what is known, the rest is told. */
  'phone.watch': {
    to: 'phone',
    from: ['desk'],
    input: z.object({ extensions: z.array(watchedSchema).max(MOST_WATCHED) }),
    output: presencesSchema,
  },
  'phone.snapshot': { to: 'phone', from: ['desk', 'main'], input: nothing, output: phoneSnapshotSchema },
  'phone.answer': { to: 'phone', from: ['desk', 'main'], input: z.object({ callId }), output: nothing },
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
    input: z.object({
      number: z.string().regex(/^[0-9*#+]{1,32}$/),
      purpose: z.enum(callPurposes),
      /** The call that this one pays back. */
      paysBack: callId.optional(),
    }),
    output: z.object({ callId }),
  },
  'phone.tones': {
    to: 'phone',
    from: ['desk'],
    input: z.object({ callId, tones: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
    output: nothing,
  },
  'phone.mute': { to: 'phone', from: ['desk'], input: z.object({ callId, muted: z.boolean() }), output: nothing },
  /** Marks that the citizen was warned for abuse, or takes the last such mark back. */
  'phone.warn': { to: 'phone', from: ['desk'], input: z.object({ callId, withdraw: z.boolean() }), output: nothing },
  /** Marks that a sentence of the courtesy script was said. */
  'phone.said': {
    to: 'phone',
    from: ['desk'],
    input: z.object({ callId, sentence: z.string().min(1).max(40), script: z.number().int().nonnegative() }),
    output: nothing,
  },
  /** Asks the exchange to pause its recording, or to go on; answers when it was asked, for it confirms neither. */
  'phone.pauseRecording': {
    to: 'phone',
    from: ['desk'],
    input: z.object({ callId, paused: z.boolean() }),
    output: nothing,
  },
  'phone.stats': { to: 'phone', from: ['desk'], input: nothing, output: callStatsSchema.nullable() },
  'phone.devices': { to: 'phone', from: ['desk'], input: nothing, output: soundDevicesSchema },
  /** Takes another device for a role, also in the middle of a call; refused where nothing has that name. */
  'phone.useDevice': { to: 'phone', from: ['desk'], input: chooseDeviceSchema, output: nothing },
  /** The ring sounds once, where it would. */
  'phone.testRing': { to: 'phone', from: ['desk'], input: nothing, output: nothing },
  /** Tells by `phone.microphoneLevel` how loud the microphone is, until it is off, a minute at the longest. */
  'phone.testMicrophone': { to: 'phone', from: ['desk'], input: z.object({ on: z.boolean() }), output: nothing },
  /** Rings the exchange's echo while no call is up, or ends that; it is no call of the operator's. */
  'phone.echoTest': { to: 'phone', from: ['desk'], input: z.object({ on: z.boolean() }), output: nothing },
  /** After so many seconds a call is answered by itself; null for never, as while the desk is gone. */
  'phone.autoAnswer': {
    to: 'phone',
    from: ['main'],
    input: z.object({ seconds: z.number().min(0).nullable() }),
    output: nothing,
  },
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
      servers: z.array(z.string()).min(1),
      iceServers: z.array(iceServerSchema),
      codecs: codecListSchema,
      numberPlan: numberPlanSchema,
      dialRules: wireRulesSchema,
      ringSound: z.boolean(),
      tones: z.enum(['rtp', 'info']),
      wrapUpSeconds: z.number().int().min(0),
      queue: queueCodesSchema,
      recording: recordingRulesSchema,
      echoTest: echoNumber.nullable(),
      author: z.string().max(20),
    }),
    output: nothing,
  },
  /** The machine woke or went to sleep, or its network changed: the phone looks at once whether its link stands. */
  'phone.checkLink': { to: 'phone', from: ['main'], input: nothing, output: nothing },
  /** A phone that was started again takes up what the one before it left: a call that was up is lost, visibly. */
  'phone.restore': { to: 'phone', from: ['main'], input: phoneSnapshotSchema, output: nothing },
  'phone.disconnect': { to: 'phone', from: ['main'], input: nothing, output: nothing },
} as const satisfies Commands

export const phoneEvents = {
  'phone.presence': { from: 'phone', to: ['desk'], data: presencesSchema },
  'phone.changed': { from: 'phone', to: ['desk', 'main'], data: phoneSnapshotSchema },
  'phone.levels': { from: 'phone', to: ['desk'], data: z.object({ citizen: z.number(), operator: z.number() }) },
  /** How the call that is spoken with sounds, once a second. */
  'phone.quality': { from: 'phone', to: ['desk'], data: callQualitySchema.extend({ callId }) },
  /** Both sides of a test of the sound, ten times a second. */
  'phone.echoLevels': { from: 'phone', to: ['desk'], data: echoLevelsSchema },
  'phone.devicesChanged': { from: 'phone', to: ['desk'], data: soundDevicesSchema },
  'phone.microphoneLevel': { from: 'phone', to: ['desk'], data: z.object({ level: z.number() }) },
} as const satisfies Events
