import { syncResponseSchema } from '../../../shared/sync/protocol.ts'
import type { OnHead } from './ask-ahead.ts'

const headSchema = syncResponseSchema.omit({ changes: true })

/** Where the changes begin. In a string that somebody wrote the quotation marks are escaped, so it is none of hers. */
const CHANGES = ',"changes":['
/** A line break, and what a line may end or begin with. */
const [NEWLINE, COMMA, COLON, BRACKET] = [0x0a, 0x2c, 0x3a, 0x5d]

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

/** Where the line from a place on ends; throws where it does not. */
function endOf(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(NEWLINE, from)
  if (end === -1) throw new SyntaxError('a line without an end')
  return end
}

/** Reads an answer that stands in the lines of R5.24; throws where it does not. */
function readLines(bytes: Buffer): ReadAnswer {
  const kept = new Map<unknown, Uint8Array>()
  const changes: unknown[] = []
  const head = endOf(bytes, 0)
  let at = head + 1
  while (bytes[at] !== BRACKET) {
    let end = endOf(bytes, at)
    let value: Uint8Array | null = null
    if (bytes[end - 1] === COLON) {
      value = bytes.subarray(end + 1, endOf(bytes, end + 1))
      end = endOf(bytes, end + value.length + 2)
    }
    const change: unknown = JSON.parse(bytes.toString('utf8', at, bytes[end - 1] === COMMA ? end - 1 : end))
    changes.push(change)
    if (value !== null) kept.set(change, value)
    at = end + 1
  }
  const around = JSON.parse(bytes.toString('utf8', 0, head) + bytes.toString('utf8', at)) as object
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
