import { expect } from 'vitest'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { NUMBER, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import { BOTH, type Row } from '../row.ts'

export const queueRows: readonly Row[] = [
  {
    family: 'queue',
    name: 'a call to the hotline rings at the ready desk, with its name and its queue',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.openDesk()
      const events = house.listen()
      await house.citizen()
      await statusSays(desk, '振铃')
      await desk.getByTestId('caller-card').filter({ hasText: '138' }).waitFor()
      await desk.getByText('12345').first().waitFor()
      const caller = (await phoneSnapshot(desk)).call?.caller
      expect(caller).toMatchObject({ number: NUMBER, queue: '12345' })
      if (events === null) return
      // X-Call-Id is the name that the exchange itself has for the citizen's channel.
      const joined = await events.until('QueueCallerJoin', { Queue: '12345', CallerIDNum: NUMBER })
      expect(caller?.callId).toBe(joined['Uniqueid'])
      const offered = await events.until('AgentCalled', { Uniqueid: joined['Uniqueid'] ?? '' })
      expect(offered).toMatchObject({ Interface: `PJSIP/${EXTENSION}` })
    },
  },
]
