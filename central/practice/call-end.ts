import type { Dialog, Party } from './dialogs.ts'
import { isSamePhone } from './dialogs.ts'
import type { Connection } from './connection.ts'
import type { ExchangeCore } from './exchange-core.ts'
import { newBranch, viaValue } from './exchange-core.ts'
import type { Header, SipRequest } from './sip-message.ts'
import { forwardRequest, forwardResponse } from './forward.ts'
import { makeReply } from './sip-reply.ts'
import type { Binding } from './registrar.ts'

/** Marks a call as over, once, and forgets it unless a BYE still waits for its addressee. */
export function endDialog(core: ExchangeCore, dialog: Dialog): void {
  if (dialog.parkedBye === null) core.dialogs.remove(dialog)
  if (dialog.ended || !dialog.confirmed) return
  dialog.ended = true
  dialog.onEnded()
}

/** Sends a request of one side to the other and brings the responses back. */
export function relay(core: ExchangeCore, from: Connection, request: SipRequest, to: Connection): void {
  const branch = newBranch(core)
  const sent = forwardRequest(core, request, { uri: request.uri, branch })
  const back = core.transactions.open(branch, to, request.method, (response) => {
    if (response.status > 100 && from.open) from.send(forwardResponse(response))
  })
  if (back) to.send(sent)
  else from.send(makeReply(request, 503, { toTag: core.newId() }))
}

/** A telephone has registered: its calls continue, or end visibly if the telephone is not the one that had them. */
export function rejoinCalls(core: ExchangeCore, binding: Binding): void {
  for (const { dialog, party, other } of core.dialogs.partiesOf(binding.user)) {
    if (isSamePhone(party, binding.contact)) {
      party.connection = binding.connection
      party.lostAt = null
      deliverParkedBye(core, dialog, party)
    } else if (!party.connection.open) sayGoodbye(core, dialog, party, other)
  }
}

/** Notes which sides of calls a dead socket took away. */
export function markLost(core: ExchangeCore, connection: Connection): void {
  for (const dialog of core.dialogs.all()) {
    for (const party of [dialog.caller, dialog.callee]) {
      if (party.connection === connection) party.lostAt = core.timers.now()
    }
  }
}

/** Ends what has waited too long for a side that is away. */
export function sweepCalls(core: ExchangeCore): void {
  const now = core.timers.now()
  for (const dialog of core.dialogs.all()) {
    const { caller, callee, parkedBye } = dialog
    if (parkedBye && parkedBye.until <= now) {
      dialog.parkedBye = null
      if (parkedBye.connection.open) parkedBye.connection.send(makeReply(parkedBye.request, 480))
      endDialog(core, dialog)
      continue
    }
    if (!dialog.confirmed || dialog.ended) continue
    for (const [party, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      if (party.lostAt === null || party.lostAt + core.times.lostPartyMs > now) continue
      sayGoodbye(core, dialog, party, other)
      break
    }
  }
}

function deliverParkedBye(core: ExchangeCore, dialog: Dialog, party: Party): void {
  const parked = dialog.parkedBye
  if (!parked || parked.connection === party.connection) return
  dialog.parkedBye = null
  relay(core, parked.connection, parked.request, party.connection)
  endDialog(core, dialog)
}

/** BYE to the side that is left, in the name of the side that is gone. */
function sayGoodbye(core: ExchangeCore, dialog: Dialog, gone: Party, left: Party): void {
  if (dialog.confirmed && !dialog.ended && left.connection.open && left.contact !== '') {
    const branch = newBranch(core)
    core.transactions.open(branch, left.connection, 'BYE', () => {})
    const headers: Header[] = [
      ['via', viaValue(core, branch)],
      ['max-forwards', '70'],
      ['from', gone.address],
      ['to', left.address],
      ['call-id', dialog.sipCallId],
      ['cseq', `${gone.sequence + 1} BYE`],
      ['reason', 'SIP;cause=480;text="The other side is gone"'],
    ]
    left.connection.send({ kind: 'request', method: 'BYE', uri: left.contact, headers, body: '' })
  }
  dialog.parkedBye = null
  endDialog(core, dialog)
}
