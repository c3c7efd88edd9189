import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { centralFolder, LOADED_DEMO } from '../../build/stack/loaded-demo.ts'

/** A folder with one loaded demo, a file that stands for it. */
function loadedDemo(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanxin-loaded-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'central'))
  writeFileSync(join(folder, 'central', 'data'), 'demo')
  vi.stubEnv(LOADED_DEMO, join(folder, 'central'))
  onTestFinished(() => void vi.unstubAllEnvs())
  return folder
}

test('a central without a folder has a copy of the demo to itself, which goes with it', () => {
  const folder = loadedDemo()
  const [one, other] = [centralFolder(undefined), centralFolder(undefined)]
  expect(one.dataDir).not.toBe(other.dataDir)
  writeFileSync(join(String(one.dataDir), 'data'), 'changed')
  expect(readFileSync(join(String(other.dataDir), 'data'), 'utf8')).toBe('demo')
  one.release()
  other.release()
  expect(readdirSync(folder)).toEqual(['central'])
  expect(readFileSync(join(folder, 'central', 'data'), 'utf8')).toBe('demo')
})

test('a new folder begins with the demo and stays; one that stands already is left as it is', () => {
  const dataDir = join(loadedDemo(), 'new')
  centralFolder(dataDir).release()
  expect(readFileSync(join(dataDir, 'data'), 'utf8')).toBe('demo')
  writeFileSync(join(dataDir, 'data'), 'worked on')
  expect(centralFolder(dataDir).dataDir).toBe(dataDir)
  expect(readFileSync(join(dataDir, 'data'), 'utf8')).toBe('worked on')
})

test('where no demo was loaded central’s folder is as it was asked for', () => {
  const folder = loadedDemo()
  vi.stubEnv(LOADED_DEMO, undefined)
  expect(centralFolder(undefined).dataDir).toBeUndefined()
  expect(centralFolder(join(folder, 'new')).dataDir).toBe(join(folder, 'new'))
  expect(existsSync(join(folder, 'new'))).toBe(false)
})
