/** What a file would make of the articles that stand. Pure. */
import {
  carryStateSchema,
  MOST_SHOWN,
  MOST_SHOWN_TEXT,
  OWN_OF_CENTRE,
  type CarryCounts,
  type CarryItem,
  type CarryReason,
  type CarryState,
} from '../../../shared/kb/article-life-carry.ts'
import {
  articleFieldsSchema,
  articleIdSchema,
  cleanFields,
  diffFields,
  fieldNames,
  sameFields,
  type ArticleFields,
} from '../../../shared/kb/article-life-fields.ts'
import {
  isIncomplete,
  newLife,
  whatIsWrong,
  whatIsWrongOver,
  type ArticleLife,
} from '../../../shared/kb/article-life.ts'
import { storable } from '../../storable.ts'
import { titleOf, type ReadRow, type Refused } from './read-row.ts'

/** What stands of the articles that a file names: by their ids, and by their titles the ids of each. */
export type Standing = {
  readonly byId: ReadonlyMap<string, ArticleLife>
  readonly byTitle: ReadonlyMap<string, readonly string[]>
  /** Those whose draft a member unit has been writing. */
  readonly ofUnits: ReadonlySet<string>
  /** The member units, by their ids. */
  readonly units: ReadonlyMap<string, string>
}
/** Who imports, on which day of China, and whose the new ones are that do not say so (undefined: their unit's by name). */
export type ImportContext = {
  readonly today: string
  readonly by: string
  readonly owner: string | null | undefined
  /** Whether a document says it, of which much is guessed. */
  readonly guessed: boolean
}
/** One article of the file: `life` is what stands, without an id for one that there is not. */
export type Planned = { readonly row: number; readonly title: string } & (
  | {
      readonly kind: 'fresh' | 'changed' | 'same'
      readonly life: ArticleLife
      readonly before: ArticleFields | null
      readonly fields: ArticleFields
      readonly owner: string | null
      readonly state: CarryState
    }
  | ({ readonly kind: 'refused'; readonly id: string | null } & Refused)
)

const nothing = { family: '', source: '', unit: '', district: null, questions: [], validUntil: '' }
const isDate = (field: unknown) => field === 'validUntil' || field === 'validFrom'

/** What the schema finds wrong, in the words of a row. */
function refusedBy(said: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): Refused {
  const field = String(path[0] ?? '')
  if (field === 'title' || field === 'body') return { reason: field }
  if (field === 'validUntil' && (said[field] === undefined || said[field] === '')) return { reason: 'validUntil' }
  return isDate(field) ? { reason: 'date' } : { reason: 'long', field }
}

/** The fields that the file gives an article upon those that it has. */
function fieldsFrom(said: ReadRow['said'], before: ArticleFields | null): { readonly fields: ArticleFields } | Refused {
  const given = Object.fromEntries(
    [...fieldNames, 'sheets'].flatMap((name) => (Object.hasOwn(said, name) ? [[name, said[name] ?? undefined]] : [])),
  )
  const whole = {
    ...nothing,
    ...before,
    ...given,
    district: given['district'] ?? ('district' in given ? null : (before?.district ?? null)),
  }
  // The shape first, which is bounded: a file may nest without end.
  const shaped = articleFieldsSchema.safeParse(whole)
  if (!shaped.success) return refusedBy(whole, shaped.error.issues[0]?.path ?? [])
  const fields = storable(cleanFields(shaped.data))
  if (fields.title === '') return { reason: 'title' }
  return fields.body === '' ? { reason: 'body' } : { fields }
}

/** What a document says of an article; until when it holds is a guess, and goes before nothing that was said (KA18). */
function saidOfGuess({ said }: ReadRow, before: ArticleFields | null): ReadRow['said'] {
  const { validUntil: _, ...rest } = said
  return before === null || before.validUntil === '' ? said : rest
}

/** The article that a row is about, by its id or else by its title. */
function lifeFor(row: ReadRow, { byId, byTitle }: Standing): ArticleLife | CarryReason {
  const { id } = row
  if (id !== null) return articleIdSchema.safeParse(id).success ? (byId.get(id) ?? newLife(id, null)) : 'id'
  const [only, ...others] = byTitle.get(titleOf(row)) ?? []
  if (others.length > 0) return 'titleTwice'
  return (only === undefined ? undefined : byId.get(only)) ?? newLife('', null)
}

const stateWords: Readonly<Record<string, CarryState>> = {
  草稿: 'draft',
  待审: 'review',
  已发布: 'published',
  发布: 'published',
}

/** What the row is to become: a draft, unless it says otherwise; null for what is no state. */
function stateOf({ said: { state = '' } }: ReadRow): CarryState | null {
  if (state === '' || state === null) return 'draft'
  const read = carryStateSchema.safeParse(
    typeof state === 'string' ? (stateWords[state] ?? state.toLowerCase()) : state,
  )
  return read.success ? read.data : null
}

const centreWords: ReadonlySet<unknown> = new Set([null, OWN_OF_CENTRE, '热线中心'])

/** Whose it is: as the row says, by a unit's id or name; undefined where no such unit stands, or several are called so. */
function ownerOf(
  { said: { owner } }: ReadRow,
  life: ArticleLife,
  { unit }: ArticleFields,
  { units }: Standing,
  asked: ImportContext['owner'],
): string | null | undefined {
  const named = (name: unknown) => [...units].flatMap(([id, called]) => (id === name || called === name ? [id] : []))
  if (owner !== undefined) {
    const [only, ...others] = named(owner)
    return centreWords.has(owner) ? null : others.length > 0 ? undefined : only
  }
  if (life.edition > 0) return life.owner
  if (asked !== undefined) return asked
  const [only, ...others] = named(unit)
  return others.length > 0 ? null : (only ?? null)
}

/** What somebody else is writing, or a unit has been, no file goes over. */
const isUnderWay = ({ id, draft }: ArticleLife, { ofUnits }: Standing, { by }: ImportContext): boolean =>
  draft !== null && (draft.by !== by || ofUnits.has(id))

/** Whether all of what the row says stands already. */
function stands({ draft, published, version }: ArticleLife, fields: ArticleFields, state: CarryState): boolean {
  const isPublished = version > 0 && published !== null && sameFields(published, fields)
  if (state === 'published' || draft === null) return isPublished
  return sameFields(draft.fields, fields) && (state === 'draft' || draft.state === 'review')
}

/** What keeps it from being submitted or published; what becomes a draft is looked at before that. */
function refusedAs(state: CarryState, life: ArticleLife, fields: ArticleFields, today: string): CarryReason | null {
  if (state === 'draft') return null
  const flaw = state === 'review' ? whatIsWrong(life.id, fields, today) : whatIsWrongOver(life, fields, today)
  return flaw ?? isIncomplete(fields)
}

function planRow(row: ReadRow, standing: Standing, context: ImportContext): Planned {
  const title = titleOf(row).slice(0, 80)
  const head = { row: row.row, title }
  const life = lifeFor(row, standing)
  if (typeof life === 'string') return { ...head, kind: 'refused', id: row.id?.slice(0, 40) ?? null, reason: life }
  const refused = (why: Refused): Planned => ({ ...head, kind: 'refused', id: life.id === '' ? null : life.id, ...why })
  const state = stateOf(row)
  if (state === null) return refused({ reason: 'state' })
  if (life.withdrawn && state === 'published') return refused({ reason: 'withdrawn' })
  const { draft, published } = life
  const before = (state === 'published' ? (published ?? draft?.fields) : (draft?.fields ?? published)) ?? null
  const read = fieldsFrom(context.guessed ? saidOfGuess(row, before) : row.said, before)
  if ('reason' in read) return refused(read)
  const owner = ownerOf(row, life, read.fields, standing, context.owner)
  if (owner === undefined) return refused({ reason: 'owner' })
  // Whose it is answers to citizens, too, where nobody else is named.
  const unit = read.fields.unit === '' && owner !== null ? (standing.units.get(owner) ?? '') : read.fields.unit
  const fields = { ...read.fields, unit }
  const flaw = refusedAs(state, life, fields, context.today)
  if (flaw !== null) return refused({ reason: flaw })
  const planned = { ...head, life, before, fields, owner, state }
  if (life.edition === 0) return { ...planned, kind: 'fresh' }
  if (owner === life.owner && stands(life, fields, state)) return { ...planned, kind: 'same' }
  return isUnderWay(life, standing, context) ? refused({ reason: 'conflict' }) : { ...planned, kind: 'changed' }
}

/** Each article of a file, in its order; one that stands in it twice is taken once. */
export function planImport(rows: readonly ReadRow[], standing: Standing, context: ImportContext): Planned[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    const planned = planRow(row, standing, context)
    if (planned.kind === 'refused') return planned
    const { id } = planned.life
    const keys = [`title ${planned.fields.title}`, ...(id === '' ? [] : [`id ${id}`])]
    const byKey = row.id === null ? keys : keys.slice(1)
    if (byKey.some((key) => seen.has(key)))
      return { row: row.row, title: planned.title, kind: 'refused', id: id === '' ? null : id, reason: 'twice' }
    for (const key of keys) seen.add(key)
    return planned
  })
}

export function countsOf(planned: readonly Planned[]): CarryCounts {
  const counts = { fresh: 0, changed: 0, same: 0, refused: 0 }
  for (const { kind } of planned) counts[kind] += 1
  return counts
}

/** How many of what is taken become which. */
export function statesOf(planned: readonly Planned[]): Record<CarryState, number> {
  const states = { draft: 0, review: 0, published: 0 }
  for (const one of planned) if (one.kind === 'fresh' || one.kind === 'changed') states[one.state] += 1
  return states
}

const clipped = (text: string) =>
  text.length > MOST_SHOWN_TEXT ? `${text.slice(0, MOST_SHOWN_TEXT).toWellFormed()}…` : text

/** What is shown of a plan: what is refused first, then what would change. */
export function itemsOf(planned: readonly Planned[], units: Standing['units']): CarryItem[] {
  const called = (owner: string | null) => (owner === null ? '' : (units.get(owner) ?? owner))
  const told = planned
    .filter(({ kind }) => kind !== 'same')
    .toSorted((a, b) => Number(b.kind === 'refused') - Number(a.kind === 'refused'))
  return told.slice(0, MOST_SHOWN).map((one): CarryItem => {
    if (one.kind === 'refused') return { changes: [], ...one }
    const { row, title, life, before, fields, owner, state } = one
    const changes: CarryItem['changes'] = diffFields(before, fields).map(({ field, ...values }) => ({
      ...{ field, before: clipped(values.before), after: clipped(values.after) },
    }))
    if (owner !== life.owner)
      changes.push({ field: 'owner', before: life.edition === 0 ? '' : called(life.owner), after: called(owner) })
    return {
      row,
      title,
      state,
      kind: one.kind === 'fresh' ? 'fresh' : 'changed',
      id: life.id === '' ? null : life.id,
      changes,
    }
  })
}
