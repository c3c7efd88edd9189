/** How victim.ts is started: by Node as it is, its sources compiled once for the hundreds of runs of a test. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What stands on Node's command line before the victim's own arguments. */
export const victim = [
  '--import',
  join(import.meta.dirname, '../support/sql-text.ts'),
  join(import.meta.dirname, 'victim.ts'),
]

/** A folder of this test alone. */
export function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-victim-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/**
 * A folder whose file is made by one save in peace, and the environment in which a victim starts in half the time: what
 * that first one compiled is kept, for it ended by itself.
 */
export function preparedFolder(): { readonly dir: string; readonly env: NodeJS.ProcessEnv } {
  const dir = newFolder()
  const env = { ...process.env, NODE_COMPILE_CACHE: newFolder() }
  execFileSync(process.execPath, [...victim, dir, '0', '1'], { stdio: 'pipe', env })
  return { dir, env }
}
