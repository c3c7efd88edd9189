import type { Caller } from '../../../shared/call/call.ts'
import type { CodecName } from '../../../shared/call/codecs.ts'
import type { LineProblem } from '../../../shared/call/phone-snapshot.ts'
import type { IceServer } from '../../../shared/call/ice-servers.ts'
import { createSipPhone, type PhoneOptions } from '../../../renderer/phone/sip-phone.ts'
import type { LineState, SipPhone } from '../../../renderer/phone/sip-ports.ts'
import { FakePeer, FakeSocket, installFakeBrowser, soundSdp } from './fake-browser.ts'

/** What the exchange writes into a request. */
export type Request = {
  method: string
  branch: string
  callId: string
  sequence: number
  fromTag: string
  toTag: string
  headers: readonly string[]
  body: string
}

/** A real phone, SIP.js and all, whose exchange is the test. */
export type Wired = {
  phone: SipPhone
  socket: FakeSocket
  /** The phone's own contact address. */
  contact: string
  lines: LineState[]
  problems: (LineProblem | null)[]
  invited: Caller[]
  /** Why calls were refused that could not be heard. */
  untaken: string[]
  rangThere: string[]
  early: string[]
  established: string[]
  over: string[]
  /** The ends of calls that never stood or broke. */
  failed: string[]
  /** The ends of rings that somebody else answered. */
  elsewhere: string[]
  dropped: { kind: string; count: number }[]
  /** Sends a request, by the socket that the phone has now; what is left out is a sound INVITE's. */
  request(change?: Partial<Request>): string
  /** The text of such a request, not sent. */
  written(change?: Partial<Request>): string
  /** Answers a request of the phone, by the socket that it has now; the newest request where none is named. */
  answer(status: string, headers?: readonly string[], asked?: string, body?: string, tag?: string): void
  /** The newest message of the phone. */
  last(): string
  /** All answers of the phone to a request, their first lines. */
  answersTo(callId: string): string[]
}

/** The value of a header of a message of the phone. */
export function header(message: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''
}

/** The last lines of a message. */
const bodyOf = (body: string) => [
  ...(body === '' ? [] : ['Content-Type: application/sdp']),
  `Content-Length: ${Buffer.byteLength(body)}`,
  '',
  body,
]

/** Lets what was promised come to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve()
}

/** Starts a phone on a fake socket and registers it: the challenge is the caller's matter, if there is to be one. */
export async function wirePhone({
  servers = ['ws://exchange'],
  iceServers = [],
  codecs,
  ...options
}: PhoneOptions & {
  servers?: readonly string[]
  iceServers?: readonly IceServer[]
  codecs?: readonly CodecName[]
} = {}): Promise<Wired> {
  installFakeBrowser()
  FakePeer.taken = []
  FakePeer.offered = []
  FakePeer.named = []
  FakePeer.rollbacks = 0
  FakePeer.wayless = false
  FakeSocket.tried = []
  const notes = {
    lines: [] as LineState[],
    problems: [] as Wired['problems'],
    invited: [] as Caller[],
    untaken: [] as string[],
    rangThere: [] as string[],
    early: [] as string[],
    established: [] as string[],
  }
  const ends = { over: [] as string[], failed: [] as string[], elsewhere: [] as string[] }
  const dropped: Wired['dropped'] = []
  const phone = createSipPhone(
    '7b8e9f6a-0000-4000-8000-000000000001',
    {
      line: (state, problem) => {
        notes.lines.push(state)
        notes.problems.push(problem)
      },
      invited: (caller) => void notes.invited.push(caller),
      untaken: (caller, why) => void notes.untaken.push(`${caller.number} ${why}`),
      told: () => undefined,
      rangThere: (callId) => void notes.rangThere.push(callId),
      early: (callId) => void notes.early.push(callId),
      established: (callId) => void notes.established.push(callId),
      over: (callId, failed, _status, elsewhere) => {
        if (elsewhere === true) ends.elsewhere.push(callId)
        ends.over.push(callId)
        if (failed) ends.failed.push(callId)
      },
    },
    { log: (_event, data) => void dropped.push(data as Wired['dropped'][number]), ...options },
  )
  const connecting = phone.connect(
    { extension: '1001', password: 'secret', domain: 'sanxin.test' },
    servers,
    iceServers,
    codecs,
  )
  const socket = FakeSocket.last
  if (socket === null) throw new Error('no socket')
  socket.open()
  await connecting
  await settle()

  const contact = /^Contact: <([^>]+)>/m.exec(socket.sent.at(-1) ?? '')?.[1] ?? ''
  let count = 0
  const written = (change: Partial<Request> = {}): string => {
    count++
    const request: Request = {
      method: 'INVITE',
      branch: `z9hG4bKexchange${count}`,
      callId: `call-${count}`,
      sequence: 1,
      fromTag: 'citizen',
      toTag: '',
      headers: [],
      body: change.method === undefined || change.method === 'INVITE' ? soundSdp : '',
      ...change,
    }
    return [
      `${request.method} ${contact} SIP/2.0`,
      `Via: SIP/2.0/WS exchange.test;branch=${request.branch}`,
      'Max-Forwards: 69',
      `From: "陈先生" <sip:13800002210@sanxin.test>;tag=${request.fromTag}`,
      `To: <sip:1001@sanxin.test>${request.toTag === '' ? '' : `;tag=${request.toTag}`}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${request.sequence} ${request.method}`,
      'Contact: <sip:exchange.test;transport=ws>',
      ...request.headers,
      ...bodyOf(request.body),
    ].join('\r\n')
  }
  const now = () => FakeSocket.last ?? socket
  const last = () => now().sent.at(-1) ?? ''
  return {
    ...notes,
    ...ends,
    phone,
    socket,
    contact,
    dropped,
    written,
    last,
    request: (change) => {
      const text = written(change)
      now().arrive(text)
      return text
    },
    answer: (status, headers = [], asked = last(), body = '', tag = 'exchange') => {
      const echoed = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(asked, name)}`)
      const to = `To: ${header(asked, 'To')}${header(asked, 'To').includes('tag=') ? '' : `;tag=${tag}`}`
      now().arrive([`SIP/2.0 ${status}`, ...echoed, to, ...headers, ...bodyOf(body)].join('\r\n'))
    },
    answersTo: (callId) =>
      now()
        .sent.filter((text) => text.startsWith('SIP/2.0') && header(text, 'Call-ID') === callId)
        .map((text) => text.split('\r\n')[0] ?? ''),
  }
}

/** A call that the phone has answered and the exchange has acknowledged; its Call-ID and the phone's tag. */
export async function standingCall(
  wired: Wired,
  callId = 'standing',
  headers: readonly string[] = [],
  sound = new MediaStream(),
): Promise<{ callId: string; toTag: string }> {
  wired.request({ callId, branch: 'z9hG4bKstanding', headers })
  await settle()
  const accepted = wired.phone.accept(callId, sound)
  await settle()
  const toTag = /tag=(\S+)/.exec(header(wired.last(), 'To'))?.[1] ?? ''
  wired.request({ method: 'ACK', callId, toTag, branch: 'z9hG4bKacknowledged' })
  await accepted
  return { callId, toTag }
}
