import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fill, writeConfiguration } from '../../build/pbx/configuration.ts'

function write(password: string): string {
  const run = mkdtempSync(join(tmpdir(), 'sanxin-pbx-unit-'))
  onTestFinished(() => rmSync(run, { recursive: true }))
  writeConfiguration({
    asterisk: '/opt/asterisk',
    run,
    wsPort: 1,
    sipPort: 2,
    amiPort: 3,
    amiSecret: 'secret',
    ringSeconds: 4,
    endpoints: [{ extension: '1001', password, kind: 'monitor' }],
    members: ['1001'],
  })
  return run
}

test('every name in the templates has a value, and people and members stand where they belong', () => {
  const run = write('abc')
  const text = (name: string): string => readFileSync(join(run, 'etc', name), 'utf8')
  expect(text('asterisk.conf')).toContain(`astetcdir => ${run}/etc`)
  expect(text('queues.conf')).toContain('member => PJSIP/1001')
  expect(text('pjsip.conf')).toContain('[1001](desk)\ncontext = monitors')
  expect(text('http.conf')).toContain('bindaddr = 127.0.0.1\nbindport = 1')
})

test('a name without a value, and a password that would be a line of its own, are refused', () => {
  expect(() => fill('a = @b@', {})).toThrow('no value for @b@')
  expect(() => write('abc\n[evil]')).toThrow('letters, digits')
})
