/** Messages into a file, one JSON line each, for practice: it says what a citizen would have got, and sends nothing. */
import { open, type FileHandle } from 'node:fs/promises'
import type { Clock } from '../../shared/ports.ts'
import type { Handed, MessageGateway, OutMessage } from './gateway.ts'

const NEWLINE = 0x0a

/** The ids in what was appended since `from`, and up to where whole lines were read. */
async function readIds(file: FileHandle, from: number): Promise<{ ids: string[]; until: number; torn: boolean }> {
  const { size } = await file.stat()
  const bytes = Buffer.alloc(Math.max(0, size - from))
  if (bytes.length > 0) await file.read(bytes, 0, bytes.length, from)
  const whole = bytes.lastIndexOf(NEWLINE) + 1
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n')
  const ids = lines.flatMap((line) => /^\{"id":"([\w-]+)"/.exec(line)?.[1] ?? [])
  return { ids, until: from + whole, torn: whole < bytes.length }
}

/**
 * Appends to `path`, synced to the disk before a message counts as sent. What stands there is not written again, also
 * when another process on this machine wrote it.
 */
export async function openFileGateway(path: string, clock: Clock): Promise<MessageGateway> {
  // Citizens' numbers stand in it: it is its owner's alone.
  const file = await open(path, 'a+', 0o600)
  const there = new Set<string>()
  let until = 0
  let last: Promise<unknown> = Promise.resolve()

  async function write({ id, to, kind, text }: OutMessage): Promise<Handed> {
    const seen = await readIds(file, until)
    until = seen.until
    for (const one of seen.ids) there.add(one)
    if (there.has(id)) return { became: 'sent' }
    const line = `${JSON.stringify({ id, at: new Date(clock.now()).toISOString(), kind, to, text })}\n`
    // Whoever died in the middle of a line left none: it goes on a new one.
    await file.appendFile(seen.torn ? `\n${line}` : line)
    await file.datasync()
    there.add(id)
    return { became: 'sent' }
  }

  return {
    name: 'file',
    inboundSecret: null,
    send(message) {
      const turn = last
        .then(() => write(message))
        .catch((): Handed => ({ became: 'failed', reason: 'disk', again: true }))
      last = turn
      return turn
    },
    async close() {
      await last
      await file.close()
    },
  }
}
