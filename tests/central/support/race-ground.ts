/** PostgreSQL for a file of tests, and nodes of central on databases of their own. */
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { AppDeps } from '../../../central/app.ts'
import type { Db } from '../../../central/db/db.ts'
import * as given from '../../contract/db-fixture.ts'
import { startPostgres, type PostgresServer } from '../../contract/postgres-server.ts'
import { createDatabase } from './drill-central.ts'

let server: PostgresServer
let made = 0
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** The URL of a migrated database. */
export async function newDatabase(): Promise<string> {
  made += 1
  return createDatabase(server, `races_${made}`, 'ready')
}

/** A node that ends with the test, and its database with it. */
export async function startNode(db: Db, more: Partial<AppDeps> = {}): Promise<given.Central> {
  const central = await given.startCentral(db, more)
  onTestFinished(async () => {
    await central.app.close()
    await db.close()
  })
  return central
}
