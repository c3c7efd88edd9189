/** The form group by group: which of its fields change as one, and what a group's value looks like in them. */
import type { CaseForm, FormField } from './case-form.ts'
import { plainValues, type Values } from './particulars.ts'
import type { CallerIdentity, GroupName, GroupValue } from './case-record.ts'

/** The fields that a group of the case is made of. */
export const groupFields = {
  classification: ['kind', 'classification'],
  place: ['district', 'street', 'address'],
  caller: ['callerName', 'callerPhone', 'papers'],
  content: ['content'],
  reply: ['replyMode', 'reply', 'articles'],
  particulars: ['particulars', 'formVersion'],
} as const satisfies Record<GroupName, readonly FormField[]>

/** A group's value as the operator reads it: the fields of that group and no others. */
export type FormParts = Partial<CaseForm>

/** What a form says of a group. */
export function partsOfForm(form: CaseForm, group: GroupName): FormParts {
  return Object.fromEntries(groupFields[group].map((field) => [field, form[field]]))
}

/** What a group's value of the case says; `caller` is whom a value of that group names. */
export function partsOfValue({ group, value }: GroupValue, caller: CallerIdentity | null): FormParts {
  if (group === 'classification') return { kind: value.kind, classification: value.code }
  if (group === 'place') return { district: value.district, street: value.street, address: value.address }
  if (group === 'content') return { content: value.text }
  if (group === 'reply') return { replyMode: value.mode, reply: value.text, articles: value.articles }
  if (group === 'particulars') return { particulars: value.values, formVersion: value.version }
  return { callerName: caller?.name ?? '', callerPhone: caller?.phone ?? '', papers: caller?.papers ?? {} }
}

/**
 * Articles and particulars come with their keys in any order: what they say is what counts. By which form particulars
 * were taken is no word of anybody's.
 */
function plain(field: string, value: unknown): unknown {
  if (field === 'articles') return (value as CaseForm['articles']).map(({ id, version }) => [id, version])
  if (field === 'particulars' || field === 'papers') return Object.entries(plainValues(value as Values))
  return field === 'formVersion' ? null : value
}

/** Whether both say the same. */
export function sameParts(one: FormParts, other: FormParts): boolean {
  const told = (parts: FormParts) =>
    JSON.stringify(
      Object.entries(parts)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([field, value]) => [field, plain(field, value)]),
    )
  return told(one) === told(other)
}
