/** How numbers are meant at this desk, as central said last; the keys of what is kept follow it. */
import type { Database } from 'better-sqlite3'
import type { Log } from '../../shared/ports.ts'
import { defaultNumberPlan, numberPlanSchema, type NumberPlan } from '../../shared/number-plan.ts'
import type { Meta } from './db/meta.ts'
import { storageFailure } from './failure.ts'

export type Numbers = {
  plan(): NumberPlan
  /** Central said it at a sign-in. */
  learn(plan: NumberPlan): void
}

/** A table that keeps numbers by their keys. */
type Keyed = { rekey(areaCode: string): void }

/**
 * Until a sign-in the plan is Jiangmen's, and cases may come before it. So what is kept under another area code is
 * keyed anew as soon as the right one is known, all tables at once: a caller is then found as if it had always been so.
 */
export function createNumbers(db: Database, meta: Meta, tables: () => readonly Keyed[], log: Log): Numbers {
  const plan = (): NumberPlan => {
    const told = meta.get('numberPlan')
    return told === null ? defaultNumberPlan : numberPlanSchema.parse(JSON.parse(told))
  }
  const rekey = db.transaction((areaCode: string) => {
    for (const table of tables()) table.rekey(areaCode)
    meta.set('keyedUnder', areaCode)
  })
  return {
    plan,
    learn: (told) => {
      meta.keep('numberPlan', JSON.stringify(told))
      if ((meta.get('keyedUnder') ?? defaultNumberPlan.areaCode) === told.areaCode) return
      try {
        rekey.immediate(told.areaCode)
      } catch (error) {
        // On a full disk one signs in all the same; the next sign-in does it.
        const failure = storageFailure(error)
        if (failure === null) throw error
        log('rekeyFailed', { code: failure.code })
      }
    },
  }
}
