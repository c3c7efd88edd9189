import { expect, test } from 'vitest'
import { betterWordingAt, markedPieces } from '../../shared/script/better-wording.ts'
import { createFinder } from '../../shared/script/find-words.ts'
import type { ForbiddenWord } from '../../shared/script/forbidden.ts'

const word = (said: string, better: string | null, why: ForbiddenWord['why'] = 'never'): ForbiddenWord => ({
  ...{ word: said, better, why, except: [] },
})
const find = createFinder([
  word('不知道', '我为您核实后回复'),
  word('不归我管', '这件事由……负责，我为您转办'),
  word('值班表', null, 'secret'),
])
const TEXT = '我不知道，不归我管，见值班表。'
const at = (caret: number) => {
  const found = betterWordingAt(find(TEXT), caret)
  return found && `${TEXT.slice(0, found.from)}[${found.words}]${TEXT.slice(found.to)}`
}

test('CW6 a text falls into pieces, the listed places each for itself, and nothing of it is lost', () => {
  const pieces = markedPieces(TEXT, find(TEXT))
  expect(pieces.map(({ text, why }) => (why === null ? text : `${why}:${text}`))).toEqual([
    ...['我', 'never:不知道', '，', 'never:不归我管', '，见', 'secret:值班表', '。'],
  ])
  expect(pieces.map(({ text }) => text).join('')).toBe(TEXT)
  expect(markedPieces('', find(''))).toEqual([])
  expect(markedPieces('不知道', find('不知道'))).toEqual([{ place: 0, text: '不知道', why: 'never' }])
})

test('CW7 the word at the cursor comes first, else the next one, else the first', () => {
  expect(at(0)).toBe('我[我为您核实后回复]，不归我管，见值班表。')
  // Just behind a word the cursor is still at it.
  expect(at(4)).toBe('我[我为您核实后回复]，不归我管，见值班表。')
  expect(at(6)).toBe('我不知道，[这件事由……负责，我为您转办]，见值班表。')
  expect(at(TEXT.length)).toBe(at(0))
})

test('CW7 what has no better wording is taken out; what is to be filled in is told by its place', () => {
  expect(at(TEXT.length - 1)).toBe('我不知道，不归我管，见[]。')
  expect(betterWordingAt(find(TEXT), 6)?.gap).toEqual({ from: 4, to: 6 })
  expect(betterWordingAt(find(TEXT), 0)?.gap).toBeNull()
  expect(betterWordingAt([], 0)).toBeNull()
})
