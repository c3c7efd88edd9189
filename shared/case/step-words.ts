/** A step while it is being written: every field that any step has, and what of it is still missing. */
import { z } from 'zod'
import { caseStepSchema, type CaseStep, type StepType } from './case-step.ts'
import { stepTypes } from './steps.ts'

const text = z.string().max(20_000)

export const stepWordsSchema = z.object({
  type: z.enum(stepTypes),
  unit: z.string().max(40).nullable(),
  units: z.array(z.string().max(40)).max(20),
  /** As it was typed. */
  days: z.string().max(10),
  reason: text,
  channel: text,
  reached: z.boolean().nullable(),
  solved: z.boolean().nullable(),
  /** Whether she was asked and gave none is not the same as not having been asked yet. */
  rating: z.union([z.number().int().min(1).max(5), z.literal('none')]).nullable(),
  note: text,
  /** The case that goes on, by its number; and its id once it was found. */
  intoNo: z.string().max(40),
  into: z.uuid().nullable(),
  /** Which of those who called is visited; null for who opened the case. */
  caller: z.uuid().nullable().default(null),
  /** What an event is called, and what whoever calls about it is told. */
  title: text.default(''),
  say: text.default(''),
})
export type StepWords = z.infer<typeof stepWordsSchema>

/** `sent`: it went to central, and nothing is known of what became of it. */
export const keptWordsSchema = z.object({ words: stepWordsSchema, sent: z.boolean() })
export type KeptWords = z.infer<typeof keptWordsSchema>

export function emptyWords(type: StepType): StepWords {
  return {
    type,
    ...{ unit: null, units: [], days: '', reason: '', channel: '', note: '' },
    ...{ reached: null, solved: null, rating: null, intoNo: '', into: null, caller: null },
    ...{ title: '', say: '' },
  }
}

export type StepField =
  | 'unit'
  | 'units'
  | 'days'
  | 'reason'
  | 'channel'
  | 'reached'
  | 'solved'
  | 'rating'
  | 'note'
  | 'into'
  | 'caller'
  | 'title'
  | 'say'

/** The fields of each step that the centre or a visitor takes, in the order in which they are filled in. */
export const stepFields: { readonly [S in StepType]: readonly StepField[] } = {
  dispatch: ['unit'],
  sign: [],
  return: ['reason'],
  redispatch: ['unit', 'reason'],
  invite: ['units'],
  askExtension: ['days', 'reason'],
  grantExtension: ['days'],
  denyExtension: ['reason'],
  suspend: ['reason'],
  resume: [],
  contribute: ['note'],
  answer: ['note'],
  sendBack: ['reason'],
  visit: ['caller', 'reached', 'solved', 'rating', 'note'],
  rate: ['rating', 'note'],
  settle: [],
  rehandle: ['reason'],
  supervise: ['reason'],
  decline: ['reason', 'channel'],
  join: ['into'],
  archive: [],
  unjoin: ['reason'],
  takeOut: ['caller', 'reason'],
  makeEvent: ['title', 'say'],
  endEvent: [],
}

/** Which fields are asked for now: of who was not reached nothing is rated. */
export function fieldsOf({ type, reached }: StepWords): readonly StepField[] {
  if (type !== 'visit' || reached === true) return stepFields[type]
  return reached === null ? ['caller', 'reached'] : ['caller', 'reached', 'note']
}

/** What it would be as a step; not checked yet. */
function roughStep(words: StepWords): unknown {
  const { type, unit, units, reason, channel, note, into } = words
  const days = /^\d+$/.test(words.days.trim()) ? Number(words.days.trim()) : Number.NaN
  switch (type) {
    case 'dispatch':
      return { type, unit }
    case 'redispatch':
      return { type, unit, reason }
    case 'invite':
      return { type, units }
    case 'grantExtension':
      return { type, days }
    case 'askExtension':
      return { type, days, reason }
    case 'visit': {
      const { reached, solved, rating, caller } = words
      const whom = caller === null ? {} : { caller }
      if (reached === false) return { type, reached, solved: null, rating: null, note, ...whom }
      return { type, reached, solved, rating: rating === 'none' ? null : rating, note, ...whom }
    }
    case 'rate':
      return { type, rating: words.rating, text: note }
    case 'decline':
      return { type, reason, channel }
    case 'join':
      return { type, into }
    case 'takeOut':
      return { type, caller: words.caller, reason }
    case 'answer':
    case 'contribute':
      return { type, text: note }
    case 'makeEvent':
      return { type, title: words.title, say: words.say }
    case 'sign':
    case 'endEvent':
    case 'resume':
    case 'settle':
    case 'archive':
      return { type }
    default:
      return { type, reason }
  }
}

/** The step that the words make, or the first field with which they do not. */
export function readStep(words: StepWords): { readonly step: CaseStep } | { readonly missing: StepField } {
  const fields = fieldsOf(words)
  // The schema lets these two be null, for who was not reached; of who was, each is asked for.
  const unasked = fields.find((field) => (field === 'solved' || field === 'rating') && words[field] === null)
  const parsed = caseStepSchema.safeParse(roughStep(words))
  if (parsed.success && unasked === undefined) return { step: parsed.data }
  const wrong = parsed.error?.issues.map(({ path }) => (path[0] === 'text' ? 'note' : path[0])) ?? []
  const missing = fields.find((field) => wrong.includes(field)) ?? unasked ?? fields[0]
  if (missing === undefined) throw new Error(`a step without fields is whole: ${words.type}`)
  return { missing }
}
