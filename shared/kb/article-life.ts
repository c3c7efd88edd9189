/**
 * The life of an article: what is published, and the draft beside it (rules KA in SPEC.md).
 *
 *              edit              submit             publish
 *   nothing ────────► draft ───────────────► review ─────────► published ──withdraw──► withdrawn
 *                      ▲ ▲ ◄──sendBack(why)────┘                 │   ▲                   │  │
 *                      │ └─────────────────edit, beside it───────┘   └─────rollBack──────┘  │
 *                      └──────────────────────────edit, beside it──────────────────────────┘
 *
 * What is published and the draft are two halves: a step moves one of them, and publishing alone makes one of the other.
 * A step that stands in no row does not exist.
 */
import { z } from 'zod'
import { fail, ok, type Result } from '../errors.ts'
import { articleFieldsSchema, sameFields, type ArticleFields } from './article-life-fields.ts'

/** 草稿 · 待审 · 已发布 · 已撤下. */
export const articleStates = ['draft', 'review', 'published', 'withdrawn'] as const
export type ArticleState = (typeof articleStates)[number]

/** Words that are not published yet, upon the version that whoever wrote last had seen (0: none). */
export type ArticleDraft = {
  readonly state: 'draft' | 'review'
  readonly fields: ArticleFields
  readonly base: number
  /** Who wrote last. */
  readonly by: string
}

/**
 * An article as it stands. `version` is the newest that was published, 0 where none ever was; `edition` counts all
 * that happened to it, so that whoever acts upon an older one is told.
 */
export type ArticleLife = {
  readonly id: string
  /** The member unit whose article it is, by its id in the directory; null for one of the centre itself. */
  readonly owner: string | null
  readonly version: number
  readonly withdrawn: boolean
  readonly edition: number
  /** What is published, or was last. */
  readonly published: ArticleFields | null
  readonly draft: ArticleDraft | null
}

export const newLife = (id: string, owner: string | null): ArticleLife => ({
  ...{ id, owner, version: 0, withdrawn: false, edition: 0, published: null, draft: null },
})

/** Where it is in its life, for a list: what is being worked on stands before what is published. */
export function stateOf({
  draft,
  version,
  withdrawn,
}: Pick<ArticleLife, 'version' | 'withdrawn'> & {
  readonly draft: Pick<ArticleDraft, 'state'> | null
}): ArticleState {
  if (draft !== null) return draft.state
  return withdrawn || version === 0 ? 'withdrawn' : 'published'
}

export const MOST_WHY = 500
const why = z.string().trim().min(1).max(MOST_WHY)
const owner = z.string().min(1).max(40).nullable()

export const articleStepSchema = z.discriminatedUnion('type', [
  /** Writes the draft, or begins one; who edits for the centre may say whose the article is. */
  z.strictObject({ type: z.literal('edit'), fields: articleFieldsSchema, owner: owner.optional() }),
  z.strictObject({ type: z.literal('submit'), why: z.string().trim().max(MOST_WHY) }),
  /** From review back to draft: refused by an editor, or taken back by who proposed it. */
  z.strictObject({ type: z.literal('sendBack'), why }),
  /** The draft is thrown away; what is published stays. */
  z.strictObject({ type: z.literal('discard'), why }),
  z.strictObject({ type: z.literal('publish'), why: z.string().trim().max(MOST_WHY) }),
  z.strictObject({ type: z.literal('withdraw'), why }),
  /** An older version is published anew. `fields` are those of `version`, which central reads. */
  z.strictObject({ type: z.literal('rollBack'), version: z.number().int().positive(), why }),
])
export type ArticleStep = z.infer<typeof articleStepSchema>
export type ArticleStepType = ArticleStep['type']

/** An editor of the centre; a member of the unit whose article it is. */
export const articleParties = ['editor', 'unit'] as const
export type ArticleParty = (typeof articleParties)[number]

type Row = {
  readonly by: readonly ArticleParty[]
  /** What forbids it now, as the detail of the refusal. */
  readonly unless: (life: ArticleLife, party: ArticleParty) => string | null
}

const draftIs = (state: ArticleDraft['state']) => (life: ArticleLife) =>
  life.draft?.state === state ? null : life.draft === null ? 'noDraft' : life.draft.state

export const articleSteps: { readonly [S in ArticleStepType]: Row } = {
  // What is being reviewed is changed by who reviews it alone: nobody approves what another has just changed.
  edit: {
    by: articleParties,
    unless: ({ draft }, party) => (party === 'unit' && draft?.state === 'review' ? 'review' : null),
  },
  submit: { by: articleParties, unless: draftIs('draft') },
  sendBack: { by: articleParties, unless: draftIs('review') },
  discard: {
    by: articleParties,
    unless: ({ draft }, party) =>
      draft === null ? 'noDraft' : party === 'unit' && draft.state === 'review' ? 'review' : null,
  },
  publish: {
    by: ['editor'],
    unless: (life) => draftIs('review')(life) ?? (life.draft?.base === life.version ? null : 'publishedMeanwhile'),
  },
  withdraw: {
    by: ['editor'],
    unless: ({ version, withdrawn }) => (version === 0 || withdrawn ? 'notPublished' : null),
  },
  rollBack: { by: ['editor'], unless: ({ version }) => (version === 0 ? 'notPublished' : null) },
}

export const articleStepTypes = Object.keys(articleSteps) as ArticleStepType[]

/** The steps that somebody may take now; the words of one may still be refused. */
export const articleStepsOpen = (life: ArticleLife, party: ArticleParty): ArticleStepType[] =>
  articleStepTypes.filter(
    (type) => articleSteps[type].by.includes(party) && articleSteps[type].unless(life, party) === null,
  )

/** Who takes a step, and on which day of China (2026-11-23). `older` are the fields of the version that is rolled back to. */
export type ArticleContext = {
  readonly by: string
  readonly party: ArticleParty
  readonly today: string
  readonly older?: ArticleFields | null
}

/** What of fields cannot be published, by the name of the field; null where all is right. */
export function whatIsWrong(
  id: string,
  { validFrom, validUntil, related = [] }: ArticleFields,
  today: string,
): FieldFlaw | null {
  if (validFrom !== undefined && validFrom > validUntil) return 'validFrom'
  if (validUntil < today) return 'validUntil'
  return related.includes(id) ? 'related' : null
}
export type FieldFlaw = 'validFrom' | 'validUntil' | 'related' | 'title' | 'body' | 'notYetValid'

/**
 * What of fields cannot take the place of what is published: beside what {@link whatIsWrong} says, a version that begins
 * later goes over none that holds today, which the desks would have no more (rule KA5).
 */
export function whatIsWrongOver(
  { id, published: stands, withdrawn }: ArticleLife,
  fields: ArticleFields,
  today: string,
): FieldFlaw | null {
  const flaw = whatIsWrong(id, fields, today)
  if (flaw !== null) return flaw
  const holds = stands !== null && !withdrawn && (stands.validFrom ?? today) <= today && stands.validUntil >= today
  return holds && (fields.validFrom ?? today) > today ? 'notYetValid' : null
}

/** What is still to be said before an article is reviewed: who answers for it, and by what (rule KA18). */
export const isIncomplete = ({ unit, source }: ArticleFields): 'unit' | 'source' | null =>
  unit === '' ? 'unit' : source === '' ? 'source' : null

const isEmpty = ({ title, body }: ArticleFields): FieldFlaw | null =>
  title === '' ? 'title' : body === '' ? 'body' : null

function published(life: ArticleLife, fields: ArticleFields): ArticleLife {
  return { ...life, version: life.version + 1, withdrawn: false, published: fields }
}

function edited(
  life: ArticleLife,
  step: ArticleStep & { type: 'edit' },
  { by, party }: ArticleContext,
): Result<ArticleLife> {
  const empty = isEmpty(step.fields)
  if (empty !== null) return fail('invalidInput', empty)
  const whose = step.owner === undefined ? life.owner : step.owner
  if (party === 'unit' && whose !== life.owner) return fail('forbidden', 'owner')
  const stands = life.draft?.fields ?? (life.withdrawn ? null : life.published)
  const seen = life.draft === null || life.draft.base === life.version
  // The same words once more say that who wrote them has seen what was published meanwhile.
  if (seen && stands !== null && whose === life.owner && sameFields(stands, step.fields))
    return fail('invalidInput', 'unchanged')
  const state = life.draft?.state ?? 'draft'
  return ok({ ...life, owner: whose, draft: { state, fields: step.fields, base: life.version, by } })
}

function moved(life: ArticleLife, step: ArticleStep, context: ArticleContext): Result<ArticleLife> {
  if (step.type === 'edit') return edited(life, step, context)
  const { draft } = life
  if (step.type === 'withdraw') return ok({ ...life, withdrawn: true })
  if (step.type === 'rollBack') {
    if (context.older === undefined || context.older === null) return fail('notFound', 'version')
    const flaw = whatIsWrongOver(life, context.older, context.today)
    return flaw === null ? ok(published(life, context.older)) : fail('invalidInput', flaw)
  }
  if (draft === null) return fail('illegalTransition', 'noDraft')
  if (step.type === 'discard') return ok({ ...life, draft: null })
  if (step.type === 'sendBack') return ok({ ...life, draft: { ...draft, state: 'draft' } })
  const { today } = context
  const wrong =
    step.type === 'publish' ? whatIsWrongOver(life, draft.fields, today) : whatIsWrong(life.id, draft.fields, today)
  const flaw = wrong ?? isIncomplete(draft.fields)
  if (flaw !== null) return fail('invalidInput', flaw)
  if (step.type === 'submit') return ok({ ...life, draft: { ...draft, state: 'review' } })
  return ok({ ...published(life, draft.fields), draft: null })
}

/**
 * What a step makes of an article. `forbidden` to who may never take it, `illegalTransition` where it cannot be now,
 * `invalidInput` with the field that cannot be as it is.
 */
export function decideArticle(life: ArticleLife, step: ArticleStep, context: ArticleContext): Result<ArticleLife> {
  const { by, unless } = articleSteps[step.type]
  if (!by.includes(context.party)) return fail('forbidden', step.type)
  const detail = unless(life, context.party)
  if (detail !== null) return fail('illegalTransition', detail)
  const next = moved(life, step, context)
  return next.ok ? ok({ ...next.value, edition: life.edition + 1 }) : next
}
