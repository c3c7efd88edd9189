/**
 * Central's demo as a test run has loaded it once, into a database of PostgreSQL's. Migrations, articles and the passwords
 * of its people cost each new central some seconds of a processor; a copy costs none.
 */
import postgres from 'postgres'
import { must } from '../../shared/errors.ts'

/** The variable that names the loaded database by its URL, for who may copy it; not set where nobody has loaded one (benches, `npm start`). */
export const LOADED_DEMO = 'SANXIN_LOADED_DEMO'

let made = 0

/** Copies a database within its server, under a name that this process has not given before; answers the copy's URL. */
export async function copyDatabase(url: string): Promise<string> {
  const from = new URL(url).pathname.slice(1)
  const to = `${from}_${process.pid}_${(made += 1)}`
  const admin = postgres(new URL('/postgres', url).href, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(to)} template ${admin(from)}`
  await admin.end()
  return new URL(`/${to}`, url).href
}

/** A database with the loaded demo, for one centre; throws where none is loaded. */
export function freshDemo(): Promise<string> {
  return copyDatabase(must(process.env[LOADED_DEMO], LOADED_DEMO))
}
