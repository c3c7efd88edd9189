/** What the desk asks of the articles, and what it is told of those that it uses. */
import { chinaDay } from '../../shared/china-day.ts'
import { ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { ReplicaTables } from './sync/replica.ts'

type Deps = {
  readonly tables: Pick<ReplicaTables, 'articles' | 'versions'>
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

export function createKbCommands({ tables: { articles, versions }, now, changed }: Deps): KbCommands {
  let told = versions.changes()
  return {
    handlers: {
      'kb.search': ({ query }) => ok(articles.search(query, SEARCH_HITS, chinaDay(now()))),
      'kb.news': ({ used }) => ok(versions.news(used, chinaDay(now()))),
    },
    tell: () => {
      if (told === versions.changes()) return
      told = versions.changes()
      changed()
    },
  }
}
