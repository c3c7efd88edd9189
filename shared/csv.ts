/** Tables as spreadsheets open them: CSV by RFC 4180, with cells that no spreadsheet takes for a formula. */

/** Says to a spreadsheet that what follows is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

/**
 * What a spreadsheet takes for a formula, or for the end of the cell before it, by its first character; spaces before
 * it change nothing. Source: OWASP, CSV Injection.
 */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/

/** A cell; an apostrophe keeps what looks like a formula a text. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of cells with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
