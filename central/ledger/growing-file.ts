/** A log that another program writes: it grows by lines, is rotated, and may end in the middle of a line. */
import { createHash } from 'node:crypto'
import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** So much is read at once; a line that is longer is no line of ours. */
const PIECE_BYTES = 256 * 1024
const NEWLINE = 0x0a
/** What was pressed together can be read no more: rotate without that, or later (`delaycompress`). */
const packed = /\.(?:gz|xz|bz2|zst|zip)$/

export type Line = {
  /** Its first byte, in the file. */
  readonly at: number
  readonly text: string
}

/** Whole lines of a file, and the byte behind the last of them. */
export type Piece = { readonly lines: readonly Line[]; readonly to: number }

/** The log and what it was renamed to (`FILE.1`, `FILE-20261126`), the longest untouched first. */
export async function filesOf(log: string): Promise<string[]> {
  const [folder, name] = [dirname(log), basename(log)]
  const names = (await readdir(folder)).filter(
    (one) => one === name || ((one.startsWith(`${name}.`) || one.startsWith(`${name}-`)) && !packed.test(one)),
  )
  const found = await Promise.all(
    names.map(async (one) => {
      const file = join(folder, one)
      // Renamed since it was listed: it is found under its new name the next time.
      const changed = await stat(file).then(
        ({ mtimeMs, size }) => ({ mtimeMs, size }),
        () => null,
      )
      return changed === null || changed.size === 0 ? [] : [{ file, ...changed }]
    }),
  )
  return found
    .flat()
    .toSorted((a, b) => a.mtimeMs - b.mtimeMs)
    .map(({ file }) => file)
}

async function bytesAt(handle: FileHandle, from: number): Promise<Buffer> {
  const buffer = Buffer.alloc(PIECE_BYTES)
  const { bytesRead } = await handle.read(buffer, 0, PIECE_BYTES, from)
  return buffer.subarray(0, bytesRead)
}

/** At most `most` whole lines from a byte on; none where the last one is not ended yet. */
function linesIn(bytes: Buffer, from: number, most: number): Piece {
  const lines: Line[] = []
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0 && lines.length < most; end = bytes.indexOf(NEWLINE, start)) {
    lines.push({ at: from + start, text: bytes.toString('utf8', start, end) })
    start = end + 1
  }
  // Full, and no end in sight: taken as one line that nobody understands, or nothing behind it would ever be told.
  if (lines.length === 0 && bytes.length === PIECE_BYTES) {
    return { lines: [{ at: from, text: bytes.toString('utf8', 0, 1024) }], to: from + PIECE_BYTES }
  }
  return { lines, to: from + start }
}

/** A file of the log, open: whatever becomes of its name, this is what is read. */
export type GrowingFile = {
  /** The hash of its first line: it stays when the file is renamed, or copied. */
  readonly source: string
  lines(from: number, most: number): Promise<Piece>
  close(): Promise<void>
}

/** Opens a file of the log; null where it has no whole line yet, or is gone. */
export async function openGrowing(file: string): Promise<GrowingFile | null> {
  const handle = await open(file, 'r').catch(() => null)
  if (handle === null) return null
  const [first] = linesIn(await bytesAt(handle, 0), 0, 1).lines
  if (first === undefined) {
    await handle.close()
    return null
  }
  return {
    source: createHash('sha256').update(first.text).digest('hex'),
    lines: async (from, most) => linesIn(await bytesAt(handle, from), from, most),
    close: () => handle.close(),
  }
}
