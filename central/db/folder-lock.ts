/** One process at a time in a folder: PGlite has no lock of its own, and two in one folder destroy it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

export class FolderInUse extends Error {}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Not ours to signal, and therefore alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function ownerOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

/**
 * Takes the folder for this process, or throws FolderInUse where another that lives has it; answers how to let it
 * go. What a dead process left is taken over.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const owner = ownerOf(file)
    if (owner !== null && owner !== process.pid && isAlive(owner))
      throw new FolderInUse(
        `数据文件夹正被进程 ${owner} 使用 · the data folder is in use by process ${owner}: ${folder}`,
      )
    rmSync(file, { force: true })
  }
}
