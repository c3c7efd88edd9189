import { useState } from 'react'
import { ask, done } from '../../page/api.ts'
import type { Outcome } from '../../page/kb/outcome.tsx'

/** Closes what desks told, one at a time: `closing` is the one whose reason is being asked for. */
export function useClosing(words: string, refresh: () => void) {
  const [closing, setClosing] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const close = async (path: string, json: object) => {
    const answer = await ask(done, path, { method: 'POST', json })
    setOutcome(answer.ok ? { words } : { failure: answer.error })
    if (answer.ok) setClosing(null)
    refresh()
  }
  return { closing, setClosing, outcome, close }
}
