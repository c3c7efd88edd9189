import type { CaseEvent } from './case-record.ts'

/** The identities that events name, each once, in the order in which they came. */
export function callersOf(events: readonly CaseEvent[]): string[] {
  const named = new Set<string>()
  for (const event of events) {
    if (event.type === 'caseOpened') named.add(event.groups.caller.callerId)
    else if (event.type === 'callJoined') named.add(event.call.callerId)
    else if ('edit' in event && event.edit.group === 'caller') named.add(event.edit.value.callerId)
  }
  return [...named]
}
