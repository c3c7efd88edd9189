/** What of an article people write: all but its id and its version, which are central's. */
import { z } from 'zod'
import { articleSchema, type Article } from '../sync/protocol.ts'
import type { Sheet } from './sheet.ts'

export const articleFieldsSchema = articleSchema.omit({ id: true, version: true })
export type ArticleFields = z.infer<typeof articleFieldsSchema>

export const articleIdSchema = articleSchema.shape.id.regex(/^[\w.-]{1,40}$/)

/** The fields in the order in which they are shown, imported and exported. */
export const fieldNames = [
  'title',
  'body',
  'questions',
  'words',
  'family',
  'unit',
  'source',
  'district',
  'validFrom',
  'validUntil',
  'related',
] as const satisfies readonly (keyof ArticleFields)[]
export type FieldName = (typeof fieldNames)[number]

/** Characters that turn a line round or are not seen, but for the joiners that emoji and some scripts need; Unicode TR9. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?![\n\t])\p{Cc}/gu
const LINE_END = /\r\n?|[\u2028\u2029]/g

/** Words of several lines as they are kept: one kind of line end, nothing that turns a line round, no spaces around. */
export const cleanText = (text: string): string => text.replace(LINE_END, '\n').replace(UNSEEN, '').trim()
const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ')

/** Each once, and none empty, in their order. */
const cleanList = (list: readonly string[] | undefined): string[] => [
  ...new Set((list ?? []).map(cleanLine).filter((one) => one !== '')),
]

/** The texts of a table without what nobody sees and without blank ends; all else as it stands. */
function cleanSheet(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value).replace(/[\t\n]/g, ' ')
  if (Array.isArray(value)) return value.map(cleanSheet)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleanSheet(one)]))
}

/** Fields as they are kept: cleaned, and what may be left out is, where it says nothing. */
export function cleanFields(fields: ArticleFields): ArticleFields {
  const { words: _words, related: _related, sheets = [], validFrom, ...rest } = fields
  const [words, related] = [cleanList(fields.words), cleanList(fields.related)]
  return {
    ...rest,
    ...{ title: cleanLine(rest.title), body: cleanText(rest.body), family: cleanLine(rest.family) },
    ...{ source: cleanLine(rest.source), unit: cleanLine(rest.unit) },
    district: rest.district === null ? null : cleanLine(rest.district) || null,
    questions: cleanList(rest.questions),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(words.length === 0 ? {} : { words }),
    ...(related.length === 0 ? {} : { related }),
    ...(sheets.length === 0 ? {} : { sheets: sheets.map((sheet) => cleanSheet(sheet) as Sheet) }),
  }
}

/** The fields of an article that stands. */
export function fieldsOf({ id: _id, version: _version, ...fields }: Article): ArticleFields {
  return fields
}

/** One field of two versions of an article, in words; lists one a line. Whose it is changes by an import alone here. */
export type FieldChange = {
  readonly field: FieldName | 'sheets' | 'owner'
  readonly before: string
  readonly after: string
}

/** A field in words: a list has a line for each, and what is not there is empty. */
export function sayField(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('\n')
  return JSON.stringify(value)
}

/** What changes from one to the other, field by field; null stands for an article that there was not. */
export function diffFields(before: ArticleFields | null, after: ArticleFields): FieldChange[] {
  const told = (fields: ArticleFields | null, field: string) =>
    sayField((fields as Readonly<Record<string, unknown>> | null)?.[field])
  return [...fieldNames, 'sheets' as const].flatMap((field) => {
    const change = { field, before: told(before, field), after: told(after, field) }
    return change.before === change.after ? [] : [change]
  })
}

/** The one form in which two articles of the same fields are the same text. */
export const sameFields = (one: ArticleFields, other: ArticleFields): boolean => diffFields(one, other).length === 0
