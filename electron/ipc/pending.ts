import { fail, type ErrorCode, type Result } from '../../shared/errors.ts'

/** Requests under way to another process: each is answered once, or failed when that process dies. */
export type Pending = {
  open(send: (id: number) => void): Promise<Result<unknown>>
  settle(id: number, result: Result<unknown>): void
  failAll(code: ErrorCode): void
}

/** Calls pending at a process's death never settle by themselves, so whoever sees the death calls `failAll`. */
export function createPending(): Pending {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let last = 0
  return {
    open: (send) =>
      new Promise((resolve) => {
        const id = ++last
        waiting.set(id, resolve)
        send(id)
      }),
    settle: (id, result) => {
      waiting.get(id)?.(result)
      waiting.delete(id)
    },
    failAll: (code) => {
      for (const resolve of waiting.values()) resolve(fail(code))
      waiting.clear()
    },
  }
}
