/** What is wrong with a table, where, and in which words. Pure. */
import type { z } from 'zod'

export const flawCodes = [
  // Of the shape.
  'missing',
  'wrongType',
  'tooLong',
  'tooShort',
  'format',
  'notOneOf',
  'unknownKey',
  // Beyond the shape.
  'twice',
  'twiceNamed',
  'empty',
  'foreignCode',
  'unknownUnit',
  'unknownClass',
  'unreachable',
  'unsorted',
  'overlap',
  'outsideCalendar',
  'notWeekend',
  'freeTooLong',
  // Of the form (shared/case/form.ts).
  'fixedField',
  'fixedFieldMissing',
  'neededField',
  'group',
  'maxLength',
  'choices',
  'choicesAlike',
  'range',
  'order',
  'secret',
  'personal',
  // Of the courtesy script.
  'gap',
  'momentWithoutWords',
  /** Something of the form's that has no words of its own here. */
  'wrong',
] as const
export type FlawCode = (typeof flawCodes)[number]

/** `path` leads to the place in the body: keys and positions, from the outside. */
export type Flaw = { readonly path: readonly (string | number)[]; readonly code: FlawCode }

const byIssue: { readonly [C in z.core.$ZodIssue['code']]?: FlawCode } = {
  invalid_type: 'wrongType',
  invalid_union: 'wrongType',
  too_big: 'tooLong',
  too_small: 'tooShort',
  invalid_format: 'format',
  invalid_value: 'notOneOf',
  unrecognized_keys: 'unknownKey',
}

const isFlawCode = (words: string): words is FlawCode => (flawCodes as readonly string[]).includes(words)

function codeOf(issue: z.core.$ZodIssue): FlawCode {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'missing'
  if (issue.code === 'custom') return isFlawCode(issue.message) ? issue.message : 'wrong'
  return byIssue[issue.code] ?? 'wrong'
}

/** What a schema says, as flaws. */
export function shapeFlaws(error: z.ZodError): Flaw[] {
  return error.issues.map((issue) => ({ path: stepsOf(issue.path), code: codeOf(issue) }))
}

/** The path up to what is there: something that is missing has the position -1. */
function stepsOf(path: readonly PropertyKey[]): (string | number)[] {
  const missing = path.indexOf(-1)
  return path
    .slice(0, missing === -1 ? path.length : missing)
    .map((step) => (typeof step === 'number' ? step : String(step)))
}

/** By these a row says which it is. */
const names = ['rule', 'code', 'id', 'name', 'word', 'value'] as const

function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? value.join('–') : null
  if (typeof value !== 'object' || value === null) return null
  const said = names.flatMap((key) => {
    const word: unknown = key in value ? value[key as keyof typeof value] : null
    return typeof word === 'string' && word !== '' ? [word] : []
  })
  return said.length === 0 ? null : said.slice(0, 2).join(' ')
}

/**
 * The place of a flaw as a reader knows it: what the rows on the way to it are called (in its position, counted from 1,
 * where one has no name), and the field at last.
 */
export function placeOf(body: unknown, path: Flaw['path']): string {
  const parts: string[] = []
  let value = body
  for (const [depth, step] of path.entries()) {
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined
    if (typeof step === 'number') parts.push(nameOf(value) ?? `#${step + 1}`)
    else if (depth === path.length - 1) parts.push(step)
  }
  return parts.join(' › ')
}

/** A flaw in the words of a language: `place：what`. */
export function sayFlaw(words: { readonly [C in FlawCode]: string }, body: unknown, { path, code }: Flaw): string {
  const place = placeOf(body, path)
  return place === '' ? words[code] : `${place}：${words[code]}`
}
