/** The database of a centre that is ready for its first desk: made once, and copied for each run of worlds. */
import { PGlite } from '@electric-sql/pglite'
import { hash } from '@node-rs/argon2'
import { readFile, writeFile } from 'node:fs/promises'
import type { Db } from '../../central/db/db.ts'
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

/** Writes such a database into `file`; 40 MB. */
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
  await writeFile(file, Buffer.from(await dump.arrayBuffer()))
  await db.close()
}

/** Opens a copy of it, in memory. */
export async function openCopy(file: string): Promise<Db> {
  return pgliteDb(await PGlite.create({ parsers, loadDataDir: new Blob([await readFile(file)]) }))
}
