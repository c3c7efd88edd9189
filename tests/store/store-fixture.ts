import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { onTestFinished } from 'vitest'
import { emptyForm, type CaseForm } from '../../shared/case/case-form.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/ipc.ts'
import { createStore } from '../../electron/store/store.ts'
import { openStore } from '../../electron/store/open.ts'
import { createFakeCentral, type FakeCentral } from './fake-central.ts'

/** A store on a real file, with a central in memory and timers that fire when the test says. */
export type StoreFixture = {
  readonly dir: string
  readonly db: Database
  readonly central: FakeCentral
  ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>
  askRaw(name: CommandName, input: unknown): Promise<unknown>
  /** Lets everything under way finish, and fires what waits on a timer. */
  settle(): Promise<void>
}

const noLink = { open: () => {}, close: () => {}, sendStatus: () => {} }

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
): Promise<StoreFixture> {
  const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
  let waiting: (() => void)[] = []
  const answer = createStore({
    db,
    client: central,
    live: () => noLink,
    clock: { now: () => 1_000_000 },
    ids: { next: uuidv7 },
    timers: {
      after: (_ms, run) => {
        waiting.push(run)
        return () => {
          waiting = waiting.filter((one) => one !== run)
        }
      },
    },
    publish: () => {},
  })
  onTestFinished(() => {
    db.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    dir,
    db,
    central,
    askRaw: answer,
    ask: async (name, input) => {
      const result = await answer(name, input)
      if (!result.ok) throw new Error(result.error.code)
      return result.value as CommandOutput<typeof name>
    },
    settle: async () => {
      for (let round = 0; round < 3; round++) {
        await turn()
        const due = waiting
        waiting = []
        for (const run of due) run()
        await turn()
      }
    },
  }
}

export async function signedIn(store: StoreFixture): Promise<StoreFixture> {
  await store.ask('store.signIn', { staffNo: '1003', password: 'x' })
  await store.settle()
  return store
}
