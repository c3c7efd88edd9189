import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { askPhone } from '../../../build/stack/ask.ts'
import type { Bridge } from '../../../shared/bridge.ts'
import type { Presence } from '../../../shared/call/presence.ts'
import type { Row } from '../row.ts'

const COLLEAGUE = '1101'
const NOBODY = '4711'

type Following = { readonly sanxin: Bridge; lineIs?: Presence | undefined }

/** Follows what the phone tells the desk of a line; resolves each time when it stands so. */
async function follow(desk: Page, extension: string): Promise<(presence: Presence) => Promise<void>> {
  await desk.evaluate((watched) => {
    const here = window as unknown as Following
    here.sanxin.on('phone.presence', (now) => {
      here.lineIs = now[watched]
    })
  }, extension)
  return async (presence) => {
    await desk.waitForFunction((wanted) => (window as unknown as Following).lineIs === wanted, presence)
  }
}

export const presenceRows: readonly Row[] = [
  {
    family: 'presence',
    name: 'a colleague is seen free, ringing, in a call and free again; one whom the exchange does not know, unknown',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const colleague = await house.plainPhone(COLLEAGUE)
      const untilLineIs = await follow(desk, COLLEAGUE)
      const extensions = [COLLEAGUE, NOBODY]
      expect(await askPhone(desk, 'phone.watch', { extensions })).toEqual({
        [COLLEAGUE]: 'unknown',
        [NOBODY]: 'unknown',
      })
      await untilLineIs('free')
      const calling = await (await house.plainPhone('13900006688')).call(COLLEAGUE)
      const incoming = await colleague.rung()
      incoming.ring()
      await untilLineIs('ringing')
      const call = incoming.answer()
      await calling.answered
      await untilLineIs('inCall')
      await call.hangUp()
      await untilLineIs('free')
      expect(await askPhone(desk, 'phone.watch', { extensions })).toEqual({ [COLLEAGUE]: 'free', [NOBODY]: 'unknown' })
    },
  },
]
