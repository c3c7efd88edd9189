/**
 * Central's demo as a test run has loaded it once, into a database of PostgreSQL's. Migrations, articles and the
 * passwords of its people cost each new central some seconds of a processor; a copy costs a tenth of one.
 */
import { randomUUID } from 'node:crypto'
import { must } from '../../shared/errors.ts'

/** The variable that names the loaded database by its URL; not set where none is loaded (benches, `npm start`). */
export const LOADED_DEMO = 'SANXIN_LOADED_DEMO'

/** Says something to the server of a database, as who may make and drop databases there. */
async function tell(url: string, command: string): Promise<void> {
  // A start without a loaded demo does not wait for it.
  const { default: postgres } = await import('postgres')
  const admin = postgres(new URL('/postgres', url).href, { max: 1, onnotice: () => undefined })
  try {
    await admin.unsafe(command)
  } finally {
    await admin.end()
  }
}

const nameOf = (url: string) => `"${new URL(url).pathname.slice(1)}"`

/** Copies a database, to which nobody is connected, within its server; answers the copy's URL. */
export async function copyDatabase(url: string): Promise<string> {
  const copy = new URL(`/copy-${randomUUID()}`, url).href
  await tell(url, `create database ${nameOf(copy)} template ${nameOf(url)}`)
  return copy
}

/** Drops a database, whoever is connected to it. */
export const dropDatabase = (url: string) => tell(url, `drop database ${nameOf(url)} with (force)`)

/** A database with the loaded demo, for one centre; throws where none is loaded. */
export async function freshDemo(): Promise<string> {
  return copyDatabase(must(process.env[LOADED_DEMO], LOADED_DEMO))
}
