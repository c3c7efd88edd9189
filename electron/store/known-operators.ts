/** Those whom central let in on this desk within 12 hours: they may sign in while it is away (rule 10). */
import { z } from 'zod'
import { fail, ok, type ErrorCode, type Result } from '../../shared/errors.ts'
import { sessionSchema } from '../../shared/ipc.ts'
import { lineSchema, type SignInResponse } from '../../shared/sync/protocol.ts'
import type { KnownOperator, KnownOperatorTable, Tries } from './db/known-operators.ts'
import type { Meta } from './db/meta.ts'
import { endsBy, type Asked } from './ends-known.ts'
import { storageFailure } from './failure.ts'
import { lock, unlock, type Derive } from './password-key.ts'

const HOLDS_MS = 12 * 3_600_000
const TRIES = 5
const WINDOW_MS = 15 * 60_000
const LOCKED_MS = 15 * 60_000
/** As far as a clock is set back without a word, in ms: a time server that sets it right may do so. */
const BACK_MS = 5 * 60_000

/** The number plan is the desk's (numbers.ts), whoever sits there. */
const wordsSchema = sessionSchema.omit({ numberPlan: true }).extend({ line: lineSchema })
export type KnownSession = z.infer<typeof wordsSchema>

export type KnownOperators = {
  /** Whether she may try. */
  knows(staffNo: string): boolean
  /**
   * Central let her in. Only an operator is kept: a second factor can be checked by central alone. To lock her words
   * behind her password takes a while, and nobody need wait for it: what wants her password meanwhile does, and what
   * ends her ends this. Where it fails she is known no more, by an earlier password neither.
   */
  keep(password: string, told: SignInResponse): Promise<void>
  /** Central let her in by whatever means: who leads a shift by now is known no more. */
  letIn(operator: SignInResponse['operator']): void
  /** Central answered again, so its time is known: her 12 hours run from `at`. */
  date(staffNo: string, at: number): void
  check(staffNo: string, password: string): Promise<Result<KnownSession>>
  /** Central said no: whose signing in without it that ends is not known any more (S9.9), whatever the disk takes. */
  heard(asked: Asked, code: ErrorCode, who?: { readonly staffNo: string; readonly password?: string }): Promise<void>
  /** She changed her password at central: from now on she is known by the new one; her 12 hours run on as they did. */
  relock(staffNo: string, old: string, fresh: string): Promise<void>
  /** Takes note of the time and forgets whose 12 hours are over. */
  forgetOld(): void
}

type Deps = {
  readonly table: KnownOperatorTable
  readonly meta: Meta
  readonly derive: Derive
  readonly now: () => number
}

const noTries: Tries = { tries: 0, tryingSince: 0, lockedUntil: 0 }

export function createKnownOperators({ table, meta, derive, now }: Deps): KnownOperators {
  /** A clock that was turned back stands still till it is later than it ever was: it must not lengthen 12 hours. */
  function latest(): number {
    const seen = Number(meta.get('latestSeen') ?? 0)
    const at = now()
    if (at <= seen) return seen
    meta.keep('latestSeen', String(at))
    return at
  }

  /** Who is known no more, and stands in the file as long as that takes nothing. */
  const ended = new Set<string>()

  function takeOut(): void {
    try {
      for (const staffNo of ended) {
        table.remove(staffNo)
        ended.delete(staffNo)
      }
    } catch (error) {
      if (storageFailure(error) === null) throw error
    }
  }

  /** Who is being locked behind her password. */
  const locking = new Map<string, Promise<void>>()

  async function untilLocked(staffNo: string): Promise<void> {
    for (let one = locking.get(staffNo); one !== undefined; one = locking.get(staffNo)) await one.catch(() => undefined)
  }

  async function lockIn(password: string, told: SignInResponse, isLatest: () => boolean): Promise<void> {
    const { operator, deskCode, line } = told
    const { staffNo } = operator
    const words: KnownSession = { operator, deskCode, line }
    const removals = table.removals(staffNo)
    // Neither ended meanwhile, by this or by the directory, nor let in once more.
    const isWanted = () => isLatest() && table.removals(staffNo) === removals
    try {
      const locked = await lock(derive, password, JSON.stringify(words))
      if (!isWanted()) return
      table.keep(staffNo, { ...locked, signedInAt: latest() })
      ended.delete(staffNo)
    } catch (error) {
      if (isWanted()) end(staffNo)
      throw error
    }
  }

  function end(staffNo: string): void {
    locking.delete(staffNo)
    ended.add(staffNo)
    takeOut()
  }

  function letIn({ staffNo, role }: SignInResponse['operator']): void {
    if (role !== 'operator') end(staffNo)
  }

  const find = (staffNo: string) => (ended.has(staffNo) ? null : table.find(staffNo))
  /** Whether she is known by the same as before something took its time. */
  const isStill = (staffNo: string, { salt }: KnownOperator) => find(staffNo)?.salt.equals(salt) === true

  function findFresh(staffNo: string) {
    const known = find(staffNo)
    return known === null || latest() - known.signedInAt > HOLDS_MS ? null : known
  }

  /** Counts a try before its password is looked at, so that neither haste nor a killed program gives one more. */
  function countTry(staffNo: string, { tries, tryingSince }: Tries, at: number): void {
    const counted = at - tryingSince > WINDOW_MS ? { tries: 1, tryingSince: at } : { tries: tries + 1, tryingSince }
    const lockedUntil = counted.tries >= TRIES ? at + LOCKED_MS : 0
    table.setTries(staffNo, lockedUntil > 0 ? { ...noTries, lockedUntil } : { ...counted, lockedUntil })
  }

  return {
    knows: (staffNo) => locking.has(staffNo) || findFresh(staffNo) !== null,
    letIn,
    keep: async (password, told) => {
      letIn(told.operator)
      const { staffNo, role } = told.operator
      if (role !== 'operator') return
      const isMine = () => locking.get(staffNo) === mine
      const mine: Promise<void> = lockIn(password, told, isMine).finally(() => {
        if (isMine()) locking.delete(staffNo)
      })
      locking.set(staffNo, mine)
      await mine
    },
    date: (staffNo, at) => {
      // A clock that was set back between the sign-in and now would make `at` later than it is.
      // Who is being locked is dated by that; till then an earlier password is no younger than it was.
      if (!locking.has(staffNo)) table.setSignedInAt(staffNo, Math.min(at, now()))
      // Central's time is the time, also where the desk's clock had run ahead.
      meta.keep('latestSeen', String(now()))
    },
    check: async (staffNo, password) => {
      await untilLocked(staffNo)
      const known = findFresh(staffNo)
      if (known === null) return fail('offlineUnknown')
      const at = latest()
      // While it stands still her 12 hours would, too.
      if (at - now() > BACK_MS) return fail('clockBehind')
      if (known.lockedUntil > at) return fail('lockedOut', String(Math.ceil((known.lockedUntil - at) / 60_000)))
      countTry(staffNo, known, at)
      const words = await unlock(derive, password, known)
      if (words === null) return fail('wrongPassword')
      if (!isStill(staffNo, known)) return fail('offlineUnknown')
      table.setTries(staffNo, noTries)
      return ok(wordsSchema.parse(JSON.parse(words)))
    },
    heard: async (asked, code, who) => {
      const whose = endsBy(asked, code)
      if (whose === 'all') {
        for (const one of locking.keys()) end(one)
        for (const one of table.all()) end(one)
      }
      if (who === undefined) return
      if (whose === 'hers') end(who.staffNo)
      if (whose !== 'ofPassword' || who.password === undefined) return
      await untilLocked(who.staffNo)
      const known = find(who.staffNo)
      if (known === null || (await unlock(derive, who.password, known)) === null) return
      // Let in by another meanwhile, she is known by that, or by nothing.
      if (isStill(who.staffNo, known) && !locking.has(who.staffNo)) end(who.staffNo)
    },
    relock: async (staffNo, old, fresh) => {
      await untilLocked(staffNo)
      const known = find(staffNo)
      if (known === null) return
      const words = await unlock(derive, old, known)
      const locked = words === null ? null : await lock(derive, fresh, words)
      if (!isStill(staffNo, known) || locking.has(staffNo)) return
      if (locked === null) end(staffNo)
      else table.keep(staffNo, { ...locked, signedInAt: known.signedInAt })
    },
    forgetOld: () => {
      takeOut()
      table.removeOlder(latest() - HOLDS_MS)
    },
  }
}
