import { expect, test } from 'vitest'
import { signIn, signOut, useSession } from '../../renderer/desk/stores/session-store.ts'
import { openWindow } from './fake-window.ts'

test('the code is asked for from central’s word till she is in, whatever fails between', async () => {
  const world = openWindow()
  world.session = null
  world.wantsCode = true
  const asked = () => [useSession.getState().codeFor, useSession.getState().failure?.code ?? null]
  await signIn('1010', 'x')
  expect(asked()).toEqual(['1010', 'codeRequired'])
  const trying = signIn('1010', 'x', '000000')
  expect(asked()).toEqual(['1010', null])
  await trying
  expect(asked()).toEqual(['1010', 'codeWrong'])
  world.signInFault = 'centralUnreachable'
  await signIn('1010', 'x', '123456')
  expect(asked()).toEqual(['1010', 'centralUnreachable'])
  world.signInFault = null
  await signIn('1010', 'x', '123456')
  expect([...asked(), useSession.getState().state]).toEqual([null, null, 'signedIn'])
  // The next one may be an operator.
  await signOut()
  expect(useSession.getState().codeFor).toBeNull()
})
