import { expect, test } from 'vitest'
import { environmentName, readSettings } from '../../shared/settings.ts'

test('every setting has an environment name of its own', () => {
  expect(environmentName('dataDir')).toBe('SANXIN_DATA_DIR')
})

test('the command line wins over the environment, the environment over the file', () => {
  const file = { central: 'http://file.example', language: 'en' }
  const { settings } = readSettings(
    file,
    { SANXIN_CENTRAL: 'http://env.example', SANXIN_RING_SOUND: '0' },
    { central: 'http://option.example' },
  )
  expect(settings).toMatchObject({ central: 'http://option.example', language: 'en', ringSound: false })
})

test('each wrong setting is named with where it was said', () => {
  const { settings, problems } = readSettings(
    { colour: 'red', language: 'fr' },
    { SANXIN_CENTRAL_PORT: '70000' },
    { sip: 'http://x' },
  )
  expect(settings).toBeNull()
  expect(problems.map(({ where }) => where).toSorted()).toEqual([
    '--sip',
    'SANXIN_CENTRAL_PORT',
    'sanxin.settings.json: colour',
    'sanxin.settings.json: language',
  ])
})
