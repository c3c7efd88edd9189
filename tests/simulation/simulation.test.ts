import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Runs the simulation as `npm run simulate` does; answers its last line, and all that it said. */
function simulate(...args: string[]): Promise<{ last: unknown; said: string }> {
  const hook = join(import.meta.dirname, '../support/sql-text.ts')
  const child = spawn(process.execPath, ['--import', hook, join(import.meta.dirname, 'main.ts'), ...args])
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  return new Promise((resolve) => {
    child.once('close', () => {
      const line = said.trim().split('\n').at(-1) ?? ''
      resolve({ last: line.startsWith('{') ? JSON.parse(line) : line, said })
    })
  })
}

test('20,000 steps of desks, faults and restores break no rule, and every planted bug is caught', async () => {
  const { last, said } = await simulate('--ops', '20000', '--seed', '1')
  expect(last, said).toMatchObject({ ok: true, ops: 20_000, violations: 0 })
  console.log(JSON.stringify(last))
})

test('the same seed plays the same world again, in however many processes', async () => {
  const once = await simulate('--ops', '440', '--seed', '7', '--no-bugs', '--trace', '--jobs', '1')
  const again = await simulate('--ops', '440', '--seed', '7', '--no-bugs', '--trace', '--jobs', '2')
  expect(once.said.split('\n').length).toBeGreaterThan(100)
  expect(again.said).toBe(once.said)
})
