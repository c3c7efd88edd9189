import { syncResponseSchema } from '../../../shared/sync/protocol.ts'
import type { OnHead } from './ask-ahead.ts'

const headSchema = syncResponseSchema.omit({ changes: true })

/** Where the changes begin. In a string that somebody wrote the quotation marks are escaped, so it is none of hers. */
const CHANGES = ',"changes":['

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

/**
 * Reads an answer of POST /sync as JSON; `onHead` hears what it says before its changes, which stand last, while they are
 * on their way still. Throws what breaks off, and what is no JSON.
 */
export async function readAnswer(response: Response, onHead: OnHead): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let told: Promise<void> | null = null
  for await (const piece of response.body ?? []) {
    pieces.push(piece)
    if (pieces.length > 1 || !response.ok) continue
    const head = headOf(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    if (head !== null) told = onHead(head)
  }
  await told
  return JSON.parse(Buffer.concat(pieces).toString('utf8'))
}
