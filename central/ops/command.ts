/** What backup.ts, restore.ts and promote.ts have in common as commands: arguments, what they say, how they end. */
import { parseArgs } from 'node:util'
import { wordsOf } from '../db/failure-words.ts'

type Command = 'backup' | 'restore' | 'promote'

const usage = { backup: ' FILE', restore: ' FILE [--older] [--other] [--unchecked]', promote: '' } as const

const switches = { older: { type: 'boolean' }, other: { type: 'boolean' }, unchecked: { type: 'boolean' } } as const

export type Given = {
  readonly databaseUrl: string
  readonly file: string
  readonly older: boolean
  readonly other: boolean
  readonly unchecked: boolean
}

/** The database from the environment, and what else the command takes; ends with 2 and words where that is not what it wants. */
export function readArguments(command: Command): Given {
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  const refuse = (words: string): never => {
    process.stderr.write(
      `用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/${command}.ts${usage[command]}\n${words}\n`,
    )
    process.exit(2)
  }
  let given: { values: { older?: boolean; other?: boolean; unchecked?: boolean }; positionals: string[] }
  try {
    given = parseArgs({ allowPositionals: true, options: command === 'restore' ? switches : {} })
  } catch (error) {
    return refuse(error instanceof Error ? error.message : '')
  }
  const [file = '', ...more] = given.positionals
  if (databaseUrl === '') return refuse('缺少 SANXIN_CENTRAL_DATABASE_URL · is not set')
  if (file === '' && command !== 'promote') return refuse('缺少文件名 · no file was named')
  if (more.length > 0 || (file !== '' && command === 'promote')) return refuse('多余的参数 · too many arguments')
  const { older = false, other = false, unchecked = false } = given.values
  return { databaseUrl, file, older, other, unchecked }
}

/** SIGTERM and SIGINT, for work that ends by it and leaves nothing behind. */
export function whenStopped(): AbortSignal {
  const stopping = new AbortController()
  const end = () => stopping.abort()
  process.once('SIGTERM', end).once('SIGINT', end)
  return stopping.signal
}

/** Does the work and prints what it answers as one JSON line; where it fails its words go to stderr and the exit code is 1. */
export async function runCommand(work: () => Promise<object>, stop?: AbortSignal): Promise<void> {
  try {
    process.stdout.write(`${JSON.stringify(await work())}\n`)
  } catch (error) {
    const words =
      stop?.aborted === true
        ? '已中止，什么都没有改动 · stopped, nothing was changed'
        : (wordsOf(error) ?? (error instanceof Error ? error.message : String(error)))
    process.stderr.write(`${words}\n`)
    process.exitCode = 1
  }
}

const SAY_MS = 10_000

/** Says on stderr how many bytes are done, every ten seconds at most: it may take hours. `of` is how many there are. */
export function sayEvery(event: string, of?: number): (bytes: number) => void {
  let said = performance.now()
  return (bytes) => {
    const now = performance.now()
    if (now - said < SAY_MS) return
    said = now
    process.stderr.write(`${JSON.stringify({ event, bytes, ...(of !== undefined && { of }) })}\n`)
  }
}
