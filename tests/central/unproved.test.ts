import { expect, test } from 'vitest'
import { MOST_REMEMBERED, toldOf } from '../../central/sync/unproved.ts'
import { openCase } from '../contract/db-fixture.ts'

const DAY_MS = 24 * 3_600_000
const by = (author: string) => ({ ...openCase().mutation, author })

test('H16.10 of a store the sign-ins of a day are remembered, each once, the newest hundred, and no name as it was typed', () => {
  const first = toldOf({ told: null, unproved: [by('my password'), by('1008')] }, 0)
  expect(first).not.toMatch(/password|1008/)
  expect(toldOf({ told: first, unproved: [by('1008'), by('my password')] }, DAY_MS - 1)).toBe(first)
  expect(toldOf({ told: first, unproved: [] }, DAY_MS)).toBe(first)
  expect(toldOf({ told: first, unproved: [by('1008')] }, DAY_MS)?.split(' ')).toHaveLength(2)
  const many = Array.from({ length: MOST_REMEMBERED }, (_, made) => by(`made-${made}`))
  const full = toldOf({ told: first, unproved: many }, 0)
  expect(full).toBe(toldOf({ told: null, unproved: many }, 0))
  expect(full?.split(' ')).toHaveLength(MOST_REMEMBERED + 1)
})
