/**
 * Before the tests of a run that start central by the dozen: its demo is loaded once, into a database that they copy. Of
 * the articles it has a tenth: each fresh desk fetches and indexes all that are there. Who needs them all loads them.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LOADED_DEMO } from '../../build/stack/loaded-demo.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { articlesFolder } from '../../central/kb/seed.ts'
import { seedDemo } from '../../central/seed-demo.ts'
import { createDatabase } from '../central/support/drill-central.ts'
import { startPostgres } from '../contract/postgres-server.ts'

const isWanted = (name: string) => name.startsWith('bus-lines')

function someArticles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanxin-articles-'))
  for (const name of readdirSync(articlesFolder).filter(isWanted))
    cpSync(join(articlesFolder, name), join(folder, name))
  return folder
}

export default async function loadDemo(): Promise<() => Promise<void>> {
  // With fsync: a node does not work on a server without (D20).
  const server = await startPostgres()
  const databaseUrl = await createDatabase(server, 'demo')
  const db = openPostgres(databaseUrl)
  await migrate(db)
  const articles = someArticles()
  await seedDemo(db, { now: () => Date.now() }, () => undefined, articles)
  rmSync(articles, { recursive: true })
  // What is copied has nobody connected.
  await db.close()
  // The workers are started after this, and have it from here.
  process.env[LOADED_DEMO] = databaseUrl
  return async () => {
    delete process.env[LOADED_DEMO]
    await server.stop()
  }
}
