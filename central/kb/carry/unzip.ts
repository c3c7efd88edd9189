/** One entry of a zip that is held in memory (APPNOTE.TXT 6.3.10, 4.3.7, 4.3.12, 4.3.16), with a limit to what it unfolds to. */
import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const [END_BYTES, ENTRY_BYTES, LOCAL_BYTES] = [22, 46, 30]
/** The longest comment behind the end record. */
const MOST_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

function endOf(zip: Buffer): number | null {
  const last = Math.max(0, zip.length - END_BYTES - MOST_COMMENT)
  for (let at = zip.length - END_BYTES; at >= last; at--) if (zip.readUInt32LE(at) === END) return at
  return null
}

function dataAt(zip: Buffer, local: number, packed: number): Buffer | null {
  if (local + LOCAL_BYTES > zip.length || zip.readUInt32LE(local) !== LOCAL) return null
  const from = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  return from + packed > zip.length ? null : zip.subarray(from, from + packed)
}

function unfold(data: Buffer, method: number, most: number): Buffer | null {
  if (method === STORED) return data.length > most ? null : data
  if (method !== DEFLATED) return null
  try {
    return inflateRawSync(data, { maxOutputLength: most })
  } catch {
    return null
  }
}

/** The entry of this name; null where there is none, it is broken, or it would be larger than `most` bytes. */
export function unzipEntry(bytes: Uint8Array, name: string, most: number): Buffer | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(zip)
  if (end === null) return null
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY) return null
    const [nameBytes, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    if (zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes) === name) {
      const data = dataAt(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20))
      return data === null ? null : unfold(data, zip.readUInt16LE(at + 10), most)
    }
    at += ENTRY_BYTES + nameBytes + extra + comment
  }
  return null
}
