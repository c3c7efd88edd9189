/**
 * A zip as it is written: each entry deflated while it comes, its sizes told behind it (APPNOTE.TXT 6.3.10, 4.3.9:
 * data descriptors, bit 3 of the flags). No ZIP64: no entry and no archive may reach 4 GB.
 */
import { createDeflateRaw, crc32 } from 'node:zlib'

export type ZipEntry = { readonly name: string; readonly text: AsyncIterable<string> | Iterable<string> }

/** Deflated; sizes and checksum behind the data, names in UTF-8. */
const FLAGS = 0x0808
const DEFLATED = 8
const VERSION = 20
/** 1980-01-01, the first day that a zip can tell: nothing in it depends on the moment. */
const DAY = 0x0021
const MOST_BYTES = 0xffff_ffff

type Told = { readonly name: Buffer; readonly crc: number; readonly packed: number; readonly size: number }

/** Numbers in a row, little-endian: [bytes, value]. */
function fields(...parts: readonly (readonly [2 | 4, number])[]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of parts) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}

/** The local header: what is not known yet is zero, and told behind the data. */
const localHeader = (name: Buffer) =>
  Buffer.concat([
    fields([4, 0x04034b50], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DAY]),
    fields([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    name,
  ])

const descriptor = ({ crc, packed, size }: Told) => fields([4, 0x08074b50], [4, crc], [4, packed], [4, size])

const centralHeader = ({ name, crc, packed, size }: Told, offset: number) =>
  Buffer.concat([
    fields([4, 0x02014b50], [2, VERSION], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DAY]),
    fields([4, crc], [4, packed], [4, size], [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
  ])

const endRecord = (entries: number, bytes: number, offset: number) =>
  fields([4, 0x06054b50], [2, 0], [2, 0], [2, entries], [2, entries], [4, bytes], [4, offset], [2, 0])

/** The bytes of the archive, entry by entry; throws where it would grow beyond what can be told without ZIP64. */
export async function* zip(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  let written = 0
  const directory: Buffer[] = []
  const count = (bytes: Buffer) => {
    written += bytes.length
    if (written > MOST_BYTES) throw new Error('a zip of more than 4 GB')
    return bytes
  }
  for (const { name: text, text: content } of entries) {
    const name = Buffer.from(text)
    const offset = written
    yield count(localHeader(name))
    let crc = 0
    let size = 0
    let packed = 0
    const deflate = createDeflateRaw()
    const feed = async () => {
      for await (const piece of content) {
        const bytes = Buffer.from(piece)
        crc = crc32(bytes, crc)
        size += bytes.length
        if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve))
      }
      deflate.end()
    }
    const fed = feed().catch((error: unknown) => deflate.destroy(error instanceof Error ? error : new Error('zip')))
    for await (const bytes of deflate as AsyncIterable<Buffer>) {
      packed += bytes.length
      yield count(bytes)
    }
    await fed
    const told = { name, crc, packed, size }
    yield count(descriptor(told))
    directory.push(centralHeader(told, offset))
  }
  const offset = written
  const all = count(Buffer.concat(directory))
  yield all
  yield endRecord(directory.length, all.length, offset)
}
