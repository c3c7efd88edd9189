/** What the desk asks of the articles, what it is told of those that it uses, and what it tells the editors. */
import { chinaDay } from '../../shared/china-day.ts'
import { fail, ok } from '../../shared/errors.ts'
import { anywhere, type SearchAnswer, type SearchScope } from '../../shared/kb/hit.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Ids } from '../../shared/ports.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import type { Calls } from './db/calls.ts'
import type { Drafts } from './db/drafts.ts'
import { createKbSuggestions } from './kb-suggestions.ts'
import { createKbNotes } from './kb-notes.ts'
import type { SheetAnswers } from './sheet-answers.ts'
import type { ReplicaTables } from './sync/replica.ts'
import type { SignedIn } from './sync/sync-engine.ts'

type Deps = {
  readonly tables: ReplicaTables
  readonly sheets: SheetAnswers
  readonly calls: Pick<Calls, 'numberOf'>
  readonly drafts: Pick<Drafts, 'find'>
  readonly rules: () => CaseRules
  readonly who: () => SignedIn | null
  readonly ids: Ids
  readonly now: () => number
  /** Central changed articles that this desk had. */
  readonly changed: () => void
  /** There is something to send. */
  readonly kick: () => void
}

type Name = 'kb.search' | keyof typeof import('../../shared/ipc/knowledge.ts').knowledgeCommands

export type KbCommands = {
  readonly handlers: Pick<Handlers<'store'>, Name>
  /** Tells the desk where articles changed since the last time. */
  tell(): void
}

const SEARCH_HITS = 8

export function createKbCommands(deps: Deps): KbCommands {
  const { tables, sheets, who, now, changed, kick } = deps
  const { articles, cases, versions, kbWords: words } = tables
  const notes = createKbNotes(deps)
  const suggest = createKbSuggestions({ articles, cases, rules: deps.rules, now })
  let told = versions.changes()

  /** The articles stay what they are; above them stands what tables answer, and each brings its own. */
  function withSheets(answer: SearchAnswer, scope: SearchScope, at: number): SearchAnswer {
    const hits = answer.hits.map((hit) => {
      const own = sheets.of(hit.id)
      return own.length === 0 ? hit : { ...hit, sheets: [...own] }
    })
    return { ...answer, hits, sheet: sheets.answer(answer.query, at, scope) }
  }

  return {
    handlers: {
      'kb.search': ({ query, scope = anywhere }) =>
        ok(withSheets(articles.search(query, SEARCH_HITS, chinaDay(now()), scope), scope, now())),
      'kb.suggest': (query) => ok(suggest(query)),
      'kb.news': ({ used }) => ok(versions.news(used, chinaDay(now()))),
      'kb.wrongWords': ({ articleId }) => {
        const author = who()
        return author === null ? fail('notSignedIn') : ok(words.get(articleId, author.staffNo))
      },
      'kb.keepWrong': ({ articleId, author, words: said }) => {
        words.keep(articleId, author, said, now())
        return ok(null)
      },
      'kb.wrong': (said) => {
        const author = who()
        if (author === null) return fail('notSignedIn')
        const saved = notes.wrong(said, author)
        if (saved.ok) kick()
        return saved
      },
      'kb.gap': ({ query, callId }) => {
        const author = who()
        if (author === null) return fail('notSignedIn')
        if (notes.gap(query, callId, author)) kick()
        return ok(null)
      },
    },
    tell: () => {
      if (told === versions.changes()) return
      told = versions.changes()
      changed()
    },
  }
}
