/** What is said to a PGlite. Each statement is parsed once: its own `query` parses and plans the same text anew every time. */
import { messages, protocol, type PGlite } from '@electric-sql/pglite'
import type { Tx, Value } from './db.ts'

type Column = { readonly name: string; readonly read: (text: string) => unknown }
type Fields = readonly (string | null)[]
type Statement = { readonly name: string; readonly columns: readonly Column[] }

const { serialize } = protocol
const asText = (text: string) => text

/** `query` and `script` of this PGlite, for use in a transaction of its; rows and errors are as its own. */
export function speakTo(pglite: PGlite): Tx {
  const statements = new Map<string, Statement>()
  let named = 0

  /** Each exchange ends with a sync: after an error nothing else is heard. */
  const send = (...parts: Uint8Array[]) =>
    pglite.execProtocolStream(Buffer.concat([...parts, serialize.sync()]), { syncToFs: false })

  async function prepare(text: string): Promise<Statement> {
    // Never twice: of a statement that failed half-way the name may be taken.
    const name = `s${(named += 1)}`
    const answer = await send(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }))
    const fields = answer.find((one) => one instanceof messages.RowDescriptionMessage)?.fields ?? []
    const columns = fields.map((field) => {
      const read = pglite.parsers[field.dataTypeID]
      return {
        name: field.name,
        read: read === undefined ? asText : (value: string): unknown => read(value, field.dataTypeID),
      }
    })
    const statement = { name, columns }
    statements.set(text, statement)
    return statement
  }

  function toRow({ columns }: Statement, fields: Fields): Record<string, unknown> {
    const row: Record<string, unknown> = {}
    for (const [index, { name, read }] of columns.entries()) {
      const value = fields[index] ?? null
      row[name] = value === null ? null : read(value)
    }
    return row
  }

  // As PGlite's own: of several that are asked at once, each is answered whole.
  const ask = <Row>(text: string, params: readonly Value[], read: (fields: Fields, of: Statement) => Row) =>
    pglite.runExclusive(async () => {
      const statement = statements.get(text) ?? (await prepare(text))
      const values = params.map((value) => (value === null ? null : String(value)))
      const answer = await send(serialize.bind({ statement: statement.name, values }), serialize.execute({}))
      return answer.filter((one) => one instanceof messages.DataRowMessage).map(({ fields }) => read(fields, statement))
    })

  return {
    query: <Row>(text: string, params: readonly Value[] = []) =>
      ask(text, params, (fields, statement) => toRow(statement, fields) as Row),
    bytes: (text, params = []) =>
      ask(text, params, (fields) => fields.map((value) => (value === null ? null : Buffer.from(value)))),
    script: (text) =>
      pglite.runExclusive(
        async () => void (await pglite.execProtocolStream(serialize.query(text), { syncToFs: false })),
      ),
  }
}
