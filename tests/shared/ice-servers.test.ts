import { expect, test } from 'vitest'
import { readIceServer } from '../../shared/call/ice-servers.ts'
import { readSettings } from '../../shared/settings.ts'

test('servers for the sound are read from one text or a list', () => {
  const said = ['stun:stun.example:3478', 'turns:turn.example:443?transport=tcp desk pass:word']
  for (const [file, environment] of [
    [{ iceServers: said }, {}],
    [{}, { SANXIN_ICE_SERVERS: said.join(', ') }],
  ] as const) {
    expect(readSettings(file, environment, {}).settings?.iceServers).toEqual(said)
  }
  expect(readSettings({}, {}, {}).settings?.iceServers).toEqual([])
  expect(said.map(readIceServer)).toEqual([
    { urls: 'stun:stun.example:3478' },
    { urls: 'turns:turn.example:443?transport=tcp', username: 'desk', credential: 'pass:word' },
  ])
})

test('a wrong one is named: a relay without a password, another protocol, too many', () => {
  const wrong = (iceServers: string) => readSettings({}, { SANXIN_ICE_SERVERS: iceServers }, {}).problems
  for (const text of ['turn:turn.example', 'https://stun.example', 'stun:a,stun:b,stun:c,stun:d,stun:e'])
    expect(wrong(text).map(({ where }) => where)).toContain('SANXIN_ICE_SERVERS')
})
