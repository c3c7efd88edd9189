import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import type { Bridge } from '../../shared/bridge.ts'
import type { CallStats, PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import type { Settings } from '../../shared/settings.ts'
import { electronPath, electronSwitches, settingsEnvironment } from './app.ts'

/** The real app, driven from outside as an operator drives it. */
export type DrivenApp = {
  readonly electron: ElectronApplication
  desk(): Promise<Page>
  phone(): Promise<Page>
  /** As the end of the session does, which alone ends the app in a call too (electron/leaving.ts, Q2). */
  close(): Promise<void>
}

type Launch = {
  readonly settings: Partial<Settings>
  readonly fakeMicrophone?: string | null
  readonly env?: Record<string, string>
}

/** Waits for the window of this origin, also when it is yet to open. */
async function windowOf(electron: ElectronApplication, origin: string): Promise<Page> {
  const isIt = (page: Page) => page.url().startsWith(`${origin}/`)
  for (;;) {
    const page = electron.windows().find(isIt)
    if (page !== undefined) return page
    await electron.waitForEvent('window', { timeout: 30_000 })
    await Promise.all(
      electron.windows().map((opened) => opened.waitForLoadState('domcontentloaded').catch(() => undefined)),
    )
  }
}

/** Starts the built app on the Electron that the bootstrap found. */
export async function launchApp({ settings, fakeMicrophone, env = {} }: Launch): Promise<DrivenApp> {
  const electron = await _electron.launch({
    executablePath: electronPath(),
    args: electronSwitches({ practice: true, ...(fakeMicrophone === undefined ? {} : { fakeMicrophone }) }),
    env: {
      ...(process.env as Record<string, string>),
      // What the tests' own processes keep compiled is none of the app's.
      NODE_DISABLE_COMPILE_CACHE: '1',
      ...settingsEnvironment(settings),
      ...env,
    },
    timeout: 60_000,
  })
  return {
    electron,
    desk: () => windowOf(electron, 'app://desk'),
    phone: () => windowOf(electron, 'app://phone'),
    close: async () => {
      await electron.evaluate(({ powerMonitor }) => void powerMonitor.emit('shutdown')).catch(() => undefined)
      await electron.close()
    },
  }
}

/** Until the desk is signed in and painted. */
export async function untilReady(desk: Page): Promise<void> {
  await desk.waitForFunction(() => document.documentElement.dataset['ready'] === 'true', undefined, { timeout: 60_000 })
}

/** What the phone says of itself and of its call, asked through the desk's own bridge. */
export async function phoneSnapshot(desk: Page): Promise<PhoneSnapshot> {
  return desk.evaluate(async () => {
    const { sanxin } = window as unknown as { sanxin: Bridge }
    const answer = await sanxin.invoke('phone.snapshot', null)
    if (!answer.ok) throw new Error(answer.error.code)
    return answer.value
  })
}

/** What is heard and said in the call, measured by the phone; fails when there is no call. */
export async function phoneStats(desk: Page): Promise<CallStats> {
  return desk.evaluate(async () => {
    const { sanxin } = window as unknown as { sanxin: Bridge }
    const answer = await sanxin.invoke('phone.stats', null)
    if (!answer.ok || answer.value === null) throw new Error('no call')
    return answer.value
  })
}

type CallPhase = NonNullable<PhoneSnapshot['call']>['phase']

/** Until the call has come to one of these phases. */
export async function untilPhase(desk: Page, ...phases: readonly CallPhase[]): Promise<void> {
  await desk.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const { sanxin } = window as unknown as { sanxin: Bridge }
        const look = (snapshot: PhoneSnapshot) => {
          if (snapshot.call !== null && wanted.includes(snapshot.call.phase)) resolve()
        }
        sanxin.on('phone.changed', look)
        void sanxin.invoke('phone.snapshot', null).then((answer) => answer.ok && look(answer.value))
      }),
    phases,
  )
}
