import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { deriveByScrypt, lock, unlock } from '../../electron/store/password-key.ts'

// RFC 7914 with the parameters that stand in files: another key would shut out everybody who signed in before.
test('a password’s key is scrypt’s, however its letters are composed', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const key = scryptSync('m\u00E9', salt, 64, { N: 32768, r: 8, p: 1, maxmem: 2 ** 26 })
  expect(await deriveByScrypt('me\u0301', salt)).toEqual(key)
})

test('while it is derived this thread goes on', async () => {
  const seen: string[] = []
  const derived = deriveByScrypt('密码', Buffer.alloc(16)).then(() => seen.push('derived'))
  seen.push('asked')
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  seen.push('a hundred turns')
  await derived
  expect(seen).toEqual(['asked', 'a hundred turns', 'derived'])
})

test('what is locked is opened by the same password alone', async () => {
  const locked = await lock(deriveByScrypt, '密码', '线路')
  expect(await unlock(deriveByScrypt, '密码', locked)).toBe('线路')
  expect(await unlock(deriveByScrypt, '密碼', locked)).toBeNull()
})
