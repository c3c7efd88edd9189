import { expect, test } from 'vitest'
import { createOwedWords } from '../../renderer/desk/stores/owed-words.ts'

async function bench() {
  const stalled: boolean[] = []
  const owed = createOwedWords((any) => void stalled.push(any))
  let settled = false
  const wait = () => {
    settled = false
    void owed.settled().then(() => (settled = true))
  }
  const isSettled = async () => {
    await Promise.resolve()
    await Promise.resolve()
    return settled
  }
  return { owed, stalled, wait, isSettled }
}

test('nothing under way is settled at once', async () => {
  const { wait, isSettled } = await bench()
  wait()
  expect(await isSettled()).toBe(true)
})

test('every draft must be committed, refused or let go', async () => {
  const { owed, wait, isSettled } = await bench()
  for (const caseId of ['a', 'b', 'c']) owed.note(caseId, 'saving')
  wait()
  owed.note('a', 'saved')
  owed.note('b', 'stalled')
  expect(await isSettled()).toBe(false)
  owed.drop('c')
  expect(await isSettled()).toBe(true)
})

test('a refused one that is typed into again is under way again', async () => {
  const { owed, wait, isSettled } = await bench()
  owed.note('a', 'stalled')
  owed.note('a', 'saving')
  wait()
  expect(await isSettled()).toBe(false)
})

test('it is told when the store begins to refuse words, and when it has them all or they are let go', async () => {
  const { owed, stalled } = await bench()
  owed.note('a', 'saving')
  owed.note('a', 'stalled')
  owed.note('b', 'stalled')
  owed.note('a', 'saving')
  expect(stalled).toEqual([true])
  owed.note('a', 'saved')
  expect(stalled).toEqual([true])
  owed.drop('b')
  expect(stalled).toEqual([true, false])
})
