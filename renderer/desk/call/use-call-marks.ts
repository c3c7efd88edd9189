import { useEffect, useState } from 'react'
import { callsUp } from '../../../shared/call/lines.ts'
import type { CallMarks } from '../../../shared/call/call-marks.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
import { invoke } from '../../ui/bridge.ts'
import { useCall } from '../stores/call-store.ts'
import { useSync } from '../stores/sync-store.ts'

const none: CallMarks = { warnings: [], recording: null }

/** What is marked of a call that the phone still has; null for one that only the store knows. */
function careOf(snapshot: PhoneSnapshot | null, callId: string | null) {
  const all = snapshot === null ? [] : [snapshot.call, ...callsUp(snapshot)]
  return all.find((call) => call?.caller.callId === callId)?.care ?? null
}

/** What was marked of the call that a case came of: from the phone while it has it, later from the store. */
export function useCallMarks(callId: string | null): CallMarks {
  const care = useCall(({ snapshot }) => careOf(snapshot, callId))
  const storeUp = useSync(({ services }) => services.store.state === 'up')
  const [stored, setStored] = useState<{ readonly callId: string; readonly marks: CallMarks } | null>(null)
  const ask = callId !== null && care === null && storeUp ? callId : null
  useEffect(() => {
    if (ask === null) return
    let over = false
    void invoke('call.marks', { callId: ask }).then((answer) => {
      if (!over && answer.ok) setStored({ callId: ask, marks: answer.value })
    })
    return () => {
      over = true
    }
  }, [ask])
  if (care !== null) return { warnings: [...care.warnings], recording: care.recording.name }
  return stored !== null && stored.callId === callId ? stored.marks : none
}
