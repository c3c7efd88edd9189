import type { Flaw } from '../../../shared/tables/flaw.ts'
import type { TableBodies, TableName } from '../../../shared/tables/tables.ts'

export type EditorProps<N extends TableName> = {
  readonly body: TableBodies[N]
  readonly flaws: readonly Flaw[]
  readonly onChange: (body: TableBodies[N]) => void
}
