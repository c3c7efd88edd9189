import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { Failure } from '../../shared/errors.ts'
import { ask } from './api.ts'
import { onSessionChange } from './session.ts'

export type Asked<T> = {
  /** What central said last of this path; null while it has said nothing. */
  readonly value: T | null
  readonly failure: Failure | null
  readonly refresh: () => void
}
/** Which asking it answers: an earlier one's answer is never put over a later one's. */
type Said<T> = {
  readonly round: number
  readonly path: string
  readonly value: T | null
  readonly failure: Failure | null
}

/** What central answers at a path, asked again when the path changes and when a session that expired is renewed. */
export function useAsked<S extends z.ZodType>(schema: S, path: string | null): Asked<z.output<S>> {
  const [said, setSaid] = useState<Said<z.output<S>> | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => onSessionChange((change) => change === 'again' && setRound((before) => before + 1)), [])
  useEffect(() => {
    if (path === null) return
    let wanted = true
    void ask(schema, path).then((answer) => {
      if (!wanted) return
      setSaid((before) =>
        answer.ok
          ? { round, path, value: answer.value, failure: null }
          : { round, path, value: before?.path === path ? before.value : null, failure: answer.error },
      )
    })
    return () => void (wanted = false)
  }, [schema, path, round])
  const ours = said !== null && said.path === path ? said : null
  const refresh = () => setRound((before) => before + 1)
  return { value: ours?.value ?? null, failure: ours?.failure ?? null, refresh }
}
