/** Somebody else calls about a case that stands. */
import type { ReplyMode } from '../../shared/case/case-record.ts'
import type { CaseKind } from '../../shared/case/case-kind.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import { nextId, someGroups } from './db-fixture.ts'

export type CallAbout = { readonly callerId: string; readonly callId: string; readonly mutation: Mutation }

/** Her call as a desk of 1002 tells it, at a time in ms; she speaks of a cover that is missing. */
export function callAbout(
  caseId: string,
  phone: string,
  { kind = 'help', mode = 'later', at = 2000 }: { kind?: CaseKind; mode?: ReplyMode; at?: number } = {},
): CallAbout {
  const callerId = nextId()
  const callId = `call-${callerId}`
  const groups = {
    ...someGroups(callerId, '井盖丢了'),
    classification: { kind, code: null },
    reply: { mode, text: '', articles: [] },
    particulars: { version: 1, values: {} },
  }
  const command = { type: 'case.call' as const, caseId, callId, groups }
  const body = { kind: 'case' as const, command, caller: { callerId, name: '第二位', phone } }
  return { callerId, callId, mutation: { id: nextId(), at, author: '1002', session: null, body } }
}
