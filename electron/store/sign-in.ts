/** Signing in: at central, and where central is away at this desk, till central can be asked. */
import { fail, ok, type ErrorCode, type Result } from '../../shared/errors.ts'
import { faultOf } from '../../shared/fault.ts'
import type { Log, Timers } from '../../shared/ports.ts'
import type { OidcAnswer } from '../../shared/sync/oidc.ts'
import type { SyncStatus } from '../../shared/sync/status.ts'
import type { SignInResponse } from '../../shared/sync/protocol.ts'
import type { Asked } from './ends-known.ts'
import { storageFailure } from './failure.ts'
import type { KnownOperators, KnownSession } from './known-operators.ts'
import type { Numbers } from './numbers.ts'
import { isAway, type CentralClient, type Credentials } from './sync/central-client.ts'
import type { Proof, SignedIn } from './sync/sync-engine.ts'

/** `token` and `session` are null while central has not been asked. */
export type Admitted = KnownSession & { readonly token: string | null; readonly session: string | null }

export type SignIn = {
  /** At this device. */
  signIn(device: string, who: Credentials): Promise<Result<Admitted>>
  /** By the organisation's account, at central alone. */
  byIssuer(device: string, answer: OidcAnswer): Promise<Result<Admitted>>
  /** Signs her out at central, which is told, and not waited for: it may be away. */
  leave(left: SignedIn): void
  /** Central said no, to the desk or to a sign-in (S9.9). */
  heard(asked: Asked, code: ErrorCode, who?: { readonly staffNo: string }): void
  /** Signs her in at central who was signed in without it; `notSignedIn` where her password is wanted again. */
  prove(staffNo: string): Promise<Result<Proof>>
  /** How she who has no token yet stands. */
  state(): Exclude<SyncStatus['signIn'], 'none' | 'central'>
  /** Nobody is to be proved any more. */
  drop(): void
  /** Central was reached and its time taken over. */
  synced(): void
}

type Deps = {
  readonly known: KnownOperators
  readonly numbers: Numbers
  readonly client: CentralClient
  readonly storeId: () => string
  /** Who sits here. */
  readonly who: () => SignedIn | null
  readonly machineNow: () => number
  readonly correction: () => number
  readonly timers: Timers
  readonly log: Log
  readonly afterwards: (work: Promise<void>) => void
}

/** Who is known here need not wait longer for a central that does not answer. */
const KNOWN_PATIENCE_MS = 3_000
const FORGET_EVERY_MS = 10 * 60_000

export function createSignIn(deps: Deps): SignIn {
  const { known, numbers, client, storeId, machineNow, correction, timers, log, afterwards } = deps
  /** In memory alone, till central has answered. */
  let waiting: { readonly device: string; readonly staffNo: string; readonly password: string } | null = null
  let refused = false
  /** Let in by central at this time of the machine, which central's own has not corrected yet. */
  let undated: { readonly staffNo: string; readonly at: number } | null = null

  /** What only helps the next sign-in must not spoil this one on a full disk. */
  async function ifDiskTakes(write: () => Promise<void> | void): Promise<void> {
    try {
      await write()
    } catch (error) {
      const failure = storageFailure(error)
      if (failure === null) throw error
      log('knownOperatorsFailed', { code: failure.code })
    }
  }

  async function atCentral(device: string, who: Credentials, patienceMs?: number): Promise<Result<SignInResponse>> {
    const { staffNo, password } = who
    const at = machineNow()
    const answer = await client.signIn(device, { ...who, storeId: storeId() }, patienceMs)
    if (answer.ok) {
      numbers.learn(answer.value.numberPlan)
      // It takes longer than central did, and serves the next time.
      const keeping = ifDiskTakes(() => known.keep(password, answer.value))
      afterwards(keeping.catch((error: unknown) => log('knownOperatorsFailed', faultOf(error))))
      undated = { staffNo, at }
    } else await ifDiskTakes(() => known.heard('password', answer.error.code, who))
    return answer
  }

  /** No disk in trouble keeps her known (S9.9), nor becomes a failure of what was asked. */
  const heard: SignIn['heard'] = (asked, code, who) => void ifDiskTakes(() => known.heard(asked, code, who))

  async function signOut({ staffNo, token }: SignedIn & { token: string }): Promise<void> {
    const answer = await client.signOut(token)
    const here = deps.who()
    // What was over before she left was ended by somebody else. Let in anew since, she is known by that.
    const again = here !== null && here.staffNo === staffNo && here.token !== null
    if (!answer.ok && !again) heard('session', answer.error.code, { staffNo })
  }

  function drop(): void {
    waiting = null
    refused = false
  }

  async function forgetOld(): Promise<void> {
    timers.after(FORGET_EVERY_MS, () => void forgetOld())
    await ifDiskTakes(() => known.forgetOld())
  }
  void forgetOld()

  return {
    signIn: async (device, who) => {
      const { staffNo, password } = who
      const answer = await atCentral(device, who, known.knows(staffNo) ? KNOWN_PATIENCE_MS : undefined)
      if (answer.ok) {
        drop()
        const { operator, deskCode, line, token, session } = answer.value
        return ok({ operator, deskCode, line, token, session })
      }
      if (!isAway(answer.error)) return answer
      const checked = await known.check(staffNo, password)
      if (!checked.ok) return checked
      waiting = { device, staffNo, password }
      refused = false
      return ok({ ...checked.value, token: null, session: null })
    },
    prove: async (staffNo) => {
      if (waiting === null || waiting.staffNo !== staffNo) return fail('notSignedIn')
      const asked = waiting
      const answer = await atCentral(asked.device, { staffNo, password: asked.password })
      if (waiting !== asked) {
        // She has left meanwhile: nobody needs this session.
        if (answer.ok) void client.signOut(answer.value.token)
        return fail('notSignedIn')
      }
      if (answer.ok) {
        drop()
        return ok({ token: answer.value.token, session: answer.value.session })
      }
      if (isAway(answer.error) || answer.error.code === 'protocolMismatch') return answer
      waiting = null
      refused = answer.error.code === 'wrongPassword' || answer.error.code === 'forbidden'
      return answer
    },
    byIssuer: async (device, answer) => {
      const signedIn = await client.signInByIssuer(device, { ...answer, storeId: storeId() })
      if (!signedIn.ok) return signedIn
      drop()
      const { operator, deskCode, line, token, session, numberPlan } = signedIn.value
      numbers.learn(numberPlan)
      await ifDiskTakes(() => known.letIn(operator))
      return ok({ operator, deskCode, line, token, session })
    },
    leave: ({ staffNo, token, session }) => {
      if (token !== null) void signOut({ staffNo, token, session })
    },
    heard,
    state: () => (waiting !== null ? 'offline' : refused ? 'refused' : 'passwordWanted'),
    drop,
    synced: () => {
      if (undated === null) return
      const { staffNo, at } = undated
      undated = null
      void ifDiskTakes(() => known.date(staffNo, at + correction()))
    },
  }
}
