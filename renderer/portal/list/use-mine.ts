import { standsInFor } from '../../../shared/unit/unit-page.ts'
import { useSession } from '../session/session-store.ts'
import { useToday } from '../use-minute.ts'
import { useList } from './list-store.ts'

/** The staff numbers whose cases are mine today: my own, and those whom I stand in for. */
export function useMine(): ReadonlySet<string> {
  const staffNo = useSession(({ me }) => me?.staffNo ?? '')
  const deputies = useList((list) => list.work.deputies)
  const today = useToday()
  return new Set([staffNo, ...standsInFor(deputies, staffNo, today)])
}
