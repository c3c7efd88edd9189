import { useEffect, useState } from 'react'
import type { Call } from '../../../shared/call/call.ts'
import type { CommandOutput } from '../../../shared/ipc.ts'
import { bareNumber } from '../../../shared/phone-number.ts'
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
  const hidden = bareNumber(number) === ''
  useEffect(() => {
    if (callId === null || hidden) return
    let newest = 0
    const ask = async () => {
      const turn = (newest += 1)
      const answer = await invoke('case.ofCaller', { phone: number.slice(0, 64) })
      if (turn !== newest) return
      const earlier: Earlier = answer.ok ? { state: 'known', ...answer.value } : { state: 'failed' }
      // What is known stays until there is better: a store that is away takes nothing from the screen.
      setShown((before) => {
        const keep = !answer.ok && before?.callId === callId && before.earlier.state === 'known'
        return keep ? before : { callId, earlier }
      })
    }
    void ask()
    const stop = useSync.subscribe(({ sync, services }, before) => {
      const reach = sync?.central !== before.sync?.central || services.store.state !== before.services.store.state
      if (reach) void ask()
    })
    return () => {
      newest = -1
      stop()
    }
  }, [callId, number, hidden])
  if (callId === null) return { state: 'none' }
  if (hidden) return { state: 'hidden' }
  return shown?.callId === callId ? shown.earlier : { state: 'loading' }
}
