import { fail, type Result } from '../../shared/errors.ts'

/** What SQLite said, in the product's own codes; null when it is not SQLite's. */
export function sqliteFailure(error: unknown): Result<never> | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!code.startsWith('SQLITE_')) return null
  if (
    code === 'SQLITE_FULL' ||
    code.startsWith('SQLITE_IOERR') ||
    code === 'SQLITE_READONLY' ||
    code === 'SQLITE_CANTOPEN'
  ) {
    return fail('diskFull', code)
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return fail('databaseBroken', code)
  return fail('internal', code)
}
