/** What the tables of the articles answer at this desk, central or none. */
import type { SearchScope } from '../../shared/kb/hit.ts'
import { loadInitials, type InitialsOf } from '../../shared/kb/initials.ts'
import type { SheetAnswer } from '../../shared/kb/sheet-answer.ts'
import { createSheetBook, type SheetBook } from '../../shared/kb/sheet-book.ts'
import type { Sheet } from '../../shared/kb/sheet.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import type { SheetArticles } from './db/sheet-articles.ts'

export type SheetAnswers = {
  /** The answer to a query at a moment in ms, from within a scope; null where no table answers it. */
  answer(query: string, at: number, scope: SearchScope): SheetAnswer | null
  /** The tables of an article. */
  of(id: string): readonly Sheet[]
}

/** The book is read when it is first asked, and again after one of its articles changed. */
export function createSheetAnswers(articles: SheetArticles, rules: () => CaseRules): SheetAnswers {
  let book: { readonly at: number; readonly pages: SheetBook } | null = null
  // How words sound helps with a wrong character; till the dictionary is there it goes without.
  let initialsOf: InitialsOf | null = null
  let asked = false

  function current(): SheetBook {
    const at = articles.changes()
    if (book?.at !== at) book = { at, pages: createSheetBook(articles.all()) }
    return book.pages
  }

  async function learnSounds(): Promise<void> {
    asked = true
    initialsOf = await loadInitials()
  }

  return {
    answer(query, at, scope) {
      if (!asked) void learnSounds()
      return current().answer(query, { at, days: rules().deadlines.days, initialsOf, scope })
    },
    of: articles.of,
  }
}
