import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Debian has the tools of PostgreSQL 15; elsewhere they are on the PATH. */
const DEBIAN = '/usr/lib/postgresql/15/bin'

/** Runs one of PostgreSQL's own tools; throws with its words where it fails. */
export async function runTool(name: string, args: readonly string[]): Promise<void> {
  const file = existsSync(join(DEBIAN, name)) ? join(DEBIAN, name) : name
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = `${words}${text}`.slice(-4000)))
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${name}: ${error.message}`)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} (${code}): ${words.trim()}`))))
  })
}
