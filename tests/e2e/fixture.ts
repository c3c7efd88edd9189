import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { Settings } from '../../shared/settings.ts'
import { launchApp, untilPhase, untilReady, type DrivenApp } from '../../build/stack/drive.ts'
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import { demoOperator, type Stack } from '../../build/stack/stack.ts'
import { writeTone } from '../../build/stack/tone.ts'
import type { Child } from '../../build/stack/child.ts'

/** What the operator says and the citizen says: tones far apart, so that a spectrum tells who is heard. */
export const OPERATOR_HZ = 1000
export const CITIZEN_HZ = 440
export const NUMBER = '13800002210'

/** A folder of this test's own, gone when it is over. */
export function freshFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sanxin-e2e-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

type Address = { readonly url: string }
export type Options = {
  readonly stack: { readonly central: Address; readonly exchange: Address }
  readonly dataDir?: string
  readonly microphone?: 'tone' | 'none'
  readonly settings?: Partial<Settings>
}

/** The real app in this folder, signed in as the demo operator unless the settings say otherwise; who starts it closes it. */
export async function startApp({
  stack,
  dataDir,
  microphone = 'tone',
  settings = {},
}: Options & { readonly dataDir: string }): Promise<DrivenApp> {
  const tone = join(dataDir, 'operator.wav')
  writeTone(tone, OPERATOR_HZ)
  return launchApp({
    settings: { central: stack.central.url, sip: [stack.exchange.url], dataDir, ...demoOperator, ...settings },
    fakeMicrophone: microphone === 'tone' ? tone : null,
  })
}

/** The same with a fresh profile, closed when the test is over. */
export async function openApp({ dataDir = freshFolder(), ...rest }: Options): Promise<DrivenApp> {
  const app = await startApp({ dataDir, ...rest })
  onTestFinished(() => app.close().catch(() => undefined))
  return app
}

/** Signs in the demo's monitor, whose code opens once in half a minute. */
export async function signInMonitor(desk: Page): Promise<void> {
  await desk.getByRole('textbox', { name: '工号' }).fill('1010')
  await desk.getByLabel('密码').fill(DEMO_PASSWORD)
  await desk.keyboard.press('Enter')
  await desk.getByLabel('动态验证码').waitFor()
  await desk.keyboard.insertText(new TOTP({ secret: Secret.fromBase32(DEMO_TOTP_SECRET) }).generate())
  await desk.keyboard.press('Enter')
  await untilReady(desk)
}

/** The desk, signed in, with the line registered. */
export async function readyDesk(app: DrivenApp): Promise<Page> {
  const desk = await app.desk()
  await untilReady(desk)
  await statusSays(desk, '就绪')
  return desk
}

/** Until the status says this word. */
export async function statusSays(desk: Page, word: string): Promise<void> {
  await desk.getByTestId('status').filter({ hasText: word }).waitFor()
}

/** A citizen calls with a tone, the operator answers by F5, and both are heard. */
export async function talk(stack: Pick<Stack, 'call'>, desk: Page, { number = NUMBER } = {}): Promise<Child> {
  const citizen = stack.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number })
  onTestFinished(() => citizen.stop().then(() => undefined))
  await untilPhase(desk, 'ringing')
  await desk.keyboard.press('F5')
  await untilPhase(desk, 'talking')
  return citizen
}

/** What central has taken of a call from this desk: the kinds of its facts in their order, and how it ended. */
export function factsAtCentral(dataDir: string, callId: string): { kinds: string[]; outcome: string | null } {
  const db = new DatabaseSync(join(dataDir, 'store.sqlite'), { readOnly: true })
  try {
    const rows = db
      .prepare(
        `SELECT mutation ->> '$.body.fact.kind' AS kind, mutation ->> '$.body.fact.outcome' AS outcome FROM outbox
         WHERE state = 'applied' AND mutation ->> '$.body.fact.callId' = ? ORDER BY seq`,
      )
      .all(callId) as { kind: string; outcome: string | null }[]
    return { kinds: rows.map(({ kind }) => kind), outcome: rows.find(({ kind }) => kind === 'ended')?.outcome ?? null }
  } finally {
    db.close()
  }
}

/** What the operator's calls came to, as central has taken it from this desk, in order. */
export function outcomesAtCentral(dataDir: string): string[] {
  const db = new DatabaseSync(join(dataDir, 'store.sqlite'), { readOnly: true })
  try {
    const rows = db
      .prepare(
        `SELECT mutation ->> '$.body.fact.outcome' AS outcome FROM outbox
         WHERE state = 'applied' AND mutation ->> '$.body.fact.kind' = 'settled' ORDER BY seq`,
      )
      .all() as { outcome: string }[]
    return rows.map(({ outcome }) => outcome)
  } finally {
    db.close()
  }
}

/** Of which calls this desk has told anything. */
export function callsTold(dataDir: string): string[] {
  const db = new DatabaseSync(join(dataDir, 'store.sqlite'), { readOnly: true })
  try {
    const rows = db
      .prepare(
        `SELECT DISTINCT mutation ->> '$.body.fact.callId' AS id FROM outbox WHERE mutation ->> '$.body.kind' = 'call'`,
      )
      .all() as { id: string }[]
    return rows.map(({ id }) => id)
  } finally {
    db.close()
  }
}

/** Until the desk says that the draft stands on the disk. */
export async function draftSaved(desk: Page): Promise<void> {
  await desk.getByTestId('draft-state').filter({ hasText: '草稿已保存' }).waitFor()
}

/** The operating system's ids of the app's processes. */
export async function processIds(
  app: DrivenApp,
): Promise<{ desk: number; phone: number; store: number; main: number }> {
  return app.electron.evaluate(({ app: electron, BrowserWindow }) => {
    const windowPid = (origin: string) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().startsWith(origin))
        ?.webContents.getOSProcessId() ?? 0
    const store = electron
      .getAppMetrics()
      .find(({ name, serviceName }) => `${name} ${serviceName}`.includes('sanxin-store'))
    return {
      desk: windowPid('app://desk/'),
      phone: windowPid('app://phone/'),
      store: store?.pid ?? 0,
      main: process.pid,
    }
  })
}
