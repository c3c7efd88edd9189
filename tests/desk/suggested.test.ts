/** What is suggested while the search is empty (rule KS10). */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clearSearch, useKnowledge } from '../../renderer/desk/knowledge/knowledge-store.ts'
import {
  followSuggested,
  holdSuggested,
  pressSuggested,
  useSuggested,
} from '../../renderer/desk/knowledge/suggested-store.ts'
import { edit, newDraft, openDraft } from '../../renderer/desk/stores/draft-store.ts'
import { openDesk } from './open-desk.ts'

const { world } = openDesk(() => clearSearch())
const [bus, lamp] = [
  { id: 'KB-1', title: '28 路' },
  { id: 'KB-2', title: '路灯' },
]
let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  holdSuggested(false)
  openDraft(newDraft(null))
  stop = followSuggested()
  world.suggested = [bus, lamp]
})
afterEach(async () => {
  stop()
  openDraft(null)
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
})
const pause = () => vi.advanceTimersByTimeAsync(1000)
const asked = () => world.calls.filter(({ name }) => name === 'kb.suggest').map(({ input }) => input)
const shown = () => useSuggested.getState().list.map(({ id }) => id)

test('KS10 they are asked for once at a pause, by what stands then', async () => {
  await pause()
  const before = asked().length
  edit({ content: '坐公交' })
  edit({ kind: 'consult', content: '坐公交去江门站' })
  await pause()
  expect(asked().slice(before)).toEqual([{ kind: 'consult', code: null, district: null, text: '坐公交去江门站' }])
  expect(shown()).toEqual(['KB-1', 'KB-2'])
  edit({ callerName: '李女士' })
  await pause()
  expect(asked()).toHaveLength(before + 1)
})

test('KS10 nothing moves while the search has the cursor; what came meanwhile is shown afterwards', async () => {
  edit({ content: '坐公交' })
  await pause()
  holdSuggested(true)
  world.suggested = [lamp]
  edit({ content: '路灯不亮' })
  await pause()
  expect(shown()).toEqual(['KB-1', 'KB-2'])
  holdSuggested(false)
  expect(shown()).toEqual(['KB-2'])
})

test('KS10 keys choose one and search for its title; none is taken unchosen', async () => {
  edit({ content: '坐公交' })
  await pause()
  expect(pressSuggested('Enter')).toBe(false)
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) expect(pressSuggested(key)).toBe(true)
  expect(useKnowledge.getState().query).toBe('路灯')
})

test('KS10 another case begins with none', async () => {
  edit({ content: '坐公交' })
  await pause()
  openDraft(newDraft(null))
  expect([shown(), pressSuggested('ArrowDown')]).toEqual([[], false])
})
