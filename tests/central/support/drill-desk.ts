/** A desk of the drills: the real store and its real client, against central over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished } from 'vitest'
import { DEMO_ENROLMENT, DEMO_PASSWORD } from '../../../central/people/demo.ts'
import { openStore } from '../../../electron/store/open.ts'
import { createStore } from '../../../electron/store/store.ts'
import { createCentralClient } from '../../../electron/store/sync/central-client.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../../shared/ipc.ts'
import { fullForm } from '../../store/store-fixture.ts'

/** A folder of this test's own, gone when it is over. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-drill-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export type DrillDesk = {
  readonly db: Database
  /** The mutations of which central said that they are applied. */
  readonly applied: ReadonlySet<string>
  /** How often it was told that central is another and that it must send all again. */
  sentAgain(): number
  ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>
  /** Signs in; the desk is enrolled first where it is not yet. */
  signIn(): Promise<unknown>
  save(content: string, caseId?: string): Promise<{ caseId: string; caseNo: string }>
  record(callId: string): Promise<unknown>
  /** Runs what waits for its time. */
  tick(): void
  /** Until central has all that was done here. */
  drained(): Promise<void>
}

/** A desk with a real file on a real central at `port`, whose timers run when the test says. */
export async function openDesk(port: number, staffNo: string): Promise<DrillDesk> {
  const { db } = await openStore({ dir: folder(), nativeBinding: null, now: 1 })
  onTestFinished(() => void db.close())
  let timers: (() => void)[] = []
  const applied = new Set<string>()
  let sentAgain = 0
  const client = createCentralClient(`http://127.0.0.1:${port}`)
  const answer = createStore({
    db,
    client: {
      ...client,
      sync: async (token, request) => {
        const said = await client.sync(token, request)
        if (!said.ok) return said
        for (const { id, status } of said.value.answers) if (status === 'applied') applied.add(id)
        if (said.value.sendAgain) sentAgain += 1
        return said
      },
    },
    live: () => ({ open: () => {}, close: () => {}, sendStatus: () => {} }),
    clock: { now: () => Date.now() },
    ids: { next: uuidv7 },
    timers: {
      after: (_ms, run) => {
        timers.push(run)
        return () => (timers = timers.filter((one) => one !== run))
      },
    },
    publish: () => {},
  })
  const ask = async <N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> => {
    const result = await answer(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
    return result.value as CommandOutput<N>
  }
  const tick = () => {
    const due = timers
    timers = []
    for (const run of due) run()
  }
  return {
    db,
    applied,
    sentAgain: () => sentAgain,
    ask,
    signIn: async () => {
      const { state } = await ask('device.state', null)
      if (state === 'none') await ask('device.enrol', { code: DEMO_ENROLMENT })
      return ask('store.signIn', { staffNo, password: DEMO_PASSWORD })
    },
    save: async (content: string, caseId = uuidv7()) => {
      const { caseNo } = await ask('case.save', { caseId, callId: null, form: { ...fullForm, content } })
      return { caseId, caseNo }
    },
    record: (callId: string) =>
      ask('call.record', { fact: { callId, kind: 'answered', at: Date.now() }, author: staffNo }),
    tick,
    drained: () =>
      expect
        .poll(
          async () => {
            tick()
            const { waiting, central } = await ask('sync.status', null)
            return { waiting, central }
          },
          { timeout: 20_000 },
        )
        .toEqual({ waiting: 0, central: 'reachable' }),
  }
}
