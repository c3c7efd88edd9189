import { saidTables } from '../../../shared/tables/publish-right.ts'
import { TableList } from '../tables/table-list.tsx'

/** What is said to citizens: the courtesy script, and the lists of words beside it. */
export function ScriptView({ item }: { readonly item: string | null }) {
  return <TableList view="script" names={saidTables} item={item} />
}
