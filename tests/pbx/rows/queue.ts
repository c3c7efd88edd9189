import { expect } from 'vitest'
import { until } from '../../../build/stack/central-reader.ts'
import { phoneSnapshot } from '../../../build/stack/drive.ts'
import { NUMBER, statusSays } from '../../e2e/fixture.ts'
import { EXTENSION } from '../house.ts'
import { BOTH, type Row } from '../row.ts'

/** Telephones of the house; two operators who have nothing but a line. */
const OPERATORS = ['1101', '1102'] as const

export const queueRows: readonly Row[] = [
  {
    family: 'queue',
    name: 'a call to the hotline rings at the ready desk, with its name and its queue',
    on: BOTH,
    play: async (house) => {
      const { desk } = await house.desk()
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
  {
    family: 'queue',
    name: 'the operator idle the longest is offered the next call, not the next one in a row',
    on: ['asterisk'],
    play: async (house) => {
      const queue = await house.withEmptyQueue()
      const { cli } = queue.pbx()
      const events = queue.pbx().ami.listen()
      const phones = []
      for (const extension of OPERATORS) {
        phones.push(await queue.plainPhone(extension))
        await cli(`queue add member PJSIP/${extension} to 12345`)
      }
      const rung = phones.map((phone) => phone.rung())
      const offered = async (number: string) => {
        const citizen = await queue.citizen({ number })
        const { Interface: operator = '' } = await events.until('AgentCalled', { CallerIDNum: number })
        return { citizen, operator }
      }
      const answer = async (operator: string) => {
        const incoming = await rung[OPERATORS.findIndex((extension) => operator.endsWith(extension))]
        await incoming?.answer().answered
      }
      const first = await offered('13800002211')
      await answer(first.operator)
      const second = await offered('13800002212')
      await answer(second.operator)
      expect(new Set([first.operator, second.operator]).size).toBe(2)

      await second.citizen.hangUp()
      await events.until('AgentComplete', { Interface: second.operator })
      // The exchange knows idleness by the second.
      const idle = new RegExp(`${second.operator} .*last was [1-9]\\d* secs ago`)
      await until(async () => idle.test(await cli('queue show 12345')), 'a second of idleness')
      await first.citizen.hangUp()
      await events.until('AgentComplete', { Interface: first.operator })

      expect((await offered('13800002213')).operator).toBe(second.operator)
    },
  },
]
