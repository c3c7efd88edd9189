/** A desk that stands from one to the next, as one does through a shift: each row or scene finds it ready and without a call. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { askPhone } from '../../build/stack/ask.ts'
import { until } from '../../build/stack/central-reader.ts'
import { phoneSnapshot, type DrivenApp } from '../../build/stack/drive.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import { readyDesk, startApp, statusSays, type Options } from './fixture.ts'

export type OpenDesk = { readonly app: DrivenApp; readonly desk: Page; readonly dataDir: string }

export type StandingDesk = {
  /** The desk, for this row; when the row is over it is brought to rest, or ends with one that failed. */
  take(): Promise<OpenDesk>
  /** Ends it, so that another desk may have its line; the next row that takes it has a new one. */
  end(): Promise<void>
}

const callsOf = ({ call, other, beside }: PhoneSnapshot) =>
  [call, other, beside].flatMap((one) => (one === null || one.phase === 'ended' ? [] : [one.caller.callId]))

/** Whatever a row left up is hung up, who still rings goes with the row, and the operator is ready. */
async function bringToRest(desk: Page): Promise<void> {
  // What a row opened and left so, a panel or a choice, is put away.
  await desk.keyboard.press('Escape')
  await until(async () => {
    const lines = await phoneSnapshot(desk)
    for (const callId of callsOf(lines)) await askPhone(desk, 'phone.hangUp', { callId }).catch(() => undefined)
    const { status } = lines.operator
    if (status === 'wrapUp') await askPhone(desk, 'phone.wrapUpDone', null)
    if (status === 'away') await askPhone(desk, 'phone.away', { reason: null })
    return status === 'ready' && callsOf(lines).length === 0
  }, 'a desk at rest')
  await statusSays(desk, '就绪')
}

export function createStandingDesk(stack: Options['stack']): StandingDesk {
  let standing: OpenDesk | null = null

  async function end(): Promise<void> {
    const one = standing
    standing = null
    await one?.app.close().catch(() => undefined)
    if (one !== null) rmSync(one.dataDir, { recursive: true, force: true })
  }

  async function start(): Promise<OpenDesk> {
    const dataDir = mkdtempSync(join(tmpdir(), 'sanxin-desk-'))
    let app: DrivenApp | null = null
    try {
      app = await startApp({ stack, dataDir })
      standing = { app, dataDir, desk: await readyDesk(app) }
      return standing
    } catch (error) {
      // Left alive, it would ring in every row that comes.
      await app?.close().catch(() => undefined)
      rmSync(dataDir, { recursive: true, force: true })
      throw error
    }
  }

  return {
    end,
    take: async () => {
      const one = standing ?? (await start())
      onTestFinished(async ({ task }) => {
        if (standing !== one) return
        try {
          if (task.result?.state === 'fail') await end()
          else await bringToRest(one.desk)
        } catch (error) {
          // One that does not come to rest is none of the next row's.
          await end()
          throw error
        }
      })
      return one
    },
  }
}
