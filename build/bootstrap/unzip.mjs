// A reader for plain zip files (no encryption, no zip64): enough for Electron's, and machines without unzip need none.
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const inflate = promisify(zlib.inflateRaw)
const END = 0x06054b50
const ENTRY = 0x02014b50
const STORED = 0
const DEFLATED = 8

/** Unpacks the entries for which `rename(name)` gives a relative path, with their modes. */
export async function unzip(file, folder, rename, progress) {
  const handle = await fs.promises.open(file)
  try {
    const wanted = (await readDirectory(handle))
      .map((item) => ({ ...item, target: rename(item.name) }))
      .filter((item) => item.target)
    const total = wanted.reduce((sum, item) => sum + item.packed, 1)
    let done = 0
    for (const item of wanted) {
      await writeEntry(handle, item, path.join(folder, item.target))
      done += item.packed
      progress?.percent(done / total)
    }
  } finally {
    await handle.close()
  }
}

async function readDirectory(handle) {
  const { size } = await handle.stat()
  const tail = await readAt(handle, Math.max(0, size - 65_558), Math.min(size, 65_558))
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1
  if (end < 0) throw new Error('not a zip file, or cut short')
  const count = tail.readUInt16LE(end + 10)
  const directory = await readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const items = []
  for (let at = 0, index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new Error('broken zip directory')
    const nameLength = directory.readUInt16LE(at + 28)
    items.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return items
}

async function writeEntry(handle, item, target) {
  if (item.name.endsWith('/')) return void fs.mkdirSync(target, { recursive: true })
  if (item.method !== STORED && item.method !== DEFLATED)
    throw new Error(`zip method ${item.method} of ${item.name} is unknown`)
  const header = await readAt(handle, item.offset, 30)
  const start = item.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = await readAt(handle, start, item.packed)
  const data = item.method === STORED ? packed : await inflate(packed)
  if (data.length !== item.size) throw new Error(`${item.name} is damaged in the zip file`)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  await fs.promises.writeFile(target, data, { mode: item.mode & 0o777 || 0o644 })
}

async function readAt(handle, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  if (bytesRead !== length) throw new Error('zip file cut short')
  return buffer
}
