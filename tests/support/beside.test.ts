import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

// The bootstrap is plain JavaScript, without types.
const file = new URL('../../build/bootstrap/beside.mjs', import.meta.url).href
type Ran = { readonly code: number; readonly output: string }
type RunBeside = (command: string, args: string[], place: { cwd: string; env: NodeJS.ProcessEnv }) => Promise<Ran>
const { canRunBeside, runBeside } = (await import(file)) as { canRunBeside(): boolean; runBeside: RunBeside }
const place = { cwd: import.meta.dirname, env: process.env }

/** What a file holds, or nothing where there is none: a process that is gone has none in /proc. */
function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
}

test.runIf(canRunBeside())(
  'what runs beside gives way to everything else, and is told whole once it has ended',
  async () => {
    const { code, output } = await runBeside('sh', ['-c', 'chrt -p $$; echo trouble >&2; exit 3'], place)
    expect(code).toBe(3)
    expect(output).toContain('SCHED_IDLE')
    expect(output).toContain('trouble')
    expect((await runBeside('sh', ['-c', 'kill -9 $$'], place)).code).not.toBe(0)
  },
)

test.runIf(canRunBeside())('it ends with whoever started it, also where that one is killed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-beside-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const words = ['-c', `echo $$ > ${join(dir, 'pid')}; exec sleep 600`]
  const script = `const { runBeside } = await import(${JSON.stringify(file)})
    await runBeside('sh', ${JSON.stringify(words)}, { env: process.env })`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script])
  await expect.poll(() => textOf(join(dir, 'pid'))).not.toBe('')
  const pid = textOf(join(dir, 'pid'))
  starter.kill('SIGKILL')
  // Gone, or dead and not yet fetched by whoever inherited it.
  await expect.poll(() => textOf(`/proc/${pid}/stat`)).toMatch(/^$|\) Z /)
})
