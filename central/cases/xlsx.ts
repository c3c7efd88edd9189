/**
 * A table as a workbook (ECMA-376, part 1: SpreadsheetML), row by row. Each cell is an inline string, so nothing in
 * it is ever a formula, whatever it begins with.
 */
import { zip } from './zip.ts'

/** A sheet has no more rows (ECMA-376's limit in Excel), and a cell no more characters. */
export const MOST_ROWS = 1_048_576
const MOST_CHARS = 32_767

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`
const relation = (type: string, target: string) =>
  `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`
const workbook = (name: string) =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML 1.0 cannot hold are left out (section 2.2); half of a pair is one, too. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => named[sign] ?? sign)
}

function rowXml(cells: readonly string[]): string {
  const shown = cells.map((text) => {
    if (text === '') return '<c/>'
    return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, MOST_CHARS))}</t></is></c>`
  })
  return `<row>${shown.join('')}</row>`
}

async function* sheetXml(pages: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
  let rows = 0
  for await (const page of pages) {
    rows += page.length
    if (rows > MOST_ROWS) throw new Error('a sheet of more rows than it can have')
    yield page.map(rowXml).join('')
  }
  yield '</sheetData></worksheet>'
}

/** The bytes of a workbook of one sheet; `pages` are its rows, the first one its heads, which stay in sight. */
export function xlsx(name: string, pages: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<Buffer> {
  return zip([
    { name: '[Content_Types].xml', text: [contentTypes] },
    { name: '_rels/.rels', text: [relation('officeDocument', 'xl/workbook.xml')] },
    { name: 'xl/workbook.xml', text: [workbook(name)] },
    { name: 'xl/_rels/workbook.xml.rels', text: [relation('worksheet', 'worksheets/sheet1.xml')] },
    { name: 'xl/worksheets/sheet1.xml', text: sheetXml(pages) },
  ])
}
