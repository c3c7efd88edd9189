/** A table as a workbook: what another program reads out of it. */
import { crc32, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { xlsx } from '../../central/cases/xlsx.ts'
import { zip } from '../../central/cases/zip.ts'

async function bytesOf(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

/** Reads an archive by its directory alone, as APPNOTE.TXT has it (4.3.12, 4.3.16). */
function unzip(archive: Buffer): Map<string, string> {
  const end = archive.length - 22
  expect(archive.readUInt32LE(end)).toBe(0x06054b50)
  const found = new Map<string, string>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50)
    const [crc, packed, size] = [16, 20, 24].map((place) => archive.readUInt32LE(at + place))
    const [nameLength, start] = [archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)]
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const data = start + 30 + archive.readUInt16LE(start + 26)
    const content = inflateRawSync(archive.subarray(data, data + (packed ?? 0)))
    expect([content.length, crc32(content)]).toEqual([size, crc])
    found.set(name, content.toString('utf8'))
    at += 46 + nameLength
  }
  expect(at).toBe(end)
  return found
}

async function* pagesOf(...pages: string[][][]): AsyncGenerator<string[][]> {
  for (const page of pages) yield await Promise.resolve(page)
}

const sheetOf = async (...pages: string[][][]) =>
  unzip(await bytesOf(xlsx('工单', pagesOf(...pages)))).get('xl/worksheets/sheet1.xml') ?? ''
const textsOf = (sheet: string) => [...sheet.matchAll(/<t [^>]*>([^<]*)<\/t>/g)].map(([, text]) => text)

describe('a workbook', () => {
  it('has each cell as an inline string: what looks like a formula is a text', async () => {
    const sheet = await sheetOf(
      [['工单号', '内容']],
      [
        ['JM1', '=cmd|calc'],
        ['JM2', '+1'],
        ['', '@a'],
      ],
    )
    expect(textsOf(sheet)).toEqual(['工单号', '内容', 'JM1', '=cmd|calc', 'JM2', '+1', '@a'])
    expect(sheet).not.toMatch(/<f[ >]|<v[ >]/)
    expect(sheet.match(/<row>/g)).toHaveLength(4)
  })

  it('says marks of XML as such, and leaves out what XML cannot hold', async () => {
    const sheet = await sheetOf([['<b>"A&B"</b>', 'x\u0000\u0007y\uFFFE', '\uD800z\u{20BB7}', 'two\nlines']])
    expect(textsOf(sheet)).toEqual(['&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;', 'xy', 'z\u{20BB7}', 'two\nlines'])
  })

  it('cuts a cell at what a spreadsheet takes', async () => {
    expect(textsOf(await sheetOf([['长'.repeat(40_000)]]))[0]).toHaveLength(32_767)
  })

  it('holds the parts that name each other', async () => {
    const parts = unzip(await bytesOf(xlsx('工单 & 表', pagesOf())))
    expect([...parts.keys()].toSorted()).toEqual([
      ...['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/workbook.xml'],
      'xl/worksheets/sheet1.xml',
    ])
    expect(parts.get('xl/workbook.xml')).toContain('name="工单 &amp; 表"')
  })

  it('comes while its rows are read, and breaks where they do', async () => {
    async function* broken() {
      yield 'a'.repeat(1_000_000)
      await Promise.resolve()
      throw new Error('the database went')
    }
    await expect(bytesOf(zip([{ name: 'a', text: broken() }]))).rejects.toThrow('the database went')
  })

  it('of many rows is as many', async () => {
    const page = Array.from({ length: 500 }, (_, n) => [`第 ${n} 件`, '楼下大排档噪音扰民'])
    const sheet = await sheetOf(...Array.from({ length: 20 }, () => page))
    expect(sheet.match(/<row>/g)).toHaveLength(10_000)
  })
})
