import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { useSession } from '../stores/session-store.ts'

/** Who and when, in the fewest words: a colleague by her staff number, oneself by name too, another day with its date. */
export function useSaid() {
  const operator = useSession(({ session }) => session?.operator)
  return {
    who: (staffNo: string) => (staffNo === operator?.staffNo ? `${staffNo} ${operator.name}` : staffNo),
    when: (at: number) => (monthDay(at) === monthDay(Date.now()) ? timeOfDay(at) : `${monthDay(at)} ${timeOfDay(at)}`),
  }
}
