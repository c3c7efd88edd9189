import { expect, test } from 'vitest'
import { deskKeys } from '../../renderer/admin/script/desk-keys.ts'
import { keyShown } from '../../renderer/desk/keys/key-map.ts'

test('AP15 the played call names the keys that the desk has', () => {
  const names = Object.keys(deskKeys) as (keyof typeof deskKeys)[]
  expect(Object.fromEntries(names.map((name) => [name, keyShown(name)]))).toEqual(deskKeys)
})
