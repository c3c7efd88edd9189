import { expect } from 'vitest'
import { openStore } from '../../electron/store/open.ts'

/** What of these acknowledgements does not stand in the file, which must be whole. */
export async function missing(dir: string, heard: readonly string[]): Promise<string[]> {
  const { db, putAside } = await openStore({ dir, nativeBinding: null, now: 1 })
  try {
    expect(putAside).toBeNull()
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const of = (sql: string) => db.prepare<[string], { n: number }>(sql)
    const draft = of('SELECT count(*) AS n FROM drafts WHERE case_id = ?')
    const opened = of(
      `SELECT count(*) AS n FROM outbox WHERE case_id = ? AND mutation ->> '$.body.command.type' = 'case.open'`,
    )
    const shown = of('SELECT count(*) AS n FROM cases WHERE case_id = ?')
    const fact = of(
      `SELECT count(*) AS n FROM outbox WHERE mutation ->> '$.body.fact.callId' = ? AND mutation ->> '$.body.fact.kind' = 'offered'`,
    )
    const call = of('SELECT count(*) AS n FROM calls WHERE call_id = ?')
    const stands: Record<string, (id: string) => boolean> = {
      ready: () => true,
      draft: (id) => draft.get(id)?.n === 1,
      case: (id) => opened.get(id)?.n === 1 && shown.get(id)?.n === 1,
      fact: (id) => fact.get(id)?.n === 1 && call.get(id)?.n === 1,
    }
    return heard.filter((line) => {
      const [kind = '', id = ''] = line.split(' ')
      return stands[kind]?.(id) !== true
    })
  } finally {
    db.close()
  }
}
