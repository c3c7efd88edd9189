/** Classes that the words suggest: after a pause, never under the pointer, never over a choice. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { edit, formOf, openDraft, newDraft, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import {
  followContent,
  holdSuggestions,
  takeSuggestion,
  useSuggestions,
} from '../../renderer/desk/stores/suggestion-store.ts'
import { openDesk } from './open-desk.ts'

openDesk()

const shown = () => useSuggestions.getState().shown.map(({ code }) => code)
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  openDraft(newDraft(null))
  stop = followContent()
})
afterEach(() => {
  stop()
  holdSuggestions(false)
  openDraft(null)
  vi.useRealTimers()
})

test('they come at a pause, and with the words that stand then', () => {
  edit({ content: '路灯不亮' })
  expect(shown()).toEqual([])
  edit({ content: '路灯不亮，停电' })
  vi.runAllTimers()
  expect(shown()).toEqual(['0201', '0302'])
})

test('while the pointer is on them nothing moves; another case begins without', () => {
  edit({ content: '路灯不亮' })
  vi.runAllTimers()
  holdSuggestions(true)
  edit({ content: '停电' })
  vi.runAllTimers()
  expect(shown()).toEqual(['0201'])
  holdSuggestions(false)
  openDraft(newDraft(null))
  expect(shown()).toEqual([])
})

test('the key takes the first, and nothing where the operator has chosen', () => {
  edit({ content: '路灯不亮' })
  vi.runAllTimers()
  takeSuggestion()
  expect(formOf(useDraft.getState()).classification).toBe('0201')
  edit({ classification: '0401' })
  takeSuggestion('0201')
  expect(formOf(useDraft.getState()).classification).toBe('0401')
})
