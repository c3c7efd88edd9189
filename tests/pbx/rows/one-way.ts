/** Sound that goes one way only: it is found by what the ends report (RTCP) and answer (ICE), and said at the desk. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { CITIZEN_HZ, OPERATOR_HZ } from '../../e2e/fixture.ts'
import { openMediaRoad } from '../media-road.ts'
import type { Row } from '../row.ts'
import type { Lost } from '../udp-relay.ts'
import { deskBy } from './road.ts'
import { answered, callIdOf, untilDeskHears } from './steps.ts'

const says = (desk: Page, words: RegExp) => desk.getByTestId('sound-sign').filter({ hasText: words }).waitFor()

const AT_EASE = /^声音/

/** Packets are lost in one direction alone, and then no more. */
const deafOnce = (lost: Lost, words: RegExp): Row['play'] =>
  async function play(house) {
    const road = await openMediaRoad(house.sip)
    const desk = await deskBy(house, road)
    const citizen = await answered(house, desk)
    const callId = await callIdOf(desk)
    const bothHear = () => Promise.all([citizen.untilHears(OPERATOR_HZ), untilDeskHears(desk, CITIZEN_HZ)])
    await bothHear()
    await says(desk, AT_EASE)
    road.loseSound(lost)
    await says(desk, words)
    // The other way goes on all the while.
    await (lost.to === 'desk' ? citizen.untilHears(OPERATOR_HZ) : untilDeskHears(desk, CITIZEN_HZ))
    road.loseSound(null)
    await says(desk, AT_EASE)
    await bothHear()
    expect(await callIdOf(desk)).toBe(callId)
  }

export const oneWayRows: readonly Row[] = [
  {
    family: 'one-way',
    name: 'the citizen’s sound is lost, her exchange reports that it sends: said, until she is heard again',
    on: ['asterisk'],
    play: deafOnce({ to: 'desk', what: 'sound' }, /听不到市民/),
  },
  {
    family: 'one-way',
    // Asterisk goes on reporting what it received last, as if it still did: that nothing of ours arrives, ICE alone tells.
    name: 'nothing of the desk arrives, and hers does: said that the citizen does not hear, until she does again',
    on: ['asterisk'],
    play: deafOnce({ to: 'exchange', what: 'all' }, /市民听不到您/),
  },
]
