/** The database of a centre that is ready for its first desk: made once, kept in a file, and loaded by each process that plays. */
import { readFile, writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { hash } from '@node-rs/argon2'
import { migrate } from '../../central/db/migrate.ts'
import { parsers, pgliteDb } from '../../central/db/pglite.ts'
import { hashEnrolmentCode } from '../../central/devices/enrolment-code.ts'
import { seedDemoEnrolment } from '../../central/devices/service.ts'
import { insertEnrolment } from '../../central/devices/sql.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { seedDemoPeople } from '../../central/people/service.ts'

/** Codes that enrol a desk with a team. */
export const teamCodes = new Map([
  ['TEAMA-DESK2', 'A'],
  ['TEAMB-DESK2', 'B'],
])
/** A hash names its own cost, and central compares by that: who tries no password needs none that is slow to try. */
const QUICK = { memoryCost: 8, timeCost: 1, parallelism: 1 }

/** Such a database, in memory, as `prepareCentral` has made it in this file. */
export async function loadCentral(file: string): Promise<PGlite> {
  const pglite = await PGlite.create({ parsers, loadDataDir: new Blob([await readFile(file)]) })
  // Planning takes longer here than what is planned: with few rows no value of a parameter is worth a plan of its own.
  await pglite.exec('set plan_cache_mode = force_generic_plan')
  return pglite
}

/** Makes such a database and writes it into this file. */
export async function prepareCentral(file: string): Promise<void> {
  const pglite = await PGlite.create({ parsers })
  const db = pgliteDb(pglite)
  await migrate(db)
  await seedDemoPeople(db, { now: Date.now })
  await seedDemoEnrolment(db)
  const quick = await hash(DEMO_PASSWORD, QUICK)
  await db.tx('owner', (sql) => sql.query('update staff set password_hash = $1::text', [quick]))
  for (const [code, team] of teamCodes) {
    const codeHash = await hashEnrolmentCode(code)
    const enrolment = { codeHash, name: team, team, expiresAt: Number.MAX_SAFE_INTEGER, reusable: true }
    await db.tx('sanxin_people', (sql) => insertEnrolment(sql, enrolment))
  }
  const dump = await pglite.dumpDataDir('none')
  await writeFile(file, dump.stream())
  await pglite.close()
}
