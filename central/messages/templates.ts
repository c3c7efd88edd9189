/**
 * What citizens are told, as data (data/templates.json, or the centre's own file): `{name}` stands for a value, and what
 * stands in brackets goes with the values in it. What each message may say is fixed here: who reads it may be somebody else.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { messageKinds, type MessageKind } from '../../shared/case/message-kind.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'

/** `words`: what is replied to her, never what she said. `rate`: the link to rate the matter; `scale`: that she may reply. */
export type MessageField = 'caseNo' | 'due' | 'progress' | 'words' | 'channel' | 'rate' | 'scale'

const mayContain: { readonly [K in MessageKind]: readonly MessageField[] } = {
  accepted: ['caseNo', 'due', 'progress'],
  replied: ['caseNo', 'words', 'progress'],
  extended: ['caseNo', 'due', 'progress'],
  answered: ['caseNo', 'words', 'rate', 'scale'],
  settled: ['caseNo', 'rate', 'scale'],
  declined: ['caseNo', 'words', 'channel'],
}
/** The fields that no message on a report (举报) has: nothing in it says what it is about. */
const neverOfReports: readonly MessageField[] = ['words', 'channel']

export type MessageValues = { readonly [F in MessageField]?: string }

const templateSchema = z.strictObject({
  text: z.string().min(1).max(500),
  /** In its place where the words may not be told, or there are none. */
  bare: z.string().min(1).max(500).optional(),
})
const templatesSchema = z.strictObject(
  Object.fromEntries(messageKinds.map((kind) => [kind, templateSchema])) as {
    [K in MessageKind]: typeof templateSchema
  },
)
export type Templates = z.infer<typeof templatesSchema>

const placeholder = /\{(\w+)\}/g
const namesIn = (text: string) => [...text.matchAll(placeholder)].map(([, name = '']) => name)

/** Why a template will not do; null where it does. */
function wrongWith(kind: MessageKind, { text, bare }: Templates[MessageKind]): string | null {
  const allowed: readonly string[] = mayContain[kind]
  const strange = [...namesIn(text), ...namesIn(bare ?? '')].find((name) => !allowed.includes(name))
  if (strange !== undefined) return `${kind}: {${strange}}`
  const secret = neverOfReports.find((name) => namesIn(bare ?? text).includes(name))
  return secret === undefined ? null : `${kind}: {${secret}} without a "bare"`
}

/** Templates out of the text of a file; the failure's detail names the place. */
export function readTemplates(json: string): Result<Templates> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return fail('invalidInput', 'JSON')
  }
  const parsed = templatesSchema.safeParse(value)
  if (!parsed.success) return fail('invalidInput', parsed.error.issues[0]?.path.join('.') ?? '')
  for (const kind of messageKinds) {
    const wrong = wrongWith(kind, parsed.data[kind])
    if (wrong !== null) return fail('invalidInput', wrong)
  }
  return ok(parsed.data)
}

/** Those that come with the product. */
export function shippedTemplates(): Templates {
  const read = readTemplates(readFileSync(join(import.meta.dirname, 'data', 'templates.json'), 'utf8'))
  if (!read.ok) throw new Error(`templates.json: ${read.error.detail}`)
  return read.value
}

const fill = (text: string, values: MessageValues) =>
  text.replace(placeholder, (_whole, name: string) => values[name as MessageField] ?? '')

/** Long words are cut: the whole reply is read out at 12345. */
const LONGEST_WORDS = 300
const cut = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim()
  const signs = [...line]
  return signs.length <= LONGEST_WORDS ? line : `${signs.slice(0, LONGEST_WORDS - 1).join('')}…`
}

/** The text of a message; of a report it says nothing of the matter, whatever is given. */
export function messageText(templates: Templates, kind: MessageKind, given: MessageValues, isReport: boolean): string {
  const words = cut(given.words ?? '')
  const isBare = isReport || words === ''
  const { text, bare } = templates[kind]
  const { words: _words, channel, ...rest } = given
  const values: MessageValues = isBare
    ? rest
    : { ...rest, words, ...(channel === undefined ? {} : { channel: cut(channel) }) }
  const chosen = isBare ? (bare ?? text) : text
  const kept = chosen.replace(/\[([^\]]*)\]/g, (_whole, part: string) =>
    namesIn(part).every((name) => (values[name as MessageField] ?? '') !== '') ? part : '',
  )
  return fill(kept, values)
}
