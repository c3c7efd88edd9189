import { isSaidTable } from '../../../shared/tables/publish-right.ts'
import { tableNames } from '../../../shared/tables/tables.ts'
import { TableList } from './table-list.tsx'

const names = tableNames.filter((name) => !isSaidTable(name))

/** The rule tables by which cases go; what is said to citizens has a view of its own. */
export function TablesView({ item }: { readonly item: string | null }) {
  return <TableList view="tables" names={names} item={item} />
}
