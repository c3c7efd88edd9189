import { fail, ok } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/ipc.ts'
import { loadReadings } from '../../shared/kb/initials.ts'
import type { Directory } from './db/directory.ts'

/** As many as the panel shows without scrolling. */
const HITS = 8

type Answered = 'directory.search' | 'directory.starred' | 'directory.star'

/** Whom an operator looks for, and whom she starred; `author` is who is signed in. */
export function createDirectoryCommands(
  directory: Directory,
  author: () => string | null,
): Pick<Handlers<'store'>, Answered> {
  return {
    'directory.search': async ({ query }) => {
      const by = author()
      if (by === null) return fail('notSignedIn')
      if (directory.isUnread()) directory.read(await loadReadings())
      return ok({ query, hits: directory.search(query.trim(), by, HITS) })
    },
    'directory.starred': () => {
      const by = author()
      return by === null ? fail('notSignedIn') : ok(directory.starred(by))
    },
    'directory.star': ({ id, starred }) => {
      const by = author()
      if (by === null) return fail('notSignedIn')
      directory.star(id, by, starred)
      return ok(null)
    },
  }
}
