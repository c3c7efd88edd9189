import { tablesOf } from './desk-tables.ts'
import type { SimCentral } from './sim-central.ts'
import type { SimDesk } from './sim-desk.ts'

type Row = { storeId: string; status: string; since: number; connected: boolean }

/** Desks of which central does not say what their operators do, in words; none when all is well. */
export async function unknownStatuses({ db }: SimCentral, desks: readonly SimDesk[]): Promise<string[]> {
  const rows = await db.tx('owner', (sql) =>
    sql.query<Row>('select store_id as "storeId", status, since, connected from operator_status'),
  )
  return desks.flatMap((desk) => {
    const { index, status } = desk
    const ownId = tablesOf(desk).meta.get('storeId')
    const own = rows.filter(({ storeId, connected }) => connected && storeId === ownId)
    const isKnown = own.length === 1 && own.every((row) => row.status === status?.status && row.since === status.since)
    return isKnown
      ? []
      : [`who is here is known: desk ${index} says ${JSON.stringify(status)}, central ${JSON.stringify(own)}`]
  })
}
