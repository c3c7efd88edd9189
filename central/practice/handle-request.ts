import { authenticate } from './authenticate.ts'
import { openBranch } from './branch.ts'
import { endDialog, relay } from './call-end.ts'
import { checkRequest, sequenceOf } from './check-request.ts'
import type { Connection } from './connection.ts'
import { startDirectCall } from './direct-call.ts'
import type { ExchangeCore } from './exchange-core.ts'
import { queueNumber } from './exchange-core.ts'
import type { Dialog, Party } from './dialogs.ts'
import { newBranch } from './exchange-core.ts'
import { forwardRequest, undoStrictRouting } from './forward.ts'
import { handleRegister } from './register.ts'
import type { SipRequest } from './sip-message.ts'
import { header } from './sip-message.ts'
import { firstAddress, parseUri, tagOf } from './sip-address.ts'
import { canBeAnswered, makeReply } from './sip-reply.ts'

const allowed = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER'
const inDialogOnly = new Set(['BYE', 'INFO', 'UPDATE', 'PRACK', 'NOTIFY'])

/** One request, from its checks to its handler. */
export function handleRequest(
  core: ExchangeCore,
  enterQueue: (invite: NonNullable<ReturnType<ExchangeCore['serverInvites']['open']>>, caller: string) => void,
  connection: Connection,
  received: SipRequest,
): void {
  const reply = (status: number, options: Parameters<typeof makeReply>[2] = {}): void => {
    if (canBeAnswered(received)) connection.send(makeReply(received, status, { toTag: core.newId(), ...options }))
  }
  const refusal = checkRequest(received)
  if (refusal) {
    const headers = refusal.unsupported === undefined ? [] : [['unsupported', refusal.unsupported] as const]
    return reply(refusal.status, { headers, ...(refusal.reason === undefined ? {} : { reason: refusal.reason }) })
  }
  const request = undoStrictRouting(core, received)
  const { method } = request
  if (method === 'REGISTER') return handleRegister(core, connection, request)
  if (method === 'CANCEL') return handleCancel(core, connection, request, reply)
  if (method === 'ACK') return handleAck(core, connection, request)
  if (method === 'INVITE' && core.serverInvites.find(connection, request)) return // a repetition
  if (tagOf(header(request, 'to')) !== '') return handleInDialog(core, connection, request, reply)
  if (method === 'OPTIONS') return reply(200, { headers: [['allow', allowed]] })
  if (inDialogOnly.has(method)) return reply(481)
  if (method !== 'INVITE') return reply(405, { headers: [['allow', allowed]] })

  const caller = authenticate(core, connection, request)
  if (caller === null) return
  if (!firstAddress(header(request, 'contact'))) return reply(400, { reason: 'INVITE without Contact' })
  const callee = parseUri(request.uri)?.user ?? ''
  // An operator in the line of their own queue would be offered themselves.
  if (callee === queueNumber && core.agents.has(caller))
    return reply(403, { reason: 'Operators do not call the queue' })
  const invite = core.serverInvites.open(connection, request)
  if (!invite) return reply(503)
  connection.send(makeReply(request, 100))
  if (callee === queueNumber) enterQueue(invite, caller)
  else startDirectCall(core, invite, caller, callee)
}

type Reply = (status: number, options?: Parameters<typeof makeReply>[2]) => void

function handleCancel(core: ExchangeCore, connection: Connection, request: SipRequest, reply: Reply): void {
  const invite = core.serverInvites.find(connection, request)
  if (!invite) return reply(481)
  reply(200)
  if (invite.final === null) invite.onCancel()
}

function handleAck(core: ExchangeCore, connection: Connection, request: SipRequest): void {
  const invite = core.serverInvites.find(connection, request)
  if (invite?.final && invite.final >= 300) return // the ACK of a failure goes from hop to hop
  const found = findDialog(core, request)
  if (!found || found.sender.connection !== connection || !found.receiver.connection.open) return
  found.receiver.connection.send(forwardRequest(core, request, { uri: request.uri, branch: newBranch(core) }))
}

function handleInDialog(core: ExchangeCore, connection: Connection, request: SipRequest, reply: Reply): void {
  const found = findDialog(core, request)
  if (!found || found.dialog.ended) return reply(481)
  const { dialog, sender, receiver } = found
  if (sender.connection !== connection) {
    // Back on a new socket: known by its registration, or by its password.
    const registered = core.registrar.lookup(sender.account)?.connection === connection
    const user = registered ? sender.account : authenticate(core, connection, request)
    if (user === null) return
    if (user !== sender.account) return reply(403)
    sender.connection = connection
    sender.lostAt = null
  }
  sender.sequence = Math.max(sender.sequence, sequenceOf(request))
  sender.contact = firstAddress(header(request, 'contact'))?.uri ?? sender.contact

  if (request.method === 'BYE') return handleBye(core, connection, request, dialog, receiver)
  if (!receiver.connection.open) return reply(480)
  if (request.method === 'INVITE') return relayReinvite(core, connection, request, receiver, reply)
  relay(core, connection, request, receiver.connection)
}

function handleBye(
  core: ExchangeCore,
  connection: Connection,
  request: SipRequest,
  dialog: Dialog,
  receiver: Party,
): void {
  if (receiver.connection.open) relay(core, connection, request, receiver.connection)
  // The telephone may be back in a moment, and must then hear that the call is over.
  else dialog.parkedBye = { connection, request, until: core.timers.now() + core.times.parkedByeMs }
  endDialog(core, dialog)
}

function relayReinvite(
  core: ExchangeCore,
  connection: Connection,
  request: SipRequest,
  receiver: Party,
  reply: Reply,
): void {
  const invite = core.serverInvites.open(connection, request)
  if (!invite) return reply(503)
  connection.send(makeReply(request, 100))
  const branch = openBranch(
    core,
    request,
    { account: receiver.account, connection: receiver.connection, uri: request.uri, recordRoute: false },
    {
      progress: (response) => invite.forward(response),
      answered: (response) => invite.forward(response),
      failed: (response) => (response ? invite.forward(response) : invite.reply(408)),
    },
  )
  if (!branch) return invite.reply(503)
  invite.onCancel = () => {
    branch.cancel()
    invite.reply(487)
  }
}

function findDialog(core: ExchangeCore, request: SipRequest): ReturnType<ExchangeCore['dialogs']['find']> {
  return core.dialogs.find(
    header(request, 'call-id') ?? '',
    tagOf(header(request, 'from')),
    tagOf(header(request, 'to')),
  )
}
