import { expect, test } from 'vitest'
import { en } from '../../shared/i18n/en.ts'
import { zh } from '../../shared/i18n/zh.ts'

type Leaves = Map<string, string>

function leaves(words: object, path = '', found: Leaves = new Map()): Leaves {
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(path + key, value)
    else leaves(value as object, `${path}${key}.`, found)
  }
  return found
}

const holes = (text: string) => [...(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted((a, b) => a.localeCompare(b)).join()

test('English has every key of Chinese and no other', () => {
  expect([...leaves(en).keys()].toSorted()).toEqual([...leaves(zh).keys()].toSorted())
})

test('no words are empty, and both languages are filled in from the same values', () => {
  const english = leaves(en)
  const wrong = [...leaves(zh)].filter(([key, words]) => {
    const other = english.get(key) ?? ''
    return words.trim() === '' || other.trim() === '' || holes(other) !== holes(words)
  })
  expect(wrong).toEqual([])
})

test('English shows no Chinese but the name of the language itself', () => {
  const chinese = [...leaves(en)].filter(([, words]) => /\p{Script=Han}/u.test(words)).map(([key]) => key)
  expect(chinese).toEqual(['app.language', 'app.languageTitle'])
})
