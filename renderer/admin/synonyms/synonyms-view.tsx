import { TableList } from '../tables/table-list.tsx'

/** Which words mean the same: one table, which is open at once. */
export function SynonymsView({ item }: { readonly item: string | null }) {
  return <TableList view="synonyms" names={['synonyms']} item={item ?? 'synonyms'} />
}
