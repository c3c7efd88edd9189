import type { Page } from 'playwright-core'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneStats } from '../../../build/stack/drive.ts'
import { statusSays } from '../../e2e/fixture.ts'
import type { Citizen, House } from '../house.ts'

const NEAR_HZ = 15

/** A citizen calls, it rings, the operator answers by F5, and the desk says that they talk. */
export async function answered(house: House, desk: Page): Promise<Citizen> {
  const citizen = await house.citizen()
  await statusSays(desk, '振铃')
  await desk.keyboard.press('F5')
  await statusSays(desk, '通话中')
  return citizen
}

/** Until the phone hears this tone. */
export async function untilDeskHears(desk: Page, hz: number): Promise<void> {
  await until(async () => Math.abs((await phoneStats(desk)).citizen.peakHz - hz) < NEAR_HZ, `${hz} Hz at the desk`)
}
