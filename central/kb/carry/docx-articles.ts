/**
 * The text of a Word document (ECMA-376-1, WordprocessingML): each heading begins an article, what follows is its text.
 * Nothing but paragraphs and their text is looked at: no entity, link or field of a document is ever followed.
 */
import { MOST_CARRIED } from '../../../shared/kb/article-life-carry.ts'
import type { ReadFile, ReadRow } from './read-row.ts'
import { unzipEntry } from './unzip.ts'

/** What the text of a document may unfold to, in bytes. */
const MOST_XML = 16 * 1024 * 1024
const BODY_LEVEL = 9

type Tag = { readonly name: string; readonly text: string; readonly isEnd: boolean }
/** Tags, and the text before each. One walk, whatever the document is. */
function* tagsOf(xml: string): Generator<{ readonly before: string; readonly tag: Tag }> {
  for (let at = 0; ;) {
    const from = xml.indexOf('<', at)
    const to = from < 0 ? -1 : xml.indexOf('>', from)
    if (to < 0) return
    const text = xml.slice(from + 1, to)
    const [, slash = '', name = ''] = /^(\/?)([\w:.-]+)/.exec(text) ?? []
    yield { before: xml.slice(at, from), tag: { name, text, isEnd: slash === '/' } }
    at = to + 1
  }
}

const valueOf = ({ text }: Tag, name: string): string | null => {
  const found = new RegExp(`${name}="([^"]*)"`).exec(text)
  return found?.[1] ?? null
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
/** The five entities of XML, and characters by their number. */
const plain = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )

/** The styles that are headings: by their name, or by the level that they give. */
function headingStyles(xml: string): Set<string> {
  const found = new Set<string>()
  let style: string | null = null
  for (const { tag } of tagsOf(xml)) {
    if (tag.name === 'w:style' && !tag.isEnd) style = valueOf(tag, 'w:styleId')
    const isName = tag.name === 'w:name' && /^(heading \d|标题 ?\d|title)$/i.test(valueOf(tag, 'w:val') ?? '')
    const isLevel = tag.name === 'w:outlineLvl' && Number(valueOf(tag, 'w:val')) < BODY_LEVEL
    if (style !== null && (isName || isLevel)) found.add(style)
  }
  return found
}

type Paragraph = { readonly text: string; readonly heading: boolean }
/** What of a paragraph is not a letter, and how it reads. */
const gaps: Readonly<Record<string, string>> = { 'w:tab': ' ', 'w:br': '\n', 'w:cr': '\n', 'w:noBreakHyphen': '-' }

function paragraphsOf(xml: string, styles: ReadonlySet<string>): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let text = ''
  let heading = false
  let within = false
  for (const { before, tag } of tagsOf(xml)) {
    if (within) text += plain(before)
    within = tag.name === 'w:t' && !tag.isEnd && !tag.text.endsWith('/')
    if (tag.name === 'w:pStyle') heading ||= styles.has(valueOf(tag, 'w:val') ?? '')
    if (tag.name === 'w:outlineLvl') heading ||= Number(valueOf(tag, 'w:val')) < BODY_LEVEL
    if (!tag.isEnd) text += gaps[tag.name] ?? ''
    if (tag.name === 'w:p' && (tag.isEnd || tag.text.endsWith('/'))) {
      paragraphs.push({ text: text.trim(), heading })
      text = ''
      heading = false
    }
  }
  return paragraphs
}

/** Reads a document; `validUntil` is until when what it says holds, for it does not say so itself. */
export function readDocxArticles(bytes: Uint8Array, validUntil: string): ReadFile {
  const document = unzipEntry(bytes, 'word/document.xml', MOST_XML)
  if (document === null) return { reason: 'format' }
  const styles = headingStyles(unzipEntry(bytes, 'word/styles.xml', MOST_XML)?.toString('utf8') ?? '')
  const rows: { title: string; lines: string[] }[] = []
  for (const { text, heading } of paragraphsOf(document.toString('utf8'), styles)) {
    if (heading && text !== '') rows.push({ title: text, lines: [] })
    else if (text !== '') rows.at(-1)?.lines.push(text)
  }
  if (rows.length === 0) return { reason: 'empty' }
  if (rows.length > MOST_CARRIED) return { reason: 'tooMany' }
  return {
    rows: rows.map(({ title, lines }, index): ReadRow => {
      return { row: index + 1, id: null, said: { title, body: lines.join('\n'), validUntil } }
    }),
  }
}
