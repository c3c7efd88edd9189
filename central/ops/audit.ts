/**
 * Verifies the audit: `node central/ops/audit.ts verify [--expect HASH]` walks the chain in the database of
 * SANXIN_CENTRAL_DATABASE_URL and prints its head's hash, for keeping elsewhere and handing in as HASH the next
 * time. Exit codes: 0 whole, 1 broken (the first place is named), 2 wrong arguments, 3 not verified (what failed
 * is said).
 */
import { parseArgs } from 'node:util'
import { verifyAudit } from '../audit/verify.ts'
import { onDatabase } from './on-database.ts'

const NOT_VERIFIED = 3

function readArguments(): { databaseUrl: string; expected: string | null } | null {
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { expect: { type: 'string' } } })
    const expected = values.expect ?? null
    const wellFormed = expected === null || /^[0-9a-f]{64}$/.test(expected)
    return positionals.join() === 'verify' && databaseUrl !== '' && wellFormed ? { databaseUrl, expected } : null
  } catch {
    return null
  }
}

const given = readArguments()
if (given === null) {
  process.stderr.write(
    '用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/audit.ts verify [--expect HASH]\n',
  )
  process.exit(2)
}
await onDatabase(
  given.databaseUrl,
  async (db) => {
    const { head, flaw } = await verifyAudit(db, given.expected)
    const said =
      flaw === null ? { event: 'auditWhole', entries: head.seq, hash: head.hash } : { event: 'auditBroken', ...flaw }
    process.stdout.write(`${JSON.stringify(said)}\n`)
    process.exitCode = flaw === null ? 0 : 1
  },
  NOT_VERIFIED,
)
