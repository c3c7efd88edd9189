import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchApp, untilReady } from '../../../build/stack/drive.ts'
import { demoOperator, startStack, type Stack } from '../../../build/stack/stack.ts'
import { writeTone } from '../../../build/stack/tone.ts'

/** What the operator of a bench says, in Hz. */
const OPERATOR_HZ = 1000

export type ReadyApp = { readonly stack: Stack; readonly desk: Page; readonly phone: Page }

/** Until the status of the desk says this word. */
export async function statusSays(desk: Page, word: string): Promise<void> {
  await desk.getByTestId('status').filter({ hasText: word }).waitFor()
}

/** Measures on a stack and an app of its own, signed in with the line registered; both are gone afterwards. */
export async function withReadyApp<T>(measure: (ready: ReadyApp) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-bench-'))
  const stack = await startStack()
  const tone = join(dir, 'tone.wav')
  writeTone(tone, OPERATOR_HZ)
  const app = await launchApp({
    settings: { central: stack.central.url, sip: [stack.exchange.url], dataDir: dir, ...demoOperator },
    fakeMicrophone: tone,
  })
  try {
    const [desk, phone] = [await app.desk(), await app.phone()]
    await untilReady(desk)
    await statusSays(desk, '就绪')
    return await measure({ stack, desk, phone })
  } finally {
    await app.close()
    await stack.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
