/** Which codecs are named in offers and answers, in which order, and what becomes of a call that leaves none of them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hasCodec, orderCodecs, withoutOthers } from '../../renderer/phone/prefer-codecs.ts'
import { capable, FakePeer, soundSdp } from './support/fake-browser.ts'
import { settle, standingCall, wirePhone } from './support/fake-exchange.ts'
import { backAgain, registered, untilSent } from './support/link-time.ts'

const withCodecs = (formats: string, ...maps: string[]) =>
  soundSdp
    .replace('UDP/TLS/RTP/SAVPF 8', `UDP/TLS/RTP/SAVPF ${formats}`)
    .replace('a=rtpmap:8 PCMA/8000', maps.map((map) => `a=rtpmap:${map}`).join('\r\n'))

describe('the order of codecs', () => {
  test('is the one that was asked for, then the keys and the noise of a silent line, and nothing else', () => {
    const names = (wanted: Parameters<typeof orderCodecs>[1]) =>
      orderCodecs(capable, wanted).map(({ mimeType }) => mimeType.replace('audio/', ''))
    const beside = ['CN', 'telephone-event', 'telephone-event']
    expect(names(['PCMA'])).toEqual(['PCMA', ...beside])
    expect(names(['G722', 'opus'])).toEqual(['G722', 'opus', ...beside])
  })

  test.each([
    ['a static format without its name', withCodecs('8'), true],
    ['a name in another case', withCodecs('96', '96 pcma/8000'), true],
    ['another codec under a static number', withCodecs('8', '8 PCMU/8000'), false],
    ['keys alone', withCodecs('101', '101 telephone-event/8000'), false],
    ['a sound that is switched off', withCodecs('0').replace('m=audio 9 ', 'm=audio 0 '), true],
    ['no sound at all', 'v=0\r\n', true],
  ])('%s', (_what, sdp, has) => {
    expect(hasCodec(sdp, ['PCMA'])).toBe(has)
  })
})

describe('what the other side offers', () => {
  const keys = ['101 telephone-event/8000', '13 CN/8000'] as const
  const offered = withCodecs('8 107 9 101 13', '8 PCMA/8000', '107 opus/48000/2', ...keys).replace(
    'a=rtpmap:101',
    'a=fmtp:107 useinbandfec=1\r\na=rtcp-fb:8 nack\r\na=rtpmap:101',
  )

  test('is taken without the codecs that are not named, so that none of them is sent; keys and noise stay', () => {
    const taken = withoutOthers(offered, ['opus'])
    expect(taken).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 107 101 13\r\n')
    expect(taken.match(/^a=(rtpmap|fmtp|rtcp-fb):.*$/gm)?.map((line) => line.trim())).toEqual([
      'a=rtpmap:107 opus/48000/2',
      'a=fmtp:107 useinbandfec=1',
      'a=rtpmap:101 telephone-event/8000',
      'a=rtpmap:13 CN/8000',
    ])
  })

  test('stays as it is where all of it is named', () => {
    expect(withoutOthers(offered, ['G722', 'PCMA', 'opus'])).toBe(offered)
  })

  test('is what the browser is told: the answer to a call cannot be followed by another codec', async () => {
    const wired = await wirePhone({ codecs: ['PCMA'] })
    wired.request({ callId: 'many', body: withCodecs('0 8', '0 PCMU/8000', '8 PCMA/8000') })
    await settle()
    await wired.phone.accept('many', new MediaStream())
    expect(FakePeer.taken).toEqual([withCodecs('8', '8 PCMA/8000')])
  })
})

describe('every offer and answer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const wanted = ['audio/PCMA', 'audio/opus', 'audio/CN', 'audio/telephone-event', 'audio/telephone-event']
  const codecs = ['PCMA', 'opus'] as const

  test('names them: the answer, the hold, and the offer after a cut', async () => {
    const wired = await wirePhone({ codecs })
    registered(wired)
    await standingCall(wired)
    expect(FakePeer.named).toEqual([wanted])
    void wired.phone.hold('standing', true)
    await untilSent(wired.socket, 'INVITE', 1)
    expect(FakePeer.named).toEqual([wanted, wanted])
    wired.socket.drop()
    await untilSent(await backAgain(wired, wired.socket), 'INVITE', 1)
    expect(FakePeer.named).toEqual([wanted, wanted, wanted])
    expect(FakePeer.offered.at(-1)).toEqual({ iceRestart: true })
  })

  test('names them: a call that is dialled, and a feature code', async () => {
    const wired = await wirePhone({ codecs })
    registered(wired)
    void wired.phone.dial('mine', '1004', new MediaStream())
    await untilSent(wired.socket, 'INVITE', 1)
    void wired.phone.feature('*45')
    await untilSent(wired.socket, 'INVITE', 2)
    expect(FakePeer.named).toEqual([wanted, wanted])
  })

  test('all that every desk has where nothing is said', async () => {
    const wired = await wirePhone()
    await standingCall(wired)
    expect(FakePeer.named[0]?.slice(0, 4)).toEqual(['audio/opus', 'audio/PCMA', 'audio/PCMU', 'audio/G722'])
  })
})

describe('a call that leaves none of the codecs', () => {
  test('N17 is refused with 488, never rings, and is told', async () => {
    const wired = await wirePhone({ codecs: ['opus'] })
    wired.request({ callId: 'deaf' })
    await settle()
    expect(wired.answersTo('deaf').at(-1)).toContain('488')
    expect(wired.invited).toEqual([])
    expect(wired.untaken).toEqual(['13800002210 codecs'])
  })

  test('an offer in it is refused with 488, and the call stands as it was', async () => {
    const wired = await wirePhone({ codecs: ['PCMA'] })
    const { callId, toTag } = await standingCall(wired)
    const body = withCodecs('111', '111 opus/48000/2')
    wired.request({ callId, toTag, sequence: 2, branch: 'z9hG4bKother', body })
    await settle()
    expect(wired.answersTo(callId).at(-1)).toContain('488')
    expect(FakePeer.taken).toEqual([soundSdp])
    expect(wired.over).toEqual([])
  })

  test('an answer to a call that is dialled ends it', async () => {
    const wired = await wirePhone({ codecs: ['opus'] })
    registered(wired)
    void wired.phone.dial('mine', '1004', new MediaStream())
    await settle()
    wired.answer('200 OK', ['Contact: <sip:exchange.test;transport=ws>'], wired.last(), soundSdp)
    await settle()
    expect(wired.established).toEqual([])
    expect(wired.over).toEqual(['mine'])
  })
})
