import type { Log } from '../../shared/ports.ts'
import { checkSipMessage, requestMethod, type SipFault } from './check-sip-message.ts'
import { chooseChallenge, type Algorithm } from './choose-challenge.ts'
import { addressParameters, isCallId, isVia, parameter, sequenceMethod } from './sip-fields.ts'
import { valuesOf, writeSipText, type SipText } from './sip-text.ts'

/** Why a message came to nothing; `threw`: it was sound, and SIP.js did not take it. */
export type DropKind = SipFault | 'threw'

export type GuardOptions = {
  /** SIP.js's own handler of a message. */
  readonly receive: (message: string) => void
  /** Sends an answer on the same connection. */
  readonly send: (message: string) => Promise<void>
  /** Told the first message of a kind, the tenth, the hundredth …: a flood must not fill the log. */
  readonly log: Log
  readonly algorithms: readonly Algorithm[]
  /** A new tag of at least 32 random bits (RFC 3261 19.3). */
  readonly newTag: () => string
}

/** SIP.js gives Expires to a timer of 31 bits of milliseconds; one that is longer would ring off at once. */
const timerSecondsMax = Math.floor((2 ** 31 - 1) / 1000)

/**
 * Stands before SIP.js: what is no sound message is dropped, counted and, where it is a request that can be answered,
 * refused; what SIP.js throws ends here, for it runs in the socket's event, beside the call that is up.
 */
export function guardMessages({ receive, send, log, algorithms, newTag }: GuardOptions) {
  const counts = new Map<DropKind, number>()

  function drop(kind: DropKind, text: SipText | null, status: Status): void {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (/^10*$/.test(String(count))) log('sipDropped', { kind, count })
    const answer = text === null ? null : refusalOf(text, status, newTag)
    // Without a connection nobody waits for the answer.
    if (answer !== null) void send(answer).catch(() => undefined)
  }

  function take(message: string): void {
    const check = checkSipMessage(message)
    if (!check.ok) return drop(check.fault, check.text, statusOf(check.fault))
    try {
      receive(writeSipText(tamed(check.text, algorithms)))
    } catch {
      drop('threw', check.text, 500)
    }
  }

  return { take, counts: (): Readonly<Partial<Record<DropKind, number>>> => Object.fromEntries(counts) }
}

/** The same message without what SIP.js would take wrongly. */
function tamed(text: SipText, algorithms: readonly Algorithm[]): SipText {
  const headers = chooseChallenge(text.headers, algorithms).filter(
    ({ name, value }) => name !== 'expires' || Number(value) <= timerSecondsMax,
  )
  return { ...text, headers }
}

const reasons = {
  400: 'Bad Request',
  416: 'Unsupported URI Scheme',
  500: 'Server Internal Error',
  505: 'Version Not Supported',
} as const
type Status = keyof typeof reasons

function statusOf(fault: SipFault): Status {
  if (fault === 'scheme') return 416
  return fault === 'version' ? 505 : 400
}

/**
 * The refusal of a request, without state (RFC 3261 8.2.6, 8.2.7), or null where none is due or possible: responses,
 * ACK, and requests whose own fields could not be given back as they came.
 */
function refusalOf(text: SipText, status: Status, newTag: () => string): string | null {
  const method = requestMethod(text.first)
  if (method === null || method === 'ACK') return null
  const echoed = text.headers.filter(({ name }) => ['via', 'from', 'to', 'call-id', 'cseq'].includes(name))
  const [from = '', to = '', callId = '', cseq = ''] = ['from', 'to', 'call-id', 'cseq'].map(
    (name) => valuesOf(text, name)[0],
  )
  const vias = valuesOf(text, 'via')
  const parameters = addressParameters(to)
  const possible =
    echoed.length === vias.length + 4 &&
    vias.length > 0 &&
    vias.every((line, index) => isVia(line, index === 0)) &&
    addressParameters(from) !== null &&
    parameters !== null &&
    isCallId(callId) &&
    sequenceMethod(cseq) !== null
  if (!possible) return null
  const tag = parameter(parameters, 'tag') === null ? `;tag=${newTag()}` : ''
  const headers = echoed.map(({ name, value }) => ({ name, value: name === 'to' ? `${value}${tag}` : value }))
  return writeSipText({
    first: `SIP/2.0 ${status} ${reasons[status]}`,
    headers: [...headers, { name: 'content-length', value: '0' }],
    body: '',
  })
}
