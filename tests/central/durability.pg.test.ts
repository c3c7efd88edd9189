/** A node says saved only where the database's commits are on its disk, and says whom they wait for. */
import { expect, onTestFinished, test } from 'vitest'
import { startCentral } from '../../build/stack/stack.ts'
import { checkDurability } from '../../central/db/durability.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { startPostgres } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'

async function started(...settings: string[]): Promise<string> {
  const server = await startPostgres(null, { settings })
  onTestFinished(() => server.stop())
  return createDatabase(server)
}

for (const setting of ['fsync', 'synchronous_commit'])
  test(`D20 a node does not start where ${setting} is off`, async () => {
    const databaseUrl = await started(`${setting}=off`)
    await expect(startCentral({ databaseUrl })).rejects.toThrow(`${setting}=off`)
  })

test('D20 what a commit waits for is told', async () => {
  const db = openPostgres(await started('synchronous_standby_names=db2', 'synchronous_commit=local'), {
    connections: 1,
  })
  onTestFinished(() => db.close())
  expect(await checkDurability(db)).toEqual({ fsync: 'on', synchronousCommit: 'local', waitsFor: 'db2' })
})
