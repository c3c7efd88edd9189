/**
 * Central's demo as a test run has loaded it once. Migrations, articles and the passwords of its people cost each new
 * central some seconds of a processor; a copy of the folder costs none.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The variable that names the folder; not set where nobody has loaded one (benches, `npm start`). */
export const LOADED_DEMO = 'SANXIN_LOADED_DEMO'

export type CentralFolder = {
  /** Where central keeps its data; in memory without. */
  readonly dataDir: string | undefined
  /** Call it once central has ended: takes a folder away that was made here. */
  readonly release: () => void
}

/** Central's folder with the loaded demo in it, unless it has data of its own; where none is named, one for this central alone. */
export function centralFolder(dataDir: string | undefined): CentralFolder {
  const loaded = process.env[LOADED_DEMO]
  const kept = { dataDir, release: () => undefined }
  if (loaded === undefined || (dataDir !== undefined && existsSync(dataDir))) return kept
  if (dataDir !== undefined) {
    cpSync(loaded, dataDir, { recursive: true })
    return kept
  }
  const own = mkdtempSync(join(dirname(loaded), 'own-'))
  cpSync(loaded, own, { recursive: true })
  return { dataDir: own, release: () => rmSync(own, { recursive: true, force: true }) }
}
