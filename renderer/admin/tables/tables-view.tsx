import { publishRight } from '../../../shared/tables/publish-right.ts'
import { tableNames } from '../../../shared/tables/tables.ts'
import { TableList } from './table-list.tsx'

const names = tableNames.filter((name) => publishRight(name) === 'tables.edit')

/** The rule tables by which cases go; what others publish, too, has views of its own. */
export function TablesView({ item }: { readonly item: string | null }) {
  return <TableList view="tables" names={names} item={item} />
}
