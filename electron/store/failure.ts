import type { Failure } from '../../shared/errors.ts'

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

// SHMSIZE is what SQLite says when a file in WAL is opened on a disk that is full (seen on ext4 and tmpfs).
const full = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'])
const unusable = /^SQLITE_(IOERR|READONLY|CANTOPEN|PERM)/

/** What SQLite or the file system said, in the product's own codes; null when it was neither of them. */
export function storageFailure(error: unknown): Failure | null {
  const detail = codeOf(error)
  if (full.has(detail)) return { code: 'diskFull', detail }
  if (unusable.test(detail)) return { code: 'diskFailed', detail }
  if (detail.startsWith('SQLITE_CORRUPT') || detail === 'SQLITE_NOTADB') return { code: 'databaseBroken', detail }
  if (detail.startsWith('SQLITE_')) return { code: 'internal', detail }
  const bySystem = error instanceof Error && 'syscall' in error
  return bySystem ? { code: 'diskFailed', detail } : null
}

/** Whether something failed for what it was given; otherwise the file itself is in trouble, and all else fails too. */
export function isAboutValues(error: unknown): boolean {
  return storageFailure(error) === null || /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|ERROR)/.test(codeOf(error))
}
