import type { Connection } from './connection.ts'
import type { Dialog, Party } from './dialogs.ts'
import type { ExchangeCore } from './exchange-core.ts'
import type { ServerInvite } from './server-invites.ts'
import { sequenceOf } from './check-request.ts'
import type { SipRequest, SipResponse } from './sip-message.ts'
import { header } from './sip-message.ts'
import { firstAddress, tagOf } from './sip-address.ts'

/** Who is calling whom while an INVITE is under way. */
export interface Setup {
  invite: ServerInvite
  caller: string
  /** Early dialogs of all telephones that rang for it. */
  early: Set<Dialog>
}

/** Notes the dialog that a 1xx or 2xx makes, so that what follows in it finds its way. */
export function trackDialog(
  core: ExchangeCore,
  setup: Setup,
  callee: { account: string; connection: Connection },
  response: SipResponse,
  onEnded: () => void,
): void {
  const request = setup.invite.request
  const sipCallId = header(request, 'call-id') ?? ''
  const calleeTag = tagOf(header(response, 'to'))
  const confirmed = response.status >= 200
  if (calleeTag === '') return
  const known = core.dialogs.find(sipCallId, tagOf(header(request, 'from')), calleeTag)?.dialog
  const dialog: Dialog = known ?? {
    sipCallId,
    confirmed,
    ended: false,
    onEnded,
    parkedBye: null,
    caller: party(setup.caller, setup.invite.connection, request, header(request, 'from') ?? '', sequenceOf(request)),
    callee: party(callee.account, callee.connection, response, header(response, 'to') ?? '', 0),
  }
  if (!known && !core.dialogs.add(dialog)) return
  if (confirmed) {
    dialog.confirmed = true
    dialog.onEnded = onEnded
    dialog.callee.contact = firstAddress(header(response, 'contact'))?.uri ?? dialog.callee.contact
    setup.early.delete(dialog)
    dropEarly(core, setup)
  } else if (!known) setup.early.add(dialog)
}

/** Forgets the early dialogs of telephones that did not get the call. */
export function dropEarly(core: ExchangeCore, setup: Setup): void {
  for (const dialog of setup.early) core.dialogs.remove(dialog)
  setup.early.clear()
}

function party(
  account: string,
  connection: Connection,
  message: SipRequest | SipResponse,
  address: string,
  sequence: number,
): Party {
  const contact = firstAddress(header(message, 'contact'))?.uri ?? ''
  return { account, connection, contact, address, tag: tagOf(address), sequence, lostAt: null }
}
