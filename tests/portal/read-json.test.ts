import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printJson, readJson } from '../../renderer/admin/tables/read-json.ts'

test('what is printed for editing is what everybody prints, and each place is found in its line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(printJson(value).text).toBe(JSON.stringify(value, null, 2))
    }),
  )
  const { text, lines } = printJson([
    { name: 'a', list: [] },
    { name: 'b', list: [1, 2] },
  ])
  const lineOf = (path: readonly (string | number)[]) =>
    text.split('\n')[(lines.get(JSON.stringify(path)) ?? 0) - 1]?.trim()
  expect([lineOf([1, 'name']), lineOf([1, 'list', 1]), lineOf([0, 'list'])]).toEqual([
    '"name": "b",',
    '2',
    '"list": []',
  ])
})

test('where a text ceases to be JSON is told by its line', () => {
  expect(readJson('[1]')).toEqual({ value: [1] })
  expect(readJson('[\n1,\nx\n]')).toEqual({ line: 3 })
  expect(readJson('[\n1,')).toEqual({ line: 2 })
  expect(readJson('{\n"a": 1\n"b": 2\n}')).toEqual({ line: 3 })
  expect(readJson('{\n"a": [1, 2],\n}')).toEqual({ line: 3 })
  expect(readJson('{}\n\n[]')).toEqual({ line: 3 })
})
