/**
 * Before the tests of PostgreSQL: a cluster with two databases is made once, `ready` (migrated) and `demo` (with the
 * demo that a node has loaded), whose folder each server of a test begins as a copy of.
 */
import { startCentral } from '../../build/stack/stack.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { createDatabase } from '../central/support/drill-central.ts'
import { PREPARED_POSTGRES, startPostgres } from '../contract/postgres-server.ts'

export default async function preparePostgres(): Promise<() => void> {
  const server = await startPostgres()
  const db = openPostgres(await createDatabase(server, 'ready'), { connections: 1 })
  await migrate(db)
  await db.close()
  const { child } = await startCentral({ databaseUrl: await createDatabase(server, 'demo', 'ready') })
  await child.stop()
  const { folder, remove } = await server.leave()
  // The workers are started after this, and have it from here.
  process.env[PREPARED_POSTGRES] = folder
  return () => {
    delete process.env[PREPARED_POSTGRES]
    remove()
  }
}
