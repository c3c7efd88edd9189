import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { onTestFinished } from 'vitest'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/ipc.ts'
import type { Mutation } from '../../shared/sync/protocol.ts'
import { createStore } from '../../electron/store/store.ts'
import { openStore } from '../../electron/store/open.ts'
import type { LivePage } from '../../electron/store/sync/live-page.ts'
import { createFakeCentral, type FakeCentral } from './fake-central.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { quickKey } from './quick-key.ts'

/** A store on a real file, with a central in memory and timers that fire when the test says. */
export type StoreFixture = {
  readonly dir: string
  readonly db: Database
  readonly central: FakeCentral
  /** What the store said of itself: to the log, and to the windows. */
  readonly logged: { event: string; data: unknown }[]
  readonly published: { name: string; data: unknown }[]
  /** The stores for which the live link was opened. */
  readonly linked: string[]
  /** With whose token it was opened, each time. */
  readonly linkedFor: (string | null)[]
  /** What goes on after its command was answered. */
  readonly goingOn: Promise<void>[]
  /** The machine's clock. */
  readonly clock: { time: number }
  ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>
  askRaw(name: CommandName, input: unknown): Promise<unknown>
  /** Lets everything under way finish, and fires what waits on a timer. */
  settle(): Promise<void>
  /** Fires once what waits on a timer, and lets what comes of it at once finish. */
  fire(): Promise<void>
  /** Central says on /live that there is something new, and may bring it along. */
  hear(page: LivePage | null): void
  /** In how many ms each waiting timer would fire. */
  waits(): readonly number[]
}

export const fullForm: CaseForm = {
  ...emptyForm('0750-3500123'),
  kind: 'consult',
  classification: '0101',
  district: '蓬江区',
  callerName: '陈先生',
  content: '坐公交去江门站',
  replyMode: 'atOnce',
  reply: '乘 28 路',
}

/** Opens a store in a fresh folder, or again in the same one. */
export async function openFixture(
  dir = mkdtempSync(join(tmpdir(), 'sanxin-store-')),
  central = createFakeCentral(),
  derive = quickKey,
): Promise<StoreFixture> {
  const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
  const logged: StoreFixture['logged'] = []
  const published: StoreFixture['published'] = []
  const linked: string[] = []
  const linkedFor: (string | null)[] = []
  const goingOn: StoreFixture['goingOn'] = []
  const clock = { time: 1_000_000 }
  let hear: (page: LivePage | null) => void = () => {}
  let waiting: { readonly ms: number; readonly run: () => void }[] = []
  const answer = createStore({
    db,
    client: central,
    live: (onNews) => ({
      open: (_device, token, storeId) => {
        hear = onNews
        linked.push(storeId)
        linkedFor.push(token)
      },
      close: () => {},
      sendStatus: () => {},
    }),
    clock: { now: () => clock.time },
    ids: { next: uuidv7 },
    timers: {
      after: (ms, run) => {
        const timer = { ms, run }
        waiting.push(timer)
        return () => {
          waiting = waiting.filter((one) => one !== timer)
        }
      },
    },
    publish: (name, data) => void published.push({ name, data }),
    log: (event, data) => void logged.push({ event, data }),
    derive,
    afterwards: (work) => void goingOn.push(work),
    elapsed: () => 0,
  })
  onTestFinished(() => {
    db.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const fire = async () => {
    await turn()
    const due = waiting
    waiting = []
    for (const { run } of due) run()
    await turn()
  }
  return {
    dir,
    db,
    central,
    logged,
    published,
    linked,
    linkedFor,
    goingOn,
    clock,
    askRaw: answer,
    ask: async (name, input) => {
      const result = await answer(name, input)
      if (!result.ok) throw new Error(result.error.code)
      return result.value as CommandOutput<typeof name>
    },
    hear: (page) => hear(page),
    waits: () => waiting.map(({ ms }) => ms),
    settle: async () => {
      for (let round = 0; round < 3; round++) await fire()
    },
    fire,
  }
}

/** What main tells a store that was started again. */
export const resume = {
  staffNo: '1003',
  token: 'token',
  session: null,
  device: 'desk.secret',
  numberPlan: defaultNumberPlan,
}

/** Enrols the desk where it is not yet, and signs in. */
export async function signedIn(store: StoreFixture, staffNo = '1003'): Promise<StoreFixture> {
  if ((await store.ask('device.state', null)).state === 'none') await store.ask('device.enrol', { code: 'x' })
  await store.ask('store.signIn', { staffNo, password: 'x' })
  await store.settle()
  return store
}

/** The facts of calls that stand in the outbox, oldest first, with who they are said to be of. */
export function factsOf({ db }: StoreFixture): (CallFact & { author: string })[] {
  const rows = db.prepare('SELECT mutation FROM outbox ORDER BY seq').all() as { mutation: string }[]
  return rows.flatMap((row) => {
    const { author, body } = JSON.parse(row.mutation) as Mutation
    return body.kind === 'call' ? [{ ...body.fact, author }] : []
  })
}
