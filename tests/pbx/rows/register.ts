import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { demoOperator } from '../../../build/stack/stack.ts'
import { processIds, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION, type House } from '../house.ts'
import { BOTH, type Row } from '../row.ts'

const RING_SECONDS = 60

/** The exchange keeps as many contacts as come: one too many would be there to see. */
async function onlyOne(house: House): Promise<string> {
  const contacts = await house.pbx().contacts(EXTENSION)
  expect(contacts).toHaveLength(1)
  return contacts[0] ?? ''
}

export const registerRows: readonly Row[] = [
  {
    family: 'register',
    name: 'ready is said when the exchange has exactly one contact',
    on: ['asterisk'],
    play: async (house) => {
      await house.openDesk()
      expect(await onlyOne(house)).toMatch(/;transport=ws;/i)
      // The queue sees it free: 1 is NOT_INUSE of Asterisk's device states, 5 would be UNAVAILABLE.
      const members = await house.pbx().ami.list('QueueStatus', { Queue: '12345' })
      expect(members.find(({ Name }) => Name === `PJSIP/${EXTENSION}`)).toMatchObject({ Status: '1' })
    },
  },
  {
    family: 'register',
    name: 'ready is said when the exchange has registered the line',
    on: ['practice'],
    play: async (house) => {
      // Of its own: what an exchange has said before counts as said.
      const own = await house.ringing(RING_SECONDS)
      const { desk } = await own.openDesk()
      await own.registered(EXTENSION)
      expect((await phoneSnapshot(desk)).line).toBe('registered')
    },
  },
  {
    family: 'register',
    name: 'a reload of the desk brings no second contact',
    on: ['asterisk'],
    play: async (house) => {
      const { desk } = await house.desk()
      const before = await onlyOne(house)
      const events = house.pbx().ami.listen()
      await desk.reload()
      await statusSays(desk, '就绪')
      expect(await onlyOne(house)).toBe(before)
      expect(events.all('ContactStatus', { AOR: EXTENSION, ContactStatus: 'NonQualified' })).toEqual([])
    },
  },
  {
    family: 'register',
    name: 'a phone that dies comes back, and its old contact is gone',
    on: ['asterisk'],
    play: async (house) => {
      const { app, desk } = await house.openDesk()
      const before = await onlyOne(house)
      const events = house.pbx().ami.listen()
      process.kill((await processIds(app)).phone, 'SIGKILL')
      await events.until('ContactStatus', { AOR: EXTENSION, ContactStatus: 'Removed', URI: before })
      await events.until('ContactStatus', { AOR: EXTENSION, ContactStatus: 'NonQualified' })
      await statusSays(desk, '就绪')
      expect(await onlyOne(house)).not.toBe(before)
    },
  },
  {
    family: 'register',
    name: 'a desk that is closed leaves no contact',
    on: ['asterisk'],
    play: async (house) => {
      const { app } = await house.openDesk()
      const contact = await onlyOne(house)
      const events = house.pbx().ami.listen()
      await app.close()
      await events.until('ContactStatus', { AOR: EXTENSION, ContactStatus: 'Removed', URI: contact })
      expect(await house.pbx().contacts(EXTENSION)).toEqual([])
    },
  },
  {
    family: 'sign out',
    name: 'who signs out leaves the line',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.openDesk()
      await desk.getByRole('button', { name: `工号 ${demoOperator.staffNo}` }).click()
      await desk.getByRole('button', { name: '退出登录' }).click()
      await desk.getByLabel('工号', { exact: true }).waitFor()
      if (house.kind === 'asterisk') {
        await until(async () => (await house.pbx().contacts(EXTENSION)).length === 0, 'no contact')
      }
      expect((await phoneSnapshot(desk)).line).toBe('off')
    },
  },
]
