import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'

/** Everything that crosses the wire between desk and central is written in these files. */
const wire = [
  'sync/protocol.ts',
  'case/commands.ts',
  'case/case-record.ts',
  'case/particulars.ts',
  'case/life.ts',
  'case/case-step.ts',
  'case/case-kind.ts',
  // What a base says depends on how it is reckoned, and upon what is told of whom.
  'case/history.ts',
  'case/secrecy.ts',
  'call/call-fact.ts',
  'call/quality-record.ts',
  'people/staff-role.ts',
  'directory/entry.ts',
  'kb/note.ts',
  'kb/sheet.ts',
  'number-plan.ts',
]

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/\s+/g, '')

test('the wire has not changed without a new PROTOCOL_VERSION', () => {
  const hash = createHash('sha256')
  for (const file of wire)
    hash.update(withoutComments(readFileSync(new URL(`../../shared/${file}`, import.meta.url), 'utf8')))
  // When this fails: raise PROTOCOL_VERSION (an older desk must be told to update), then write the new pair here.
  expect({ version: PROTOCOL_VERSION, hash: hash.digest('hex').slice(0, 16) }).toMatchInlineSnapshot(`
    {
      "hash": "1fbd206fa5fe21a3",
      "version": 32,
    }
  `)
})
