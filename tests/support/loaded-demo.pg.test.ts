import postgres from 'postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { copyDatabase, freshDemo, LOADED_DEMO } from '../../build/stack/loaded-demo.ts'
import { startPostgres } from '../contract/postgres-server.ts'

test('each centre has a copy of the loaded demo to itself; without one that is said', async () => {
  const server = await startPostgres()
  onTestFinished(() => server.stop())
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv(LOADED_DEMO, undefined)
  await expect(async () => freshDemo()).rejects.toThrow(LOADED_DEMO)
  const loaded = await copyDatabase(new URL('/template1', server.url).href)
  const run = async (url: string, text: string) => {
    const sql = postgres(url, { max: 1 })
    const rows = await sql.unsafe(text)
    await sql.end()
    return rows.map((row) => ({ ...row }))
  }
  await run(loaded, `create table articles as select 'demo' as words`)
  vi.stubEnv(LOADED_DEMO, loaded)
  const [one, other] = [await freshDemo(), await freshDemo()]
  await run(one, `update articles set words = 'changed'`)
  expect(await run(other, 'select words from articles')).toEqual([{ words: 'demo' }])
  expect(await run(loaded, 'select words from articles')).toEqual([{ words: 'demo' }])
})
