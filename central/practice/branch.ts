import { type Branch, type ExchangeCore, newBranch, viaValue } from './exchange-core.ts'
import type { Connection } from './connection.ts'
import { sequenceOf } from './check-request.ts'
import { forwardRequest, forwardResponse } from './forward.ts'
import { type Header, type SipRequest, type SipResponse, header } from './sip-message.ts'
import { firstAddress } from './sip-address.ts'
import { transactionMs } from './transactions.ts'

/** What the sender of a branch is told; the responses are ready to be passed on. */
export interface BranchListener {
  progress(response: SipResponse): void
  /** Also for the repetitions of a 2xx, for as long as no ACK has come. */
  answered(response: SipResponse): void
  /** Once; null when the telephone is gone. Not after `cancel`. */
  failed(response: SipResponse | null): void
}

/** Where and how a branch is sent. */
export interface BranchTarget {
  account: string
  connection: Connection
  uri: string
  recordRoute: boolean
  headers?: readonly Header[]
}

/** Sends an INVITE to one telephone; null when the exchange is full. */
export function openBranch(
  core: ExchangeCore,
  request: SipRequest,
  target: BranchTarget,
  listener: BranchListener,
): Branch | null {
  const { account, connection, uri, recordRoute } = target
  const id = newBranch(core)
  const sent = forwardRequest(core, request, { uri, branch: id, recordRoute, headers: target.headers ?? [] })
  let state: 'silent' | 'ringing' | 'final' = 'silent'
  let cancelled = false

  const sendCancel = (): void => {
    core.transactions.extend(id, transactionMs)
    connection.send(hopRequest(sent, 'CANCEL'))
  }
  const finish = (): void => {
    state = 'final'
    core.branches.delete(branch)
    core.transactions.extend(id, transactionMs)
  }
  const receive = (response: SipResponse): void => {
    if (response.status < 200) {
      if (state === 'final') return
      const first = state === 'silent'
      state = 'ringing'
      // RFC 3261 9.1: a CANCEL has to wait for the first provisional response.
      if (cancelled && first) sendCancel()
      else if (!cancelled && response.status > 100) listener.progress(forwardResponse(response))
    } else if (response.status < 300) {
      finish()
      listener.answered(forwardResponse(response))
    } else {
      const first = state !== 'final'
      finish()
      connection.send(ackOfFailure(sent, response))
      if (first && !cancelled) listener.failed(forwardResponse(response))
    }
  }
  const branch: Branch = {
    account,
    connection,
    cancel: () => {
      if (cancelled || state === 'final') return
      cancelled = true
      core.branches.delete(branch)
      if (state === 'ringing') sendCancel()
    },
    lose: () => {
      if (state === 'final') return
      finish()
      if (!cancelled) listener.failed(null)
    },
  }
  if (!core.transactions.open(id, connection, 'INVITE', receive)) return null
  core.transactions.extend(id, Math.max(core.times.ringMs, core.times.directRingMs) + transactionMs)
  core.branches.add(branch)
  connection.send(sent)
  return branch
}

/** Ends a call that was answered too late: ACK and BYE in the caller's name. */
export function releaseAnswer(core: ExchangeCore, connection: Connection, response: SipResponse): void {
  const uri = firstAddress(header(response, 'contact'))?.uri
  if (uri === undefined) return
  const sequence = sequenceOf(response)
  for (const [method, number] of [
    ['ACK', sequence],
    ['BYE', sequence + 1],
  ] as const) {
    const branch = newBranch(core)
    if (method === 'BYE') core.transactions.open(branch, connection, 'BYE', () => {})
    const dialogHeaders = response.headers.filter(([name]) => ['from', 'to', 'call-id'].includes(name))
    const headers: Header[] = [
      ['via', viaValue(core, branch)],
      ['max-forwards', '70'],
      ...dialogHeaders,
      ['cseq', `${number} ${method}`],
    ]
    connection.send({ kind: 'request', method, uri, headers, body: '' })
  }
}

// CANCEL and the ACK of a failure belong to the INVITE's own transaction: same Via, same URI.
function hopRequest(sent: SipRequest, method: 'ACK' | 'CANCEL'): SipRequest {
  const via = sent.headers.find(([name]) => name === 'via')
  const kept = sent.headers.filter(([name]) => ['route', 'from', 'to', 'call-id', 'max-forwards'].includes(name))
  return {
    kind: 'request',
    method,
    uri: sent.uri,
    body: '',
    headers: [...(via ? [via] : []), ...kept, ['cseq', `${sequenceOf(sent)} ${method}`]],
  }
}

function ackOfFailure(sent: SipRequest, response: SipResponse): SipRequest {
  const to = header(response, 'to')
  const ack = hopRequest(sent, 'ACK')
  return {
    ...ack,
    headers: ack.headers.map(([name, value]) => [name, name === 'to' && to !== undefined ? to : value] as const),
  }
}
