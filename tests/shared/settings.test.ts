import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { environmentName, readSettings, settingNames, settingsSchema } from '../../shared/settings.ts'

test('every setting has an environment name of its own', () => {
  expect(environmentName('dataDir')).toBe('SANXIN_DATA_DIR')
})

test('the command line wins over the environment, the environment over the file', () => {
  const file = { central: 'https://file.example', language: 'en' }
  const { settings } = readSettings(
    file,
    { SANXIN_CENTRAL: 'https://env.example', SANXIN_RING_SOUND: '0' },
    { central: 'https://option.example' },
  )
  expect(settings).toMatchObject({ central: 'https://option.example', language: 'en', ringSound: false })
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

test('a wrong option and a file of another name are called by their names', () => {
  const { problems } = readSettings({ colour: 'red' }, {}, { centralPort: 'x' }, 'other.json')
  expect(problems.map(({ where }) => where).toSorted()).toEqual(['--central-port', 'other.json: colour'])
})

test.each([
  ['central', 'http://127.0.0.1:8080', true],
  ['central', 'http://localhost', true],
  ['central', 'https://central.example', true],
  ['central', 'http://central.example', false],
  ['central', 'http://127.0.0.1.example', false],
  ['sip', 'ws://127.0.0.1:5066/ws', true],
  ['sip', 'wss://pbx.example', true],
  ['sip', 'ws://pbx.example', false],
])('%s %s: nothing of a citizen crosses a network in the clear', (name, url, good) => {
  const { settings, problems } = readSettings({ [name]: url }, {}, {})
  expect(settings !== null).toBe(good)
  if (!good) expect(problems[0]?.problem).toContain('须用')
})

test.each([
  ['wss://a.example/ws', ['wss://a.example/ws']],
  ['wss://a.example, wss://b.example', ['wss://a.example', 'wss://b.example']],
  [
    ['wss://a.example', 'ws://127.0.0.1:5066'],
    ['wss://a.example', 'ws://127.0.0.1:5066'],
  ],
  ['wss://a.example,ws://b.example', null],
  ['wss://a.example,', null],
  [[], null],
])('sip %j names one server of the exchange or several', (sip, servers) => {
  expect(readSettings({ sip }, {}, {}).settings?.sip ?? null).toEqual(servers)
  if (typeof sip !== 'string') return
  expect(readSettings({}, { SANXIN_SIP: sip }, {}).settings?.sip ?? null).toEqual(servers)
  expect(readSettings({}, {}, { sip }).settings?.sip ?? null).toEqual(servers)
})

test.each([
  ['PCMA', ['PCMA']],
  ['pcma, Opus', ['PCMA', 'opus']],
  [
    ['G722', 'PCMU'],
    ['G722', 'PCMU'],
  ],
  ['', ['opus', 'PCMA', 'PCMU', 'G722']],
  ['PCMA,PCMA', null],
  ['PCMA,G729', null],
  ['telephone-event', null],
  [[], null],
])('codecs %j are those in that order', (codecs, names) => {
  expect(readSettings({ codecs }, {}, {}).settings?.codecs ?? null).toEqual(names)
  if (typeof codecs === 'string')
    expect(readSettings({}, { SANXIN_CODECS: codecs }, {}).settings?.codecs ?? null).toEqual(names)
})

test.each([
  ['40000-40100', true],
  ['40100-40000', false],
  ['40000-40010', false],
  ['80-1100', false],
  ['65500-65600', false],
  ['40000', false],
])('the ports %s of the sound are taken: %s', (mediaPorts, taken) => {
  expect(readSettings({ mediaPorts }, {}, {}).settings?.mediaPorts ?? null).toBe(taken ? mediaPorts : null)
})

test('rules of dialling are digits; in the file they may stand as numbers', () => {
  const { settings } = readSettings(
    { dialOutside: 9, dialHomeMobiles: ['1380013'] },
    { SANXIN_DIAL_MOBILE_PREFIX: '0' },
    {},
  )
  expect(settings).toMatchObject({ dialOutside: '9', dialMobilePrefix: '0', dialHomeMobiles: ['1380013'] })
  for (const wrong of [{ dialOutside: '9,' }, { dialMobilePrefix: 'x' }, { dialHomeMobiles: '2380013' }])
    expect(readSettings(wrong, {}, {}).settings).toBeNull()
})

test.each([
  [undefined, ['devices', 'language', 'theme']],
  ['', []],
  ['theme', ['theme']],
  ['theme,password', null],
])('operators may change %j', (operatorMay, list) => {
  const file = operatorMay === undefined ? {} : { operatorMay }
  expect(readSettings(file, {}, {}).settings?.operatorMay ?? null).toEqual(list)
})

test('an unknown codec is refused with those that there are', () => {
  expect(readSettings({ codecs: ['G729'] }, {}, {}).problems).toEqual([
    { where: 'sanxin.settings.json: codecs', problem: expect.stringContaining('opus, PCMA, PCMU, G722') as string },
  ])
})

test('an empty sip is none, and so the practice exchange', () => {
  expect(readSettings({ sip: 'wss://a.example' }, { SANXIN_SIP: '' }, {}).settings?.sip).toBeNull()
})

test.each([
  [{ autoAnswer: false }, false],
  [{ autoAnswer: '' }, true],
  [{ autoAnswer: '3' }, true],
  [{ autoAnswer: 'soon' }, false],
  [{ central: 'http://localhost:x@evil.example/' }, false],
  [{ central: 'http://127.0.0.1:1@evil.example/' }, false],
  [{ sip: 'ws://127.0.0.1:1@evil.example/' }, false],
  [{ central: 'http://localhost:8080/' }, true],
  [{ echoTest: '', queueLogin: '', wrapUpSeconds: '' }, true],
])('%j: what cannot be meant is named, an empty text is none', (file, stands) => {
  expect(readSettings(file, {}, {}).settings !== null).toBe(stands)
})

test('no calls are answered by themselves, and a wrap-up has its minute, where nothing is said of it', () => {
  expect(readSettings({ autoAnswer: '', wrapUpSeconds: '' }, {}, {}).settings).toMatchObject({
    autoAnswer: null,
    wrapUpSeconds: 60,
  })
})

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

test('the README tells every setting, by its name, its variable and its words', () => {
  for (const name of settingNames) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``))
    expect(row, name).toContain(environmentName(name))
    expect(row, name).toContain(settingsSchema.shape[name].description?.split(' · ')[1])
  }
})

test('the README’s table has no setting that there is not, and each once', () => {
  const [, section = ''] = readme.split('\n## Settings\n')
  const [table = ''] = section.split('\n**Central by itself')
  const rows = [...table.matchAll(/^\| `(\w+)` \| `(\w+)`/gm)].map(([, key, variable]) => [key, variable])
  expect(rows.toSorted()).toEqual(settingNames.map((name) => [name, environmentName(name)]).toSorted())
})

test('the README of central tells every variable of it', () => {
  const told = readFileSync(new URL('../../central/README.md', import.meta.url), 'utf8')
  const source = readFileSync(new URL('../../central/settings.ts', import.meta.url), 'utf8')
  const variables = [...source.matchAll(/^ {2}SANXIN_CENTRAL_(\w+):/gm)].map(([, name = '']) => name)
  expect(variables.length).toBeGreaterThan(8)
  for (const name of variables) expect(told, name).toContain(`\`SANXIN_CENTRAL_${name}`)
})

test.each([
  ['central', 'central.example'],
  ['central', 'https://'],
  ['sip', 'wss//pbx.example'],
  ['sip', 'sip:pbx.example'],
  ['sip', ['wss://pbx.example', '']],
  ['iceServers', 'turn:pbx.example'],
  ['codecs', 'opus,gsm'],
  ['mediaPorts', '40000'],
  ['tones', 'beep'],
  ['queueLogin', 'forty-five'],
  ['recordPause', '*9x'],
  ['globalAnswerKey', 'Q'],
  ['echoTest', 'echo'],
  ['wrapUpSeconds', 'minute'],
  ['centralPort', 70_000],
  ['language', 'fr'],
])('%s %j is named with where it was said, once, and said in words', (name, value) => {
  const { settings, problems } = readSettings({ [name]: value }, {}, {})
  expect(settings).toBeNull()
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ where: `sanxin.settings.json: ${name}`, problem: expect.stringMatching(/\S/) })
})
