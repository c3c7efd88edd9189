import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FolderInUse, lockFolder } from '../../central/db/folder-lock.ts'

function freshFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-lock-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'central')
}

test('a folder that another living process has is refused, by its number', async () => {
  const folder = freshFolder()
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  await once(other, 'spawn')
  writeFileSync(`${folder}.lock`, String(other.pid))
  expect(() => lockFolder(folder)).toThrow(FolderInUse)
  expect(() => lockFolder(folder)).toThrow(String(other.pid))
  other.kill()
  await once(other, 'exit')
  lockFolder(folder)()
  expect(existsSync(`${folder}.lock`)).toBe(false)
})

test('what a process left that is dead, or that nobody can read, is taken over', () => {
  const folder = freshFolder()
  writeFileSync(`${folder}.lock`, 'not a number')
  lockFolder(folder)()
})
