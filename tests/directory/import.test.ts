import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeText, readCsv } from '../../central/directory/csv.ts'
import { readEntries as readEntriesBy } from '../../central/directory/read-entries.ts'
import { directoryFile } from '../../central/directory/seed.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

const readEntries = (text: string) => readEntriesBy(text, defaultNumberPlan)

const head = '编号,类别,名称,电话,时间,区县,工号,分机,班组,角色\n'

test('a table is read as spreadsheets write it, each row with its line', () => {
  expect(readCsv('a,"b, ""c""\nd"\r\n\r\n e ,f')).toEqual([
    { line: 1, cells: ['a', 'b, "c"\nd'] },
    { line: 4, cells: ['e', 'f'] },
  ])
  expect(readCsv('a\tb,c\n')).toEqual([{ line: 1, cells: ['a', 'b,c'] }])
})

test('UTF-8 with or without its mark, else GB18030, and said as which; what is neither is refused', () => {
  expect(decodeText(new TextEncoder().encode('\ufeff编号'))).toEqual({ text: '编号', encoding: 'utf-8' })
  expect(decodeText(Uint8Array.of(0xb1, 0xe0, 0xba, 0xc5))).toEqual({ text: '编号', encoding: 'gb18030' })
  expect(decodeText(Uint8Array.of(0xb1, 0xff, 0xff))).toBeNull()
})

describe('entries', () => {
  test('units with several numbers and what each is for; colleagues', () => {
    const read = readEntries(
      `${head}U-1,成员单位,市水务局,值班:3500241；抢修 0750-3500242,全天,蓬江区,,,,\nS-1,同事,林晓,,,,1003,1003,甲班,班长\n`,
    )
    expect(read.problems).toEqual([])
    expect(read.entries).toEqual([
      {
        ...{ id: 'U-1', kind: 'unit', name: '市水务局', hours: '全天', district: '蓬江区' },
        numbers: [
          { words: '值班', number: '3500241' },
          { words: '抢修', number: '0750-3500242' },
        ],
      },
      {
        ...{ id: 'staff:1003', kind: 'colleague', name: '林晓', staffNo: '1003' },
        ...{ extension: '1003', team: '甲班', role: 'monitor' },
      },
    ])
  })

  test('an extension is kept as it is dialled, however it is written; one that cannot be is named', () => {
    const extensionOf = (written: string) => {
      const { entries, problems } = readEntries(`${head},同事,林晓,,,,1003,${written},,\n`)
      return entries.map((entry) => entry.kind === 'colleague' && entry.extension)[0] ?? problems[0]?.words
    }
    expect(['1003', '10-03', ' 1 003 ', '１００３'].map(extensionOf)).toEqual(['1003', '1003', '1003', '1003'])
    expect(extensionOf('0750-3500123')).toBe('3500123')
    for (const wrong of ['12', '1003转2', '1003#', '123456789012345678'])
      expect(extensionOf(wrong)).toContain(`分机拨不出去 · cannot be dialled: ${wrong}`)
  })

  test('a colleague stands in it once, by her staff number', () => {
    const { problems } = readEntries(`${head}S-1,同事,林晓,,,,1003,1003,,\nS-2,同事,林晓,,,,1003,1004,,\n`)
    expect(problems).toEqual([{ line: 3, words: expect.stringContaining('工号重复') }])
  })

  test('all that is wrong is said by its line', () => {
    const lines = [
      'U-1,单位,水务局,3500241',
      ',单位,无编号,3500241',
      'U-2,单位,,3500241',
      'U-3,机构,类别错,3500241',
      'U-4,单位,没电话,',
      'U-5,单位,号码错,值班:12;办公:3500242',
      'U-1,单位,重复,3500243',
      'S-1,同事,没分机,,,,1003',
      'S-2,同事,角色错,,,,1004,1004,,队长',
      `U-6,单位,${'长'.repeat(81)},3500241`,
    ]
    const { problems } = readEntries(head + lines.join('\n'))
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(problems.map(({ words }) => words).join('\n')).toMatch(
      /缺编号[^]*缺名称[^]*类别[^]*缺电话[^]*值班12[^]*重复[^]*分机[^]*队长[^]*name/,
    )
  })

  test('a file without the heads, or without lines, is refused as a whole', () => {
    expect(readEntries('U-1,单位,水务局').problems).toMatchObject([{ line: 1 }])
    expect(readEntries(head).problems).toMatchObject([{ line: 0 }])
    expect(readEntries('').problems).toMatchObject([{ line: 0 }])
  })

  test('those of the demo are whole', () => {
    const { entries, problems } = readEntries(readFileSync(directoryFile, 'utf8'))
    expect(problems).toEqual([])
    expect(entries.length).toBeGreaterThanOrEqual(30)
  })
})
