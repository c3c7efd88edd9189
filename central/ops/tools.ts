import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { must } from '../../shared/errors.ts'
import { forTools } from '../db/database-url.ts'

/** Where Debian has the tools of PostgreSQL 15; elsewhere they are on the PATH. */
const DEBIAN = '/usr/lib/postgresql/15/bin'

/** One of PostgreSQL's own tools ended in failure, or is not on this machine; the message is its words. */
export class ToolFailed extends Error {}

const missing = (name: string) =>
  `找不到 ${name}，请安装与数据库同版本的 PostgreSQL 客户端（Debian：postgresql-client-15）\n` +
  `${name} is not on this machine: install the client tools of the server's version of PostgreSQL (Debian: postgresql-client-15)`

/** How many characters of a tool's words are kept, and how many are said: a row is known by what stands before it. */
const MOST_HEARD = 1_000_000
const MOST_SAID = 4000

const VALUE = /(ERROR: +(?:invalid|malformed|date|value)[^"]*)".*/

/**
 * A tool quotes the row that it stumbled over, which may be a citizen's and of several lines, and its words go into
 * logs: what is left out goes on to where the tool speaks again.
 */
export function withoutRows(words: string): string {
  let within = false
  const kept = words.split('\n').flatMap((line) => {
    if (/^pg_\w+: /.test(line)) within = false
    const isRow = within || /\b(?:DETAIL|CONTEXT):/.test(line)
    within = isRow || VALUE.test(line)
    return isRow ? [] : [line.replace(VALUE, '$1…')]
  })
  return kept.join('\n').trim()
}

/** What a tool reads, or what it writes, where it does either: it ends when we do, for nobody is at the other end any more. */
export type Flow = { readonly from: Readable } | { readonly into: Writable }

/**
 * Runs one of PostgreSQL's own tools on the database of a URL; throws ToolFailed with its words where it fails, and
 * what broke in `flow` where that was first. `stop` ends it.
 */
export async function runTool(
  name: string,
  args: readonly string[],
  {
    databaseUrl,
    flow,
    stop,
  }: { readonly databaseUrl: string; readonly flow?: Flow | undefined; readonly stop?: AbortSignal | undefined },
): Promise<void> {
  const { dbname, env } = forTools(databaseUrl)
  const file = existsSync(join(DEBIAN, name)) ? join(DEBIAN, name) : name
  const child = spawn(file, [...args, '--dbname', dbname], {
    env: { ...process.env, ...env },
    stdio: [flow && 'from' in flow ? 'pipe' : 'ignore', flow && 'into' in flow ? 'pipe' : 'ignore', 'pipe'],
    signal: stop,
  })
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = `${words}${text}`.slice(-MOST_HEARD)))
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(codeOf(error) === 'ENOENT' ? new ToolFailed(missing(name)) : error))
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new ToolFailed(`${name} (${code}): ${withoutRows(words).slice(-MOST_SAID)}`)),
    )
  })
  const [tool, data] = await Promise.allSettled([ended, flow && flowing(flow, child)])
  // A tool that failed closes its end: then its own words say why.
  if (data.status === 'rejected' && !(tool.status === 'rejected' && closedPipe.has(codeOf(data.reason))))
    throw data.reason
  if (tool.status === 'rejected') throw tool.reason
}

const flowing = (flow: Flow, { stdin, stdout }: ChildProcess): Promise<void> =>
  'from' in flow
    ? pipeline(flow.from, must(stdin, 'what it reads'))
    : pipeline(must(stdout, 'what it writes'), flow.into)

const closedPipe = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
