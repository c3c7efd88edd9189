/** A desk whose road to the exchange is the row's own, and what must be whole again after trouble on it. */
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { CITIZEN_HZ, OPERATOR_HZ } from '../../e2e/fixture.ts'
import type { Cutter } from '../cutter.ts'
import { EXTENSION, type Citizen, type House } from '../house.ts'
import { callIdOf, untilDeskHears, untilLines } from './steps.ts'

/** A desk whose road to the exchange is the row's own. */
export const appBy = (house: House, road: Pick<Cutter, 'url'>, others: readonly string[] = []) =>
  house.openDesk({ sip: [road.url, ...others] })

export const deskBy = async (...by: Parameters<typeof appBy>) => (await appBy(...by)).desk

/** The same call as before, both hear each other, and the exchange knows one contact. */
export async function isWhole(house: House, desk: Page, citizen: Citizen, callId: string): Promise<void> {
  await untilLines(desk, ({ line }) => line === 'registered')
  expect(await callIdOf(desk)).toBe(callId)
  await citizen.untilHears(OPERATOR_HZ)
  await untilDeskHears(desk, CITIZEN_HZ)
  expect(await house.pbx().contacts(EXTENSION)).toHaveLength(1)
}

/** Cuts the road; resolves when the desk has noticed. */
export async function cutOff(road: Cutter, desk: Page): Promise<void> {
  road.cut()
  await untilLines(desk, ({ line }) => line === 'connecting')
}
