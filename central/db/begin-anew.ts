/** Work that met another transaction begins anew: the second time it sees what that one did. */
import { sqlState } from './db.ts'

/** Another transaction changed what the locks were taken by. */
export class Overtaken extends Error {
  readonly code = 'overtaken'
}

const TRIES = 5
const serializationFailure = '40001'
const deadlock = '40P01'
/** Two made the same case, call or mutation at the same moment: the second one will see the first. */
const keyTaken = '23505'

function mayPass(error: unknown): boolean {
  return error instanceof Overtaken || [serializationFailure, deadlock, keyTaken].includes(sqlState(error) ?? '')
}

/** `work` is one transaction, five times at most; throws what the last one did, and at once what will not pass. */
export async function beginAnew<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === TRIES || !mayPass(error)) throw error
    }
  }
}
