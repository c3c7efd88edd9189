import { PGlite } from '@electric-sql/pglite'
import { beforeAll, vi } from 'vitest'
import { migrate } from '../../central/db/migrate.ts'
import { parsers, pgliteDb } from '../../central/db/pglite.ts'
import { dbContract } from './db-contract.ts'

vi.mock('../../central/people/hash-password.ts', () => import('./quick-hash.ts'))
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

/** Databases that were made once, for to make one takes five times as long as to copy it: a new one, and one that was brought up. */
let empty: Blob
let ready: Blob
beforeAll(async () => {
  const pglite = await PGlite.create({ parsers })
  empty = await pglite.dumpDataDir('none')
  await migrate(pgliteDb(pglite))
  ready = await pglite.dumpDataDir('none')
  await pglite.close()
})
const open = async (loadDataDir: Blob) => pgliteDb(await PGlite.create({ parsers, loadDataDir }))

dbContract(
  'PGlite',
  () => open(ready),
  () => open(empty),
)
