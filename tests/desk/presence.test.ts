/** Whose lines the desk has the phone watch (rule P4). */
import { beforeEach, describe, expect, test } from 'vitest'
import { closeDirectory, lookUp, moveListed, toggleStar } from '../../renderer/desk/stores/directory-store.ts'
import {
  endWatching,
  forgetPresences,
  lineOf,
  takePresences,
  usePresences,
  watchStarred,
} from '../../renderer/desk/stores/presence-store.ts'
import { MOST_STARRED_WATCHED } from '../../shared/call/presence.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { openWindow, rest } from './fake-window.ts'

const colleague = (extension: string): DirectoryEntry => ({
  ...{ id: `c${extension}`, kind: 'colleague', name: `坐席${extension}`, staffNo: extension },
  ...{ extension, team: '甲班', role: 'operator' },
})

const world = openWindow()
beforeEach(async () => {
  closeDirectory()
  await endWatching()
  await rest()
  world.phoneUp = true
  world.stars.clear()
  world.directory = ['1004', '1005', '1006'].map(colleague)
  world.calls = []
})

/** What the phone was asked to watch, one look a line. */
const looks = () =>
  world.calls
    .filter(({ name }) => name === 'phone.watch')
    .map(({ input }) => (input as { extensions: string[] }).extensions)
const presence = (extension: string) => lineOf(usePresences.getState().presences, extension)

describe('P4 whom she starred', () => {
  test('is watched before any panel opens, stays so when it closes, and ends at the sign-out', async () => {
    world.stars.add('c1005')
    await watchStarred()
    expect(looks()).toEqual([['1005']])
    expect(presence('1005')).toBe('free')
    await lookUp('100')
    await rest()
    expect(looks().at(-1)?.toSorted()).toEqual(['1004', '1005', '1006'])
    closeDirectory()
    await rest()
    expect(looks().at(-1)).toEqual(['1005'])
    expect(presence('1005')).toBe('free')
    await endWatching()
    expect(looks().at(-1)).toEqual([])
    expect(presence('1005')).toBe('unknown')
  })

  test('is watched from the star on, and no longer from the moment it is taken back', async () => {
    await lookUp('1006')
    moveListed(1)
    await toggleStar()
    await rest()
    closeDirectory()
    await rest()
    expect(looks().at(-1)).toEqual(['1006'])
    await lookUp('1006')
    moveListed(1)
    await toggleStar()
    closeDirectory()
    await rest()
    expect(looks().at(-1)).toEqual([])
  })

  test(`is no more than ${MOST_STARRED_WATCHED}`, async () => {
    world.directory = Array.from({ length: 30 }, (_, index) => colleague(String(2000 + index)))
    for (const { id } of world.directory) world.stars.add(id)
    await watchStarred()
    expect(looks()[0]).toHaveLength(MOST_STARRED_WATCHED)
  })

  test('is unknown while the phone is gone, and asked for anew once it is back', async () => {
    world.stars.add('c1004')
    await watchStarred()
    takePresences({ 1004: 'inCall' })
    world.phoneUp = false
    forgetPresences()
    expect(presence('1004')).toBe('unknown')
    await watchStarred()
    expect(presence('1004')).toBe('unknown')
    world.phoneUp = true
    await watchStarred()
    expect(looks()).toEqual([['1004'], ['1004'], ['1004']])
    expect(presence('1004')).toBe('free')
  })

  test('by one who signed out is not watched for a late answer', async () => {
    world.stars.add('c1004')
    const late = watchStarred()
    await endWatching()
    await late
    expect(looks()).toEqual([])
  })
})

test('a line that is written with dashes is watched by its digits; one that cannot be keeps no other from it', async () => {
  const strange = ['10-07', '1008转2', '1'.repeat(40), '', '1009'].map(colleague)
  world.directory = strange
  for (const { id } of strange) world.stars.add(id)
  await watchStarred()
  expect(looks()).toEqual([['1007', '1009']])
  expect([presence('10-07'), presence('1008转2')]).toEqual(['free', 'unknown'])
})

test('a line of which nothing was told is unknown', () => {
  expect(lineOf({}, '1004')).toBe('unknown')
})
