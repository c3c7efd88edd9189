/** The tables of the articles that come with the program. */
import { readFileSync, readdirSync } from 'node:fs'
import type { SheetArticle } from '../../shared/kb/sheet-book.ts'
import { sheetsSchema } from '../../shared/kb/sheet.ts'

const folder = new URL('../../central/seed/articles/', import.meta.url)

type Raw = Omit<SheetArticle, 'sheets'> & { readonly sheets?: unknown }

export const seededSheets: readonly SheetArticle[] = readdirSync(folder)
  .flatMap((file) => (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { articles: Raw[] }).articles)
  .flatMap(({ sheets, ...article }) =>
    sheets === undefined ? [] : [{ ...article, sheets: sheetsSchema.parse(sheets) }],
  )
  .toSorted((a, b) => (a.id < b.id ? -1 : 1))
