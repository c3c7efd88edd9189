/** Before the tests of a run that start central by the dozen: its demo is loaded once, into a folder that they copy. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LOADED_DEMO } from '../../build/stack/loaded-demo.ts'
import { startCentral } from '../../build/stack/stack.ts'

export default async function loadDemo(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'sanxin-demo-'))
  const dataDir = join(folder, 'central')
  const { child } = await startCentral({ dataDir })
  await child.stop()
  // The workers are started after this, and have it from here.
  process.env[LOADED_DEMO] = dataDir
  return () => {
    delete process.env[LOADED_DEMO]
    rmSync(folder, { recursive: true, force: true })
  }
}
