import type { Connection } from './connection.ts'
import type { SipRequest } from './sip-message.ts'
import { parseUri } from './sip-address.ts'

/** One side of a call, as the exchange must know it to reach it or to speak in its name. */
export interface Party {
  account: string
  connection: Connection
  contact: string
  /** From or To value as this side writes itself, tag included. */
  address: string
  tag: string
  /** The highest sequence number this side has used. */
  sequence: number
  /** When its socket was last seen dead; null while it lives. */
  lostAt: number | null
}

/** A call between two telephones: early until the 2xx, then confirmed. */
export interface Dialog {
  sipCallId: string
  caller: Party
  callee: Party
  confirmed: boolean
  /** The call is over, though a parked BYE may keep the dialog a little longer. */
  ended: boolean
  /** Called once, when a confirmed call is over. */
  onEnded: () => void
  /** A BYE whose addressee is away and may come back. */
  parkedBye: { connection: Connection; request: SipRequest; until: number } | null
}

/** All dialogs, found by their ids from either side. */
export interface Dialogs {
  /** False when the table is full. */
  add(dialog: Dialog): boolean
  find(sipCallId: string, fromTag: string, toTag: string): { dialog: Dialog; sender: Party; receiver: Party } | null
  remove(dialog: Dialog): void
  all(): IterableIterator<Dialog>
  /** The sides of calls that an account holds. */
  partiesOf(account: string): { dialog: Dialog; party: Party; other: Party }[]
  count(): number
}

/** Makes an empty table of dialogs. */
export function createDialogs(max = 2_000): Dialogs {
  const byKey = new Map<string, Dialog>()
  const key = (sipCallId: string, a: string, b: string): string => JSON.stringify([sipCallId, ...[a, b].toSorted()])
  const keyOf = (dialog: Dialog): string => key(dialog.sipCallId, dialog.caller.tag, dialog.callee.tag)

  return {
    add(dialog) {
      if (byKey.size >= max) return false
      byKey.set(keyOf(dialog), dialog)
      return true
    },
    find(sipCallId, fromTag, toTag) {
      const dialog = byKey.get(key(sipCallId, fromTag, toTag))
      if (!dialog) return null
      const fromCaller = dialog.caller.tag === fromTag
      return {
        dialog,
        sender: fromCaller ? dialog.caller : dialog.callee,
        receiver: fromCaller ? dialog.callee : dialog.caller,
      }
    },
    remove(dialog) {
      byKey.delete(keyOf(dialog))
    },
    all: () => byKey.values(),
    partiesOf(account) {
      const found = []
      for (const dialog of byKey.values()) {
        if (dialog.caller.account === account) found.push({ dialog, party: dialog.caller, other: dialog.callee })
        if (dialog.callee.account === account) found.push({ dialog, party: dialog.callee, other: dialog.caller })
      }
      return found
    },
    count: () => byKey.size,
  }
}

/** Whether a contact is the same telephone that a side of a call was on (SIP.js keeps its contact user for life). */
export function isSamePhone(party: Party, contact: string): boolean {
  const user = parseUri(contact)?.user
  return user !== undefined && user === parseUri(party.contact)?.user
}
