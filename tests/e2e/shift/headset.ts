/** A headset's hook in the real phone page; the system's port to it (WebHID) is there, the device is the test's. */
import { expect, onTestFinished } from 'vitest'
import type { Page } from 'playwright-core'
import { until } from '../../../build/stack/central-reader.ts'
import { untilPhase } from '../../../build/stack/drive.ts'
import { CITIZEN_HZ, NUMBER, processIds, statusSays } from '../fixture.ts'
import type { Scene } from '../shift.ts'

type FakeHeadset = { readonly sent: number[]; hook(off: boolean): void }
type HeadsetWindow = Window & { headset: FakeHeadset }

/** A headset with a switch, and a light for it and for the ring (HID Usage Tables 1.5, pages 0x0B and 0x08). */
function plugIn(): void {
  const heard = new Set<(event: { reportId: number; data: DataView }) => void>()
  const sent: number[] = []
  const bit = (usage: number) => ({ usages: [usage], reportSize: 1, reportCount: 1, isAbsolute: true })
  const device = {
    opened: false,
    collections: [
      {
        usagePage: 0x0b,
        usage: 5,
        inputReports: [{ reportId: 1, items: [bit(0x0b0020)] }],
        outputReports: [{ reportId: 2, items: [bit(0x080017), bit(0x080018)] }],
      },
    ],
    open: async () => void Object.assign(device, { opened: true }),
    close: async () => undefined,
    sendReport: async (_id: number, data: Uint8Array) => void sent.push(data[0] ?? 0),
    addEventListener: (_type: string, listener: (event: { reportId: number; data: DataView }) => void) =>
      void heard.add(listener),
  }
  const hook = (off: boolean) => {
    const data = new DataView(Uint8Array.of(off ? 1 : 0).buffer)
    for (const listener of heard) listener({ reportId: 1, data })
  }
  Object.defineProperty(navigator, 'hid', {
    value: { getDevices: async () => [device], addEventListener: () => undefined },
  })
  Object.assign(window, { headset: { sent, hook } })
}

const OFF_HOOK = 1
const RING = 2
const lights = (phone: Page) => phone.evaluate(() => (window as unknown as HeadsetWindow).headset.sent.at(-1) ?? 0)
const hook = (phone: Page, off: boolean) =>
  phone.evaluate((lifted) => (window as unknown as HeadsetWindow).headset.hook(lifted), off)

export const headsetScenes: readonly Scene[] = [
  {
    name: 'H1 H4 lifted, it answers the call that rings; put back, it ends it; its lights say ring and call',
    async play(shift) {
      // Of its own: the headset stays plugged in.
      const { app, desk } = await shift.ownDesk()
      // The next phone page finds it plugged in.
      await app.electron.context().addInitScript(plugIn)
      process.kill((await processIds(app)).phone, 'SIGKILL')
      await statusSays(desk, '电话恢复中')
      await statusSays(desk, '就绪')
      const phone = await app.phone()
      await phone.waitForFunction(() => 'headset' in window)

      const citizen = shift.call({ scenario: 'bus-route', tone: CITIZEN_HZ, number: NUMBER })
      onTestFinished(() => citizen.stop().then(() => undefined))
      await untilPhase(desk, 'ringing')
      await until(async () => (await lights(phone)) === RING, 'the ring light')
      await hook(phone, true)
      await untilPhase(desk, 'talking')
      expect(await lights(phone)).toBe(OFF_HOOK)
      await hook(phone, false)
      expect(await citizen.said('ended')).toMatchObject({ by: 'operator' })
      await statusSays(desk, '整理')
      await until(async () => (await lights(phone)) === 0, 'no light')
    },
  },
]
