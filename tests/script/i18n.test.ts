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

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted()

test('English has every key of Chinese and no other', () => {
  expect([...leaves(en).keys()].toSorted()).toEqual([...leaves(zh).keys()].toSorted())
})

test('no words are empty, and both languages are filled in from the same values', () => {
  const english = leaves(en)
  for (const [key, words] of leaves(zh)) {
    expect(words.trim(), key).not.toBe('')
    expect(english.get(key)?.trim(), key).not.toBe('')
    expect(holes(english.get(key) ?? ''), key).toEqual(holes(words))
  }
})

test('English shows no Chinese but the name of the language itself', () => {
  const chinese = [...leaves(en)].filter(([, words]) => /\p{Script=Han}/u.test(words)).map(([key]) => key)
  expect(chinese).toEqual(['app.language', 'app.languageTitle'])
})
