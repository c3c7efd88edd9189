import { vi } from 'vitest'
import { openPglite } from '../../central/db/pglite.ts'
import { dbContract } from './db-contract.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

dbContract('PGlite', () => openPglite())
