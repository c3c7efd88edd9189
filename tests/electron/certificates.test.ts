import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Every way in which Electron, Chromium or Node can be told to take a certificate that they would refuse. */
const waysAround = [
  'certificate-error',
  'setCertificateVerifyProc',
  'ignore-certificate-errors',
  'allow-insecure-localhost',
  'allow-running-insecure-content',
  'allowRunningInsecureContent',
  'rejectUnauthorized',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'checkServerIdentity',
  'select-client-certificate',
  'unsafely-treat-insecure-origin-as-secure',
]

const folders = ['electron', 'renderer', 'shared']
const sources = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => /\.(ts|tsx|html)$/.test(file))

test('a wrong certificate is refused: nothing in the desktop talks Electron out of it', () => {
  expect(sources.length).toBeGreaterThan(100)
  const found = sources.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return waysAround.filter((way) => text.includes(way)).map((way) => `${file}: ${way}`)
  })
  expect(found).toEqual([])
})
