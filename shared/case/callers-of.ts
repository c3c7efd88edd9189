import type { CaseEvent } from './case-record.ts'

/** The identities that events name, each once, in the order in which they came. */
export function callersOf(events: readonly CaseEvent[]): string[] {
  const named = events.flatMap((event) => {
    if (event.type === 'caseOpened') return [event.groups.caller.callerId]
    if (event.type === 'callJoined') return [event.call.callerId]
    if (!('edit' in event) || event.edit.group !== 'caller') return []
    return [event.edit.value.callerId]
  })
  return [...new Set(named)]
}
