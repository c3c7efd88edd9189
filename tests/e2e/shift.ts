/** What a desk is asked for that stands through a shift, as desks do: one central, one exchange, one desk for many scenes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'
import { askPhone } from '../../build/stack/ask.ts'
import { dropDatabase, freshDemo } from '../../build/stack/loaded-demo.ts'
import { AS_LOADED, startStack, type Stack } from '../../build/stack/stack.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import type { Db } from '../../central/db/db.ts'
import type { Settings } from '../../shared/settings.ts'
import { freshFolder, openApp, readyDesk, signInMonitor, startApp, statusSays } from './fixture.ts'
import { createStandingDesk, type OpenDesk } from './standing-desk.ts'

export type Shift = Stack & {
  /** Central's own database. */
  readonly db: Db
  /** The desk, ready and without a call; what a scene leaves up is hung up after it. */
  desk(): Promise<OpenDesk>
  /** A desk of the scene's own, which ends the one that stands. */
  ownDesk(options?: { settings?: Partial<Settings> }): Promise<OpenDesk>
  /** Ends the desk that stands: its line is free. */
  noDesk(): Promise<void>
  /** The monitor's desk, away from the line, which stands as the last scene left it. */
  monitor(): Promise<OpenDesk>
}

/** What one scene shows of a desk. Where it counts the cases of a number, that number is its own. */
export type Scene = {
  readonly name: string
  /** Whether it can be played on this machine; yes without. */
  readonly runs?: boolean
  play(shift: Shift): Promise<void>
}

type MonitorsDesk = OpenDesk & { close(): Promise<void> }

async function openMonitor(stack: Stack): Promise<MonitorsDesk> {
  await using ends = new AsyncDisposableStack()
  const dataDir = mkdtempSync(join(tmpdir(), 'sanxin-monitor-'))
  ends.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  const app = await startApp({ stack, dataDir, settings: { staffNo: null, password: null } })
  ends.defer(() => app.close().catch(() => undefined))
  const desk = await app.desk()
  await signInMonitor(desk)
  // Who leads the shift is not who is offered its calls.
  await statusSays(desk, '就绪')
  await askPhone(desk, 'phone.away', { reason: 'rest' })
  const kept = ends.move()
  return { app, desk, dataDir, close: () => kept.disposeAsync() }
}

/** A test of each scene, in this order. */
export function playScenes(families: Readonly<Record<string, readonly Scene[]>>, shift: () => Shift): void {
  for (const [family, scenes] of Object.entries(families))
    for (const { name, runs = true, play } of scenes) test.runIf(runs)(`${family}: ${name}`, () => play(shift()))
}

/** Starts all of it; `stop` ends all of it, whatever of it fails to end. */
export async function openShift(): Promise<Shift> {
  await using ends = new AsyncDisposableStack()
  const databaseUrl = await freshDemo()
  ends.defer(() => dropDatabase(databaseUrl))
  const stack = await startStack({ databaseUrl, central: AS_LOADED })
  ends.defer(() => stack.stop())
  const db = openPostgres(databaseUrl)
  ends.defer(() => db.close())
  let monitor: Promise<MonitorsDesk> | undefined
  ends.defer(async () => (await monitor?.catch(() => undefined))?.close())
  const standing = createStandingDesk(stack)
  ends.defer(standing.end)
  const kept = ends.move()
  return {
    ...stack,
    // Who still calls when a scene is over would ring in the next one.
    call: (options) => {
      const citizen = stack.call(options)
      onTestFinished(() => citizen.stop().then(() => undefined))
      return citizen
    },
    db,
    desk: standing.take,
    ownDesk: async (options = {}) => {
      await standing.end()
      const dataDir = freshFolder()
      const app = await openApp({ stack, dataDir, ...options })
      return { app, dataDir, desk: await readyDesk(app) }
    },
    noDesk: standing.end,
    monitor: async () => {
      const one = await (monitor ??= openMonitor(stack))
      // Its window may be another one by now.
      return { ...one, desk: await one.app.desk() }
    },
    stop: () => kept.disposeAsync(),
  }
}
