import type { Changeable } from '../../../shared/operator-may.ts'
import { useSession } from './session-store.ts'

/** Whether the administrator leaves this to the operator. */
export const useMay = (what: Changeable) => useSession(({ info }) => info?.operatorMay.includes(what) ?? true)
