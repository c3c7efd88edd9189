/**
 * A call that is played without a telephone, for who writes the script.
 *
 * CS12 Each moment is a stage, and its state of the call leads to it by the same engine as on the desk.
 */
import type { LiveCall } from './moment.ts'
import { WAIT_SECONDS, type Moment } from './script.ts'

/** The moments in the order in which a call may come by them; those of a call from here at last. */
export const playedStages = [
  ...['idle', 'ringing', 'opening', 'listening', 'silentCall', 'silence', 'searching', 'searchLong'],
  ...['hold', 'holdLong', 'backFromHold', 'transfer', 'answering', 'abuse1', 'abuse2', 'abuse3', 'abuseEnd'],
  ...['emergency', 'closing', 'wrapUp', 'dialling', 'callBack', 'returnVisit'],
] as const as readonly Moment[]

/** The time at which all stages are looked at, in ms, and since when what lasts in them lasts. */
export const PLAYED_NOW = 1_000_000
const [JUST_NOW, FOR_LONG] = [PLAYED_NOW - 1000, PLAYED_NOW - 2 * WAIT_SECONDS.max * 1000]

const quiet: LiveCall = {
  ...{ phase: null, status: 'ready', dialled: null, talkingSince: null, lastAct: 'none', lastActAt: 0 },
  ...{ contentEmpty: true, warning: null, heldSince: null, backSince: null, transferSince: null },
  ...{ emergencySince: null, wasHeard: true, quietSince: null },
}
const talking: LiveCall = { ...quiet, phase: 'talking', status: 'talking', talkingSince: FOR_LONG }
const listening: LiveCall = { ...talking, lastAct: 'typing', lastActAt: JUST_NOW, contentEmpty: false }
const searching: LiveCall = { ...listening, lastAct: 'searching' }

const stages: { readonly [M in Moment]: LiveCall } = {
  idle: quiet,
  ringing: { ...quiet, phase: 'ringing', status: 'ringing' },
  wrapUp: { ...quiet, status: 'wrapUp' },
  dialling: { ...quiet, phase: 'dialling', status: 'talking' },
  returnVisit: { ...talking, dialled: 'returnVisit' },
  callBack: { ...talking, dialled: 'callBack' },
  opening: talking,
  listening,
  searching,
  answering: { ...listening, lastAct: 'replying' },
  closing: { ...listening, lastAct: 'saved' },
  emergency: { ...listening, emergencySince: JUST_NOW },
  abuse1: { ...listening, warning: 1 },
  abuse2: { ...listening, warning: 2 },
  abuse3: { ...listening, warning: 3 },
  abuseEnd: { ...listening, warning: 'end' },
  holdLong: { ...searching, heldSince: FOR_LONG },
  hold: { ...searching, heldSince: JUST_NOW },
  transfer: { ...searching, transferSince: JUST_NOW },
  backFromHold: { ...searching, backSince: JUST_NOW },
  silentCall: { ...talking, wasHeard: false, quietSince: FOR_LONG },
  silence: { ...listening, quietSince: FOR_LONG },
  searchLong: { ...searching, lastActAt: FOR_LONG },
}

/** The call in a stage, as it is at PLAYED_NOW. */
export const playedCall = (stage: Moment): LiveCall => stages[stage]
