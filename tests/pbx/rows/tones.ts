import { askPhone } from '../../../build/stack/ask.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { House } from '../house.ts'
import type { Row } from '../row.ts'
import { untilLines } from './steps.ts'

async function typeDigits(house: House, tones: Settings['tones']): Promise<void> {
  const { desk } = await house.openDesk({ tones })
  const events = house.pbx().ami.listen()
  const { callId } = await askPhone(desk, 'phone.dial', { number: '620', purpose: 'citizen' })
  await untilLines(desk, ({ call }) => call?.phase === 'talking')
  await askPhone(desk, 'phone.tones', { callId, tones: '12*9' })
  await events.until('UserEvent', { UserEvent: 'Digits', Digits: '12*9' })
}

export const toneRows: readonly Row[] = [
  {
    family: 'tones',
    name: 'digits in the media (RFC 4733) are what the exchange reads',
    on: ['asterisk'],
    play: (house) => typeDigits(house, 'rtp'),
  },
  {
    family: 'tones',
    name: 'digits as INFO are what the exchange reads',
    on: ['asterisk'],
    play: (house) => typeDigits(house, 'info'),
  },
]
