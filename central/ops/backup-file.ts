/**
 * A backup's file: what pg_dump writes (custom format), and behind it a line with the SHA-256 of it. pg_restore reads
 * no further than its own end, so the file is also an ordinary dump; what a disk changed in it we tell by the line.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform, Writable, type Readable } from 'node:stream'

const LINE = /^\nsanxin-backup sha256 ([0-9a-f]{64})\n$/
const LINE_BYTES = 87

/** The file is no whole backup, or its name is taken; the message is for who runs the command. */
export class FileRefused extends Error {}

const taken = (file: string) =>
  new FileRefused(`文件已存在，不覆盖 · this file exists and is not written over: ${file}`)

/** Where the folder says that the file is there, a power cut does not undo it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Writes what `fill` puts into the stream to `file`, which only its owner reads; under another name until it is whole
 * and on the disk, so that a file of that name is a whole one. Answers its bytes. Throws FileRefused where there is one
 * already. `wrote` hears of the bytes so far.
 */
export async function writeBackupFile(
  file: string,
  fill: (into: Writable) => Promise<void>,
  wrote: (bytes: number) => void = () => undefined,
): Promise<number> {
  if (existsSync(file)) throw taken(file)
  // A name of its own: a run that was killed, or another one, writes to no file of ours.
  const part = join(dirname(file), `${basename(file)}.${randomUUID().slice(0, 8)}.part`)
  const handle = await open(part, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    const into = new Writable({
      write(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        bytes += chunk.byteLength
        handle.writeFile(chunk).then(
          () => {
            wrote(bytes)
            done()
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      },
    })
    await fill(into)
    await handle.writeFile(`\nsanxin-backup sha256 ${hash.digest('hex')}\n`)
    await handle.sync()
    if (existsSync(file)) throw taken(file)
    await rename(part, file)
    await syncFolder(dirname(file))
    return bytes + LINE_BYTES
  } finally {
    await handle.close()
    await rm(part, { force: true })
  }
}

/** What is done with a file, and of how many bytes; the answer hears of how many are done. */
export type Heard = (what: 'checking' | 'restoring', of: number) => (bytes: number) => void

function counted(from: Readable, heard: (bytes: number) => void): Readable {
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength
      heard(bytes)
      done(null, chunk)
    },
  })
  return from.on('error', (error) => through.destroy(error)).pipe(through)
}

/** The line at the end of a file, and how many bytes stand before it; null where there is none. */
async function readLine(file: string): Promise<{ sha256: string; bytes: number } | null> {
  const handle = await open(file, 'r')
  try {
    const bytes = (await handle.stat()).size - LINE_BYTES
    if (bytes < 0) return null
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LINE_BYTES), 0, LINE_BYTES, bytes)
    const sha256 = LINE.exec(buffer.toString('latin1', 0, bytesRead))?.[1]
    return sha256 === undefined ? null : { sha256, bytes }
  } finally {
    await handle.close()
  }
}

/** How a backup is opened: `heard` hears of the bytes so far; `unchecked` takes one that does not say what was written. */
export type Opening = { readonly heard?: Heard | undefined; readonly unchecked?: boolean }

/**
 * How a backup is read (`read`, when it is wanted), once it was read to its end and found to be what was written (`checked`). Throws FileRefused
 * where it is not, and where it has no line to tell by: it was cut short or changed at its end, of which pg_restore
 * may miss what is gone. Only with `unchecked` that is opened, for it may be an administrator's own pg_dump.
 */
export async function openBackupFile(
  file: string,
  { heard = () => () => undefined, unchecked = false }: Opening = {},
): Promise<{ read: () => Readable; checked: boolean }> {
  const line = await readLine(file)
  if (line === null && !unchecked)
    throw new FileRefused(
      `备份文件末尾没有校验和（SHA-256）：可能被截断或改动，也可能是自行用 pg_dump 导出的；什么都没有改动，仍要恢复请加 --unchecked\n` +
        `The file does not end with its SHA-256: it was cut short or changed, or is somebody's own pg_dump; nothing was changed. --unchecked restores it all the same: ${file}`,
    )
  const of = line?.bytes ?? (await stat(file)).size
  const bytesOf = () => createReadStream(file, line === null ? {} : { end: line.bytes - 1 })
  const read = () => counted(bytesOf(), heard('restoring', of))
  if (line === null) return { read, checked: false }
  const hash = createHash('sha256')
  for await (const chunk of counted(bytesOf(), heard('checking', of))) hash.update(chunk as Buffer)
  if (hash.digest('hex') !== line.sha256)
    throw new FileRefused(
      `备份文件已损坏：内容与写入时的校验和（SHA-256）不符，什么都没有改动 · the backup is damaged: it is not what was written (SHA-256), nothing was changed: ${file}`,
    )
  return { read, checked: true }
}
