/** Whom the dial panel means by what stands in its box. */
import { beforeEach, describe, expect, test } from 'vitest'
import {
  closeDirectory,
  lookUp,
  meantNumber,
  moveListed,
  toggleStar,
  useDirectory,
} from '../../renderer/desk/stores/directory-store.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { openWindow, rest } from './fake-window.ts'

const unit = (id: string, name: string, ...numbers: string[]): DirectoryEntry => ({
  ...{ id, kind: 'unit', name, hours: '', district: null },
  numbers: numbers.map((number) => ({ number, words: '' })),
})

const world = openWindow()
beforeEach(() => {
  closeDirectory()
  world.slow = {}
  world.stars.clear()
  world.directory = [unit('sjj', '市交警', '3500211', '3500212'), unit('ssw', '市水务', '3500241')]
})

const numbers = () => useDirectory.getState().listed.map(({ number }) => number)

describe('what is meant', () => {
  test('by words: the first that was found, each of its numbers by itself', async () => {
    await lookUp('sjj')
    expect(numbers()).toEqual(['3500211', '3500212'])
    expect(meantNumber('sjj')).toBe('3500211')
    moveListed(1)
    expect(meantNumber('sjj')).toBe('3500212')
    // Words are no number: there is nothing above the first one.
    moveListed(-5)
    expect(meantNumber('sjj')).toBe('3500211')
  })

  test('by a number: that number, unless somebody is chosen below', async () => {
    await lookUp('3500241')
    expect(meantNumber('3500241')).toBe('3500241')
    await lookUp('35002')
    moveListed(1)
    expect(meantNumber('35002')).toBe('3500211')
    moveListed(-1)
    expect(meantNumber('35002')).toBe('35002')
  })

  test('nobody, while what stands below answers an earlier question', async () => {
    await lookUp('sjj')
    expect(meantNumber('sjjx')).toBeNull()
    expect(meantNumber('110')).toBe('110')
  })

  test('a late answer to an earlier question is let go, and so is one after the panel closed', async () => {
    world.slow = { 'directory.search': 30 }
    const early = lookUp('sjj')
    world.slow = {}
    await lookUp('ssw')
    await early
    expect(numbers()).toEqual(['3500241'])
    const late = lookUp('sjj')
    closeDirectory()
    await late
    expect(numbers()).toEqual([])
  })
})

test('a star is set and taken back where the entry stands; with nothing asked the starred ones stand first', async () => {
  await lookUp('')
  moveListed(3)
  await toggleStar()
  expect([...world.stars]).toEqual(['ssw'])
  expect(useDirectory.getState().listed.at(-1)).toMatchObject({ starred: true })
  await lookUp('')
  expect(numbers()).toEqual(['3500241', '3500211', '3500212'])
  moveListed(1)
  await toggleStar()
  await rest()
  expect([...world.stars]).toEqual([])
})
