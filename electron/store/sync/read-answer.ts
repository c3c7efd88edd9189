import { syncResponseSchema } from '../../../shared/sync/protocol.ts'
import type { OnHead } from './ask-ahead.ts'

const headSchema = syncResponseSchema.omit({ changes: true })

/** Where the changes begin. In a string that somebody wrote the quotation marks are escaped, so it is none of hers. */
const CHANGES = ',"changes":['
const [NEWLINE, COLON, BRACKET] = [0x0a, 0x3a, 0x5d]

/** The last key of a change, where the line behind it is that one's value. */
const KEPT: Readonly<Record<string, string>> = { article: 'article', case: 'events' }

/** An answer as JSON gives it, and of each change that has one the bytes of the value that stood on a line of its own. */
export type ReadAnswer = { readonly value: unknown; readonly kept: ReadonlyMap<unknown, Uint8Array> }

/** What an answer of POST /sync says before its changes, of its first bytes; null where they do not hold all of that. */
function headOf(bytes: Buffer): Parameters<OnHead>[0] | null {
  const end = bytes.indexOf(CHANGES)
  if (end === -1) return null
  try {
    return headSchema.safeParse(JSON.parse(`${bytes.toString('utf8', 0, end)}}`)).data ?? null
  } catch {
    return null
  }
}

/** Reads the lines of some bytes one by one; throws where there is no whole one. */
function linesOf(bytes: Buffer) {
  let at = 0
  return {
    isAtEnd: () => bytes[at] === BRACKET,
    rest: () => bytes.toString('utf8', at),
    next: (): Buffer => {
      const [from, end] = [at, bytes.indexOf(NEWLINE, at)]
      if (end === -1) throw new SyntaxError('a line without an end')
      at = end + 1
      return bytes.subarray(from, end)
    },
  }
}

type Lines = ReturnType<typeof linesOf>

/** A change whose last value stands on the line behind `opening`: what is kept is just what is read. */
function readKept(opening: string, lines: Lines): { readonly change: unknown; readonly bytes: Uint8Array } {
  const change = JSON.parse(`${opening}null}`) as Record<string, unknown>
  const key = KEPT[String(change['kind'])]
  const bytes = lines.next()
  if (key === undefined || Object.keys(change).at(-1) !== key || !/^\},?$/.test(lines.next().toString('latin1')))
    throw new SyntaxError('another line')
  change[key] = JSON.parse(bytes.toString('utf8'))
  return { change, bytes }
}

/** Reads an answer that stands in the lines of R5.24; throws where it does not. */
function readLines(bytes: Buffer): ReadAnswer {
  const kept = new Map<unknown, Uint8Array>()
  const changes: unknown[] = []
  const lines = linesOf(bytes)
  const head = lines.next().toString('utf8')
  if (!head.endsWith(CHANGES)) throw new SyntaxError('another head')
  while (!lines.isAtEnd()) {
    const line = lines.next()
    const text = line.toString('utf8')
    if (line.at(-1) === COLON) {
      const one = readKept(text, lines)
      changes.push(one.change)
      kept.set(one.change, one.bytes)
    } else changes.push(JSON.parse(text.endsWith(',') ? text.slice(0, -1) : text))
  }
  const around = JSON.parse(head + lines.rest()) as object
  return { value: { ...around, changes }, kept }
}

function read(bytes: Buffer): ReadAnswer {
  try {
    return readLines(bytes)
  } catch {
    // Its lines are others, or it is no JSON at all: the whole tells.
    return { value: JSON.parse(bytes.toString('utf8')), kept: new Map() }
  }
}

/**
 * Reads an answer of POST /sync; `onHead` hears what it says before its changes, which stand last, while they are on their
 * way still. Throws what breaks off, and what is no JSON.
 */
export async function readAnswer(response: Response, onHead: OnHead): Promise<ReadAnswer> {
  const pieces: Uint8Array[] = []
  let told: Promise<void> | null = null
  for await (const piece of response.body ?? []) {
    pieces.push(piece)
    if (pieces.length > 1 || !response.ok) continue
    const head = headOf(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    if (head !== null) told = onHead(head)
  }
  await told
  return read(Buffer.concat(pieces))
}
