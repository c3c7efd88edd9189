/** Before the tests of the pages: a database with the units, of which each file has a copy, and the browser that they share. */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { copyDatabase } from '../../build/stack/loaded-demo.ts'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { publishDirectory } from '../../central/directory/service.ts'
import { DEMO_PASSWORD } from '../../central/people/demo.ts'
import { hashPassword } from '../../central/people/hash-password.ts'
import { insertStaff } from '../../central/people/sql.ts'
import { startCentral } from '../contract/db-fixture.ts'
import { startPostgres } from '../contract/postgres-server.ts'
import { PORTAL_BROWSER, PORTAL_DATABASE } from './fixture.ts'
import { people, units } from './units.ts'

export default async function prepare(): Promise<() => Promise<void>> {
  // No machine dies here: nothing waits for the disk.
  const server = await startPostgres(null, { settings: ['fsync=off'] })
  const url = await copyDatabase(new URL('/template1', server.url).href)
  const db = openPostgres(url)
  const central = await startCentral(db)
  await addUnits(db)
  await central.app.close()
  await db.close()
  const browser = await launchBrowser()
  // The workers are started after this, and have it from here.
  Object.assign(process.env, { [PORTAL_DATABASE]: url, [PORTAL_BROWSER]: browser.wsEndpoint() })
  return async () => {
    await browser.close()
    await server.stop()
  }
}

/** Chromium as the bootstrap found it. */
function launchBrowser() {
  const executablePath = process.env['SANXIN_CHROMIUM'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error(`Chromium is missing (${executablePath})`)
  return chromium.launchServer({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
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
