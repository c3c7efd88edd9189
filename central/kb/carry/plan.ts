/** What a file would make of the articles that stand. Pure. */
import {
  MOST_SHOWN,
  MOST_SHOWN_TEXT,
  type CarryCounts,
  type CarryItem,
  type CarryReason,
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
import { newLife, whatIsWrongOver, type ArticleLife } from '../../../shared/kb/article-life.ts'
import { storable } from '../../storable.ts'
import { titleOf, type ReadRow, type Refused } from './read-row.ts'

/** What stands of the articles that a file names: by their ids, and by their titles the ids of each. */
export type Standing = {
  readonly byId: ReadonlyMap<string, ArticleLife>
  readonly byTitle: ReadonlyMap<string, readonly string[]>
}
/** One article of the file: `life` is what stands, without an id for one that there is not. */
export type Planned = { readonly row: number; readonly title: string } & (
  | {
      readonly kind: 'fresh' | 'changed' | 'same'
      readonly life: ArticleLife
      readonly before: ArticleFields | null
      readonly fields: ArticleFields
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
function saidOfDraft({ said }: ReadRow, before: ArticleFields | null): ReadRow['said'] {
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

function planRow(
  row: ReadRow,
  standing: Standing,
  { today, drafts }: { readonly today: string; readonly drafts: boolean },
): Planned {
  const title = titleOf(row).slice(0, 80)
  const head = { row: row.row, title }
  const life = lifeFor(row, standing)
  if (typeof life === 'string') return { ...head, kind: 'refused', id: row.id?.slice(0, 40) ?? null, reason: life }
  const refused = (why: Refused): Planned => ({ ...head, kind: 'refused', id: life.id === '' ? null : life.id, ...why })
  if (life.withdrawn && !drafts) return refused({ reason: 'withdrawn' })
  const before = drafts ? (life.draft?.fields ?? life.published) : (life.published ?? life.draft?.fields ?? null)
  const read = fieldsFrom(drafts ? saidOfDraft(row, before) : row.said, before)
  if ('reason' in read) return refused(read)
  // What becomes a draft is looked at again before it is published.
  const flaw = drafts ? null : whatIsWrongOver(life, read.fields, today)
  if (flaw !== null) return refused({ reason: flaw })
  const isFresh = life.edition === 0
  const stands = drafts || life.version > 0
  const same = before !== null && stands && sameFields(before, read.fields)
  return { ...head, kind: isFresh ? 'fresh' : same ? 'same' : 'changed', life, before, fields: read.fields }
}

/** Each article of a file, in its order; one that stands in it twice is taken once. */
export function planImport(
  rows: readonly ReadRow[],
  standing: Standing,
  how: { readonly today: string; readonly drafts: boolean },
): Planned[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    const planned = planRow(row, standing, how)
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

const clipped = (text: string) =>
  text.length > MOST_SHOWN_TEXT ? `${text.slice(0, MOST_SHOWN_TEXT).toWellFormed()}…` : text

/** What is shown of a plan: what is refused first, then what would change. */
export function itemsOf(planned: readonly Planned[]): CarryItem[] {
  const told = planned
    .filter(({ kind }) => kind !== 'same')
    .toSorted((a, b) => Number(b.kind === 'refused') - Number(a.kind === 'refused'))
  return told.slice(0, MOST_SHOWN).map((one): CarryItem => {
    if (one.kind === 'refused') return { changes: [], ...one }
    const { row, title, life, before, fields } = one
    const changes = diffFields(before, fields).map(({ field, ...values }) => ({
      ...{ field, before: clipped(values.before), after: clipped(values.after) },
    }))
    return {
      row,
      title,
      kind: one.kind === 'fresh' ? 'fresh' : 'changed',
      id: life.id === '' ? null : life.id,
      changes,
    }
  })
}
