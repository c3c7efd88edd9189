import { expect, test } from 'vitest'
import { checkRequest } from '../../central/practice/check-request.ts'
import { parseNameAddress, parseUri, parseVia, tagOf } from '../../central/practice/sip-address.ts'
import { header, headerAll, messageLimits, parseMessage, serializeMessage } from '../../central/practice/sip-message.ts'
import type { SipRequest } from '../../central/practice/sip-message.ts'
import { inviteText } from './support/samples.ts'

function request(text: string): SipRequest {
  const message = parseMessage(text)
  if (message.kind !== 'request') throw new Error(`not a request: ${JSON.stringify(message)}`)
  return message
}

const withLine = (line: string): string => inviteText.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`)
const without = (name: string): string => inviteText.replace(new RegExp(`\r\n${name}:[^\r]*`), '')

test('reads and writes a request without changing it', () => {
  const message = request(inviteText)
  expect(message).toMatchObject({ method: 'INVITE', uri: 'sip:12345@sanxin.practice' })
  expect(request(serializeMessage(message))).toEqual(message)
})

test('understands compact names, folded lines and lists of Via and Route', () => {
  const message = request(
    [
      'BYE sip:a@b SIP/2.0',
      'v: SIP/2.0/WS one.invalid;branch=z9hG4bK1, SIP/2.0/WS two.invalid;branch=z9hG4bK2',
      'i: x',
      'f: "A, B" <sip:a@b>',
      ' ;tag=1',
      't: <sip:c@d>;tag=2',
      'CSEQ: 1 BYE',
      'Route: <sip:p1;lr>,<sip:p2;a=",";lr>',
      '',
      '',
    ].join('\r\n'),
  )
  expect(headerAll(message, 'via')).toHaveLength(2)
  expect(headerAll(message, 'route')).toEqual(['<sip:p1;lr>', '<sip:p2;a=",";lr>'])
  expect(header(message, 'call-id')).toBe('x')
  expect(tagOf(header(message, 'from'))).toBe('1')
})

test('counts the body in bytes and cuts what is beyond Content-Length', () => {
  const message = request(inviteText.replace(/Content-Length: 0\r\n\r\n/, 'Content-Length: 6\r\n\r\n三心rest'))
  expect(message.body).toBe('三心')
  expect(serializeMessage(message)).toContain('Content-Length: 6\r\n')
  expect(parseMessage(inviteText.replace('Content-Length: 0', 'Content-Length: 9'))).toMatchObject({
    kind: 'bad',
    status: 400,
  })
  expect(parseMessage(inviteText.replace('Content-Length: 0', 'Content-Length: -1'))).toMatchObject({
    kind: 'bad',
    status: 400,
  })
})

test('tells keep-alives, other versions, overlong and unreadable messages apart', () => {
  expect(parseMessage('\r\n\r\n')).toEqual({ kind: 'keepAlive' })
  expect(parseMessage(inviteText.replace('SIP/2.0', 'SIP/3.0'))).toMatchObject({ kind: 'bad', status: 505 })
  expect(parseMessage(`${inviteText}${'x'.repeat(messageLimits.bytes)}`)).toMatchObject({ kind: 'bad', status: 413 })
  expect(parseMessage('hello')).toMatchObject({ kind: 'bad', status: 400 })
  expect(parseMessage('SIP/2.0 99 no\r\n\r\n')).toMatchObject({ kind: 'bad', request: null })
  expect(parseMessage(withLine('no colon here'))).toMatchObject({ kind: 'bad', status: 400, reason: 'Bad header line' })
})

test('a bare CR or LF cannot smuggle a header to the next hop', () => {
  for (const smuggled of ['X: a\nX-Queue: 1', 'X: a\rX-Queue: 1', 'X: a\u0000b']) {
    expect(parseMessage(withLine(smuggled))).toMatchObject({ kind: 'bad', status: 400 })
  }
})

test('limits the number of headers', () => {
  expect(parseMessage(withLine(Array.from({ length: 300 }, () => 'X: 1').join('\r\n')))).toMatchObject({
    kind: 'bad',
    reason: 'Too many headers',
  })
})

test.each([
  ['CSeq missing', without('CSeq'), 400],
  ['CSeq of another method', inviteText.replace('2 INVITE', '2 BYE'), 400],
  ['CSeq too big', inviteText.replace('2 INVITE', '2147483648 INVITE'), 400],
  ['From missing', without('From'), 400],
  ['From without tag', inviteText.replace(';tag=from1', ''), 400],
  ['two To', withLine('To: <sip:x@y>'), 400],
  ['To is no address', inviteText.replace('To: <sip:12345@sanxin.practice>', 'To: <<>>'), 400],
  ['Via without branch', inviteText.replace(/;branch=[^\r]*/, ''), 400],
  ['Max-Forwards 0', inviteText.replace('Max-Forwards: 70', 'Max-Forwards: 0'), 483],
  ['Max-Forwards not a number', inviteText.replace('Max-Forwards: 70', 'Max-Forwards: many'), 400],
  ['tel: URI', inviteText.replace('sip:12345@sanxin.practice SIP', 'tel:12345 SIP'), 416],
  ['bad URI', inviteText.replace('sip:12345@sanxin.practice SIP', 'sip:@@ SIP'), 400],
  ['Proxy-Require', withLine('Proxy-Require: magic'), 420],
])('refuses a request: %s', (_name, text, status) => {
  expect(checkRequest(request(text))).toMatchObject({ status })
})

test('accepts the sample', () => {
  expect(checkRequest(request(inviteText))).toBeNull()
})

test('reads addresses, also hostile ones', () => {
  expect(parseUri('sip:%2B8613800002210@[::1]:5060;transport=ws?x=y')).toMatchObject({
    user: '+8613800002210',
    host: '[::1]',
    port: 5060,
  })
  for (const bad of ['', 'sip:', 'sip:a@', 'http://x', 'sip:%zz@x', 'sip:a@b:99999', 'sip:a b@c', 'sip:a@b>'])
    expect(parseUri(bad)).toBeNull()
  expect(parseNameAddress('"<b>\\"x\\"" <sip:a@b>;tag=1')).toMatchObject({ display: '<b>"x"', uri: 'sip:a@b' })
  for (const bad of ['', '<', '<>', '<sip:a@b', '<sip:a@b>x', '"<sip:a@b>']) expect(parseNameAddress(bad)).toBeNull()
  expect(parseVia('SIP/2.0/WSS x.invalid:1;rport;branch=z9hG4bKx')).toEqual({ host: 'x.invalid:1', branch: 'z9hG4bKx' })
  expect(parseVia('SIP/2.0')).toBeNull()
})
