import { beforeEach, expect, test } from 'vitest'
import './fake-storage.ts'
import { openWindow } from './fake-window.ts'

openWindow()
const { dropAllTyped, emptyFields, keepTyped, settleTyped, typedNow, useTyped } =
  await import('../../renderer/page/kb/article-typed.ts')

const typed = (body: string, edition = 3) => ({ fields: { ...emptyFields, body }, owner: null, edition })

beforeEach(dropAllTyped)

test('KA20 what was sent goes once it is saved', () => {
  keepTyped('KB-1', typed('a'))
  settleTyped('KB-1', typedNow('KB-1'), 4)
  expect(useTyped.getState()).toEqual({})
})

test('KA20 words that are typed while it is being saved stay, upon what was saved', () => {
  keepTyped('KB-1', typed('a'))
  const sent = typedNow('KB-1')
  keepTyped('KB-1', typed('ab'))
  settleTyped('KB-1', sent, 4)
  expect(useTyped.getState()).toEqual({ 'KB-1': typed('ab', 4) })
  settleTyped('KB-1', undefined, 5)
  expect(useTyped.getState()).toEqual({ 'KB-1': typed('ab', 5) })
})

test('KA20 of an article that begins they go on in the one that was made', () => {
  keepTyped('new', typed('a', 0))
  const sent = typedNow('new')
  keepTyped('new', typed('ab', 0))
  settleTyped('new', sent, 1, 'KB-9')
  expect(useTyped.getState()).toEqual({ 'KB-9': typed('ab', 1) })
})
