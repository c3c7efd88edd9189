/** Reads what an exchange tells of a line: application/dialog-info+xml, RFC 4235. */
import type { ToldDialog } from '../../shared/call/presence.ts'

export type DialogInfo = {
  readonly version: number
  /** Whether these are all its dialogs, or only what changed. */
  readonly full: boolean
  readonly dialogs: readonly ToldDialog[]
}

const NAMESPACE = 'urn:ietf:params:xml:ns:dialog-info'
const LONGEST = 16 * 1024
const MOST_DIALOGS = 64

type Parse = (text: string) => Document
const parseXml: Parse = (text) => new DOMParser().parseFromString(text, 'application/xml')

/** Null for what is no such document. It may have no document type: nothing in it is expanded or fetched. */
export function readDialogInfo(text: string, parse: Parse = parseXml): DialogInfo | null {
  if (text.length > LONGEST || text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return null
  const root = parse(text).documentElement
  if (root.localName !== 'dialog-info' || root.namespaceURI !== NAMESPACE) return null
  const version = Number(root.getAttribute('version'))
  const told = [...root.getElementsByTagNameNS(NAMESPACE, 'dialog')]
  if (!Number.isSafeInteger(version) || told.length > MOST_DIALOGS) return null
  const dialogs = told.map((dialog) => ({
    id: dialog.getAttribute('id') ?? '',
    state: dialog.getElementsByTagNameNS(NAMESPACE, 'state')[0]?.textContent?.trim() ?? '',
  }))
  return { version, full: root.getAttribute('state') !== 'partial', dialogs }
}
