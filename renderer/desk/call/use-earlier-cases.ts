import { useEffect, useState } from 'react'
import type { Call } from '../../../shared/call/call-machine.ts'
import type { CommandOutput } from '../../../shared/ipc.ts'
import { numberKey } from '../../../shared/phone-number.ts'
import { invoke } from '../../ui/bridge.ts'
import { useSync } from '../stores/sync-store.ts'

export type Earlier =
  | { readonly state: 'none' | 'hidden' | 'loading' | 'failed' }
  | ({ readonly state: 'known' } & CommandOutput<'case.ofCaller'>)

/** The earlier cases of the number that calls, asked for as soon as the phone rings, and again when more is reachable. */
export function useEarlierCases(call: Call | null): Earlier {
  const [shown, setShown] = useState<{ callId: string; earlier: Earlier } | null>(null)
  const callId = call?.caller.callId ?? null
  const number = call?.caller.number ?? ''
  const hidden = numberKey(number) === ''
  const central = useSync(({ sync }) => sync?.central)
  const store = useSync(({ services }) => services.store.state)
  useEffect(() => {
    if (callId === null || hidden) return
    let stale = false
    void invoke('case.ofCaller', { phone: number.slice(0, 64) }).then((answer) => {
      if (stale) return
      const earlier: Earlier = answer.ok ? { state: 'known', ...answer.value } : { state: 'failed' }
      // What is known stays until there is better: a store that is away takes nothing from the screen.
      setShown((before) => (before?.callId === callId && before.earlier.state === 'known' && !answer.ok ? before : { callId, earlier }))
    })
    return () => {
      stale = true
    }
  }, [callId, number, hidden, central, store])
  if (callId === null) return { state: 'none' }
  if (hidden) return { state: 'hidden' }
  return shown?.callId === callId ? shown.earlier : { state: 'loading' }
}
