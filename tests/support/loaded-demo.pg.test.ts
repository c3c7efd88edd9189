import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import postgres from 'postgres'
import { freshDemo, LOADED_DEMO } from '../../build/stack/loaded-demo.ts'
import { startCentral } from '../../build/stack/stack.ts'
import { createDatabase } from '../central/support/drill-central.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'

let server: PostgresServer
let loaded: string
beforeAll(async () => {
  server = await startPostgres()
  loaded = await createDatabase(server, 'words', 'ready')
  await run(loaded, `create table words as select 'demo' as word`)
})
afterAll(() => server.stop())
afterEach(() => void vi.unstubAllEnvs())

async function run(url: string, text: string): Promise<object[]> {
  const sql = postgres(url, { max: 1 })
  const rows = await sql.unsafe(text)
  await sql.end()
  return rows.map((row) => ({ ...row }))
}
const copies = () => run(server.url, `select datname from pg_database where datname like 'copy-%'`)

test('each copy of the loaded demo is its own; without a demo that is said', async () => {
  vi.stubEnv(LOADED_DEMO, undefined)
  await expect(freshDemo()).rejects.toThrow(LOADED_DEMO)
  vi.stubEnv(LOADED_DEMO, loaded)
  const [one, other] = [await freshDemo(), await freshDemo()]
  await run(one, `update words set word = 'changed'`)
  expect(await run(other, 'select word from words')).toEqual([{ word: 'demo' }])
  expect(await run(loaded, 'select word from words')).toEqual([{ word: 'demo' }])
  for (const url of [one, other]) await run(server.url, `drop database "${new URL(url).pathname.slice(1)}"`)
})

test('a central has such a copy, which goes with it, unless it is told where its data is', async () => {
  vi.stubEnv(LOADED_DEMO, loaded)
  const placed = await startCentral({ databaseUrl: await createDatabase(server, 'own', 'demo') })
  expect(await copies()).toEqual([])
  await placed.child.stop()
  const central = await startCentral({})
  expect(await copies()).toHaveLength(1)
  await central.child.stop()
  await expect.poll(copies).toEqual([])
})
