import type { Tx, Value } from '../../central/db/db.ts'

/** The database's plans of all that `run` asks, as text; `run` is answered as ever. */
export async function plansOf(sql: Tx, run: (explained: Tx) => Promise<unknown>): Promise<string> {
  const rows: object[] = []
  await run({
    ...sql,
    query: async <Row>(text: string, params?: readonly Value[]) => {
      rows.push(...(await sql.query<object>(`explain ${text}`, params)))
      return sql.query<Row>(text, params)
    },
  })
  return JSON.stringify(rows)
}
