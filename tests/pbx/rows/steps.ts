import type { Page } from 'playwright-core'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot, phoneStats } from '../../../build/stack/drive.ts'
import type { PhoneSnapshot } from '../../../shared/call/phone-snapshot.ts'
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

/** Until the calls of the desk stand so. */
export async function untilLines(desk: Page, isIt: (lines: PhoneSnapshot) => boolean): Promise<PhoneSnapshot> {
  return until(async () => {
    const lines = await phoneSnapshot(desk)
    return isIt(lines) ? lines : null
  }, `calls that are so: ${isIt.toString()}`)
}

/** The name of the call in front. */
export async function callIdOf(desk: Page): Promise<string> {
  return (await phoneSnapshot(desk)).call?.caller.callId ?? ''
}
