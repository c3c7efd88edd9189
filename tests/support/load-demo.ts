/** Before the tests of a run that start central by the dozen: its demo is loaded once, into a database that they copy. */
import { LOADED_DEMO } from '../../build/stack/loaded-demo.ts'
import { startCentral } from '../../build/stack/stack.ts'
import { createDatabase } from '../central/support/drill-central.ts'
import { startPostgres } from '../contract/postgres-server.ts'

export default async function loadDemo(): Promise<() => Promise<void>> {
  // With fsync: a node does not work on a server without (D20).
  const server = await startPostgres()
  const databaseUrl = await createDatabase(server, 'demo')
  const { child } = await startCentral({ databaseUrl })
  await child.stop()
  // The workers are started after this, and have it from here.
  process.env[LOADED_DEMO] = databaseUrl
  return async () => {
    delete process.env[LOADED_DEMO]
    await server.stop()
  }
}
