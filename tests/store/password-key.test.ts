import { scryptSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createDerive, lock, unlock } from '../../electron/store/password-key.ts'
import type { Log } from '../../shared/ports.ts'

const derive = createDerive()

// RFC 7914 with the parameters that stand in files: another key would shut out everybody who signed in before.
test('a password’s key is scrypt’s, however its letters are composed', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const key = scryptSync('m\u00E9', salt, 64, { N: 32768, r: 8, p: 1, maxmem: 2 ** 26 })
  expect(await derive('me\u0301', salt)).toEqual(key)
})

test('it is what the thread says; where none can be had it is derived all the same, and logged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanxin-thread-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const thread = join(folder, 'thread.mjs')
  writeFileSync(thread, `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(new Uint8Array(64))`)
  const log = vi.fn<Log>()
  expect(await createDerive(log, thread)('密码', Buffer.alloc(16))).toEqual(Buffer.alloc(64))
  expect(log).not.toHaveBeenCalled()
  const none = createDerive(log, join(folder, 'none.mjs'))
  expect(await none('密码', Buffer.alloc(16))).toEqual(await derive('密码', Buffer.alloc(16)))
  expect(log.mock.calls).toEqual([['deriveThreadFailed', expect.objectContaining({ code: 'MODULE_NOT_FOUND' })]])
})

test('what is locked is opened by the same password alone', async () => {
  const locked = await lock(derive, '密码', '线路')
  expect(await unlock(derive, '密码', locked)).toBe('线路')
  expect(await unlock(derive, '密碼', locked)).toBeNull()
})
