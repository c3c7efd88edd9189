/** Before the tests of the pages: a database with the units, of which each file has a copy. */
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { hashPassword } from '../../central/people/hash-password.ts'
import { insertStaff } from '../../central/people/sql.ts'
import { createDatabase } from '../central/support/drill-central.ts'
import { startCentral } from '../contract/db-fixture.ts'
import { startPostgres } from '../contract/postgres-server.ts'
import { PORTAL_DATABASE } from './fixture.ts'
import { people, units } from './units.ts'

export default async function prepare(): Promise<() => Promise<void>> {
  // No machine dies here: nothing waits for the disk.
  const server = await startPostgres(null, { settings: ['fsync=off'] })
  const url = await createDatabase(server, 'portal')
  const db = openPostgres(url)
  const central = await startCentral(db)
  await addUnits(db)
  await central.app.close()
  await db.close()
  // The workers are started after this, and have it from here.
  process.env[PORTAL_DATABASE] = url
  return async () => {
    delete process.env[PORTAL_DATABASE]
    await server.stop()
  }
}

async function addUnits(db: Db): Promise<void> {
  const numbers = [{ number: '3500201', words: '' }]
  await publishDirectory(
    db,
    units.map((unit) => ({ ...unit, kind: 'unit', numbers, hours: '' })),
    false,
  )
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await db.tx('sanxin_people', async (sql) => {
    for (const { staffNo, name, unit } of people)
      await insertStaff(sql, { staffNo, name, role: 'unitMember', unit, passwordHash, totpSecret: null, line: null })
  })
}
