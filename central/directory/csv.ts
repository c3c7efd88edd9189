/** A table as spreadsheets write it: RFC 4180, with a comma or a tab between the cells. */

export type Row = { readonly line: number; readonly cells: readonly string[] }

/** The rows that hold anything, each with the line that it begins in, counted from 1. */
export function readCsv(text: string): Row[] {
  const separator = (text.split('\n', 1)[0] ?? '').includes('\t') ? '\t' : ','
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  // Whether the cell holds spaces alone so far: to look at all of it with each quote would take for ever.
  let blank = true
  let quoted = false
  let line = 1
  let begun = 1
  const endRow = () => {
    cells.push(cell)
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begun, cells: cells.map((one) => one.trim()) })
    cells = []
    cell = ''
    blank = true
    begun = line
  }
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '\n') line += 1
    if (quoted) {
      if (char !== '"') cell += char
      else if (text.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (char === '"' && blank) {
      cell = ''
      blank = false
      quoted = true
    } else if (char === separator) {
      cells.push(cell)
      cell = ''
      blank = true
    } else if (char === '\n') endRow()
    else if (char !== '\r') {
      cell += char
      blank &&= char.trim() === ''
    }
  }
  endRow()
  return rows
}

export type Encoding = 'utf-8' | 'gb18030'

/**
 * The text of a file, and how it was read: as UTF-8 where it is that to the last byte, else as GB18030, in which
 * spreadsheets here save. Null where it is neither. A short file may be both: say which was taken.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } | null {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
    } catch {
      // Not in this one.
    }
  }
  return null
}
