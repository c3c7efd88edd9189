import { readFile } from 'node:fs/promises'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { beforeAll, vi } from 'vitest'
import { migrate } from '../../central/db/migrate.ts'
import { parsers, pgliteDb } from '../../central/db/pglite.ts'
import { dbContract } from './db-contract.ts'

vi.mock('../../central/people/hash-password.ts', () => import('./quick-hash.ts'))
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

/** Databases that were made once, for to make one takes five times as long as to copy it: a new one, and one that was brought up. */
let empty: Blob
let ready: Blob
/** What PGlite would read and compile anew for each of them. */
let compiled: Pick<PGliteOptions, 'pgliteWasmModule' | 'initdbWasmModule' | 'fsBundle'>
beforeAll(async () => {
  const part = (file: string) => readFile(new URL(file, import.meta.resolve('@electric-sql/pglite')))
  compiled = {
    pgliteWasmModule: await WebAssembly.compile(await part('pglite.wasm')),
    initdbWasmModule: await WebAssembly.compile(await part('initdb.wasm')),
    fsBundle: new Blob([await part('pglite.data')]),
  }
  const pglite = await PGlite.create({ parsers, ...compiled })
  // Of its 128 MB each of them would write all to begin with, and uses few.
  await pglite.exec(`alter system set shared_buffers = '8MB'`)
  empty = await pglite.dumpDataDir('none')
  await migrate(pgliteDb(pglite))
  ready = await pglite.dumpDataDir('none')
  await pglite.close()
})
const open = async (loadDataDir: Blob) => pgliteDb(await PGlite.create({ parsers, loadDataDir, ...compiled }))

dbContract(
  'PGlite',
  () => open(ready),
  () => open(empty),
)
