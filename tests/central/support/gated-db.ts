/** A database that can be made slow at one place. */
import type { Db } from '../../../central/db/db.ts'

/**
 * A database whose statements that contain `text` wait while the gate is shut, as a slow one would; or, where `at` says
 * so, whose transactions that made such a statement wait before they commit.
 */
export function gated(db: Db, text: string, at: 'statement' | 'commit' = 'statement') {
  let gate: PromiseWithResolvers<void> | null = null
  let reached = Promise.withResolvers<void>()
  const pass = async () => {
    if (gate === null) return
    reached.resolve()
    await gate.promise
  }
  const wrapped: Db = {
    ...db,
    tx: (role, fn, actor) =>
      db.tx(
        role,
        async (sql) => {
          let isMade = false
          const meet = async (query: string) => {
            isMade ||= query.includes(text)
            if (at === 'statement' && query.includes(text)) await pass()
          }
          const done = await fn({
            ...sql,
            query: async (query, params) => {
              await meet(query)
              return sql.query(query, params)
            },
            bytes: async (query, params) => {
              await meet(query)
              return sql.bytes(query, params)
            },
          })
          if (at === 'commit' && isMade) await pass()
          return done
        },
        actor,
      ),
  }
  return {
    db: wrapped,
    /** Resolves when a statement stands before it. */
    shut: () => {
      gate = Promise.withResolvers<void>()
      reached = Promise.withResolvers<void>()
      return reached.promise
    },
    open: () => {
      gate?.resolve()
      gate = null
    },
  }
}
