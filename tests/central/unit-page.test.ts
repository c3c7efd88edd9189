import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readPage } from '../../central/http/built-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'sanxin-page-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('U14 a document has its own nonce, in itself and in its policy; only built files are there, by their exact names', () => {
  expect(readPage(join(folder, 'missing'))).toBe(null)
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<meta name="style-nonce" content="__NONCE__">')
  writeFileSync(join(folder, 'assets/index-1a2b.js'), 'run()')
  writeFileSync(join(folder, 'assets/notes.txt'), 'not of the page')
  const page = readPage(folder)
  const [one, other] = [page?.document(), page?.document()]
  const nonce = /content="([\w-]{22})"/.exec(one?.html ?? '')?.[1]
  expect(one?.policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ])
  expect(other?.html).not.toBe(one?.html)
  expect(page?.asset('index-1a2b.js')).toEqual({ type: 'text/javascript; charset=utf-8', body: Buffer.from('run()') })
  for (const name of ['notes.txt', '../index.html', 'index-1a2b.js/', '', 'constructor'])
    expect(page?.asset(name)).toBe(null)
})
