import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newSecretKey, withKeysFile } from '../../central/people/secret-keys.ts'
import { readSettings } from '../../central/settings.ts'

describe('settings', () => {
  it('stand without any', () => {
    const plain = {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: null,
      dataDir: null,
      demo: false,
      backupDays: 30,
      numbers: { areaCode: null, extension: null },
      messages: null,
      secretKeys: [],
      webhookNetworks: '',
      trustedProxies: '',
      oidc: null,
    }
    expect(readSettings({ PATH: '/bin', SANXIN_CENTRAL_PORT: '' })).toEqual({ ok: true, value: plain })
  })

  it('are read', () => {
    const url = 'postgres://sanxin@db/sanxin'
    const read = readSettings({
      SANXIN_CENTRAL_PORT: '8080',
      SANXIN_CENTRAL_DATABASE_URL: url,
      SANXIN_CENTRAL_SEED: '1',
    })
    expect(read).toMatchObject({ value: { port: 8080, databaseUrl: url, demo: true } })
  })

  it('say which are wrong, and never their values', () => {
    const read = readSettings({
      SANXIN_CENTRAL_PORT: '70000',
      SANXIN_CENTRAL_DATABASE_URL: 'mysql://u:secret@h',
      SANXIN_CENTRAL_SEED: 'yes',
    })
    expect(read.ok ? '' : read.error.detail).toBe(
      [
        'SANXIN_CENTRAL_PORT: must be a port from 0 to 65535 (0: any free one)',
        'SANXIN_CENTRAL_DATABASE_URL: must be a PostgreSQL URL, postgres://user@host:5432/database',
        'SANXIN_CENTRAL_SEED: must be 0 or 1 (1: load the demo)',
      ].join('\n'),
    )
  })

  it('H21.5 take an area code without its zero, and extensions that are no local numbers', () => {
    const read = (areaCode: string, lengths: string) => {
      const settings = readSettings({
        SANXIN_CENTRAL_AREA_CODE: areaCode,
        SANXIN_CENTRAL_EXTENSION_LENGTHS: lengths,
      })
      return settings.ok ? settings.value.numbers : settings.error.detail
    }
    expect(read('20', '4-4')).toEqual({ areaCode: '20', extension: { least: 4, most: 4 } })
    expect(read('', '3-5')).toEqual({ areaCode: null, extension: { least: 3, most: 5 } })
    for (const wrong of ['0750', '86', '7500', 'x']) expect(read(wrong, '')).toContain('SANXIN_CENTRAL_AREA_CODE')
    for (const wrong of ['4', '5-3', '1-3', '3-7', '3–5'])
      expect(read('', wrong)).toContain('SANXIN_CENTRAL_EXTENSION_LENGTHS')
  })

  it('H19.13 take keys by their names, out of a file too, and never repeat one that is wrong', () => {
    const key = randomBytes(32).toString('base64')
    const read = (text: string) => {
      const settings = readSettings({ SANXIN_CENTRAL_SECRET_KEYS: text })
      return settings.ok ? settings.value.secretKeys.map(({ id }) => id) : (settings.error.detail ?? '')
    }
    expect(read('')).toEqual([])
    expect(read(`a:${key},b-2:${key}`)).toEqual(['a', 'b-2'])
    for (const wrong of [key, `a:${key.slice(4)}`, `a:${key},a:${key}`, `a b:${key}`]) {
      expect(read(wrong)).toContain('SANXIN_CENTRAL_SECRET_KEYS: must be ID:KEY')
      expect(read(wrong)).not.toContain(key.slice(8))
    }
    const file = join(mkdtempSync(join(tmpdir(), 'sanxin-keys-')), 'keys')
    writeFileSync(file, `${newSecretKey('from-file')}\n${newSecretKey('older')}\n`)
    onTestFinished(() => rmSync(dirname(file), { recursive: true }))
    const fromFile = (name: string) => withKeysFile({ SANXIN_CENTRAL_SECRET_KEYS_FILE: name })
    const found = fromFile(file)
    const settings = found.ok ? readSettings(found.value) : found
    expect(settings.ok && settings.value.secretKeys.map(({ id }) => id)).toEqual(['from-file', 'older'])
    // Whoever starts it hears which setting is meant, not where the program broke.
    const [gone, empty] = [`${file}-gone`, `${file}-empty`]
    writeFileSync(empty, '\n')
    const said = (name: string) => {
      const keys = fromFile(name)
      return keys.ok ? '' : keys.error.detail
    }
    expect(said(gone)).toBe(`SANXIN_CENTRAL_SECRET_KEYS_FILE: ${gone} 读不到 · cannot be read: ENOENT`)
    expect(said(empty)).toBe(`SANXIN_CENTRAL_SECRET_KEYS_FILE: ${empty} 里没有密钥 · has no key`)
  })

  it('H17.5 take an issuer with its client, and plain HTTP on this machine only', () => {
    const read = (issuer: string, more: object = { SANXIN_CENTRAL_OIDC_CLIENT_ID: 'desk' }) => {
      const settings = readSettings({ SANXIN_CENTRAL_OIDC_ISSUER: issuer, ...more })
      return settings.ok ? settings.value.oidc : settings.error.detail
    }
    const plain = { clientId: 'desk', clientSecret: null, claim: 'preferred_username' }
    expect(read('https://id.example')).toEqual({ ...plain, issuer: 'https://id.example' })
    expect(read('http://127.0.0.1:9')).toEqual({ ...plain, issuer: 'http://127.0.0.1:9' })
    expect(read('http://id.example')).toBe('SANXIN_CENTRAL_OIDC_ISSUER: must be https beyond this machine')
    expect(read('id.example')).toContain('SANXIN_CENTRAL_OIDC_ISSUER: must be a URL')
    expect(read('https://id.example', {})).toContain('go together')
  })
})
