/** What the desk asks of the articles, and what it is told of those that it uses. */
import { chinaDay } from '../../shared/china-day.ts'
import { ok } from '../../shared/errors.ts'
import type { SearchAnswer } from '../../shared/kb/hit.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { SheetAnswers } from './sheet-answers.ts'
import type { ReplicaTables } from './sync/replica.ts'

type Deps = {
  readonly tables: Pick<ReplicaTables, 'articles' | 'versions'>
  readonly sheets: SheetAnswers
  readonly now: () => number
  /** Central changed articles that this desk had. */
  readonly changed: () => void
}

export type KbCommands = {
  readonly handlers: Pick<Handlers<'store'>, 'kb.search' | 'kb.news'>
  /** Tells the desk where articles changed since the last time. */
  tell(): void
}

const SEARCH_HITS = 8

export function createKbCommands({ tables: { articles, versions }, sheets, now, changed }: Deps): KbCommands {
  let told = versions.changes()

  /** The articles stay what they are; above them stands what tables answer, and each brings its own. */
  function withSheets(answer: SearchAnswer, at: number): SearchAnswer {
    const hits = answer.hits.map((hit) => {
      const own = sheets.of(hit.id)
      return own.length === 0 ? hit : { ...hit, sheets: [...own] }
    })
    return { ...answer, hits, sheet: sheets.answer(answer.query, at) }
  }

  return {
    handlers: {
      'kb.search': ({ query }) => ok(withSheets(articles.search(query, SEARCH_HITS, chinaDay(now())), now())),
      'kb.news': ({ used }) => ok(versions.news(used, chinaDay(now()))),
    },
    tell: () => {
      if (told === versions.changes()) return
      told = versions.changes()
      changed()
    },
  }
}
