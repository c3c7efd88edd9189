/** Lines as Asterisk 22.10 wrote them for calls on build/pbx/etc/, names and extensions changed. */
import { readCelLine } from '../../shared/ledger/cel.ts'
import type { LegEvent } from '../../shared/ledger/leg-event.ts'

const hangUp = (cause: number, source: string) =>
  `"{""hangupcause"":${cause},""hangupsource"":""${source}"",""dialstatus"":""""}"`

/** A citizen's channel: its lines begin alike. */
const hers = (time: string, type: string, leg: string, channel: string, called: string, rest: string) =>
  `"${time}","${type}","${leg}","${leg}","PJSIP/citizen-${channel}","citizens","${called}","13800002210",${rest}`
const phone = (time: string, type: string, leg: string, id: string, channel: string, rest: string) =>
  `"${time}","${type}","${leg}","${id}","PJSIP/1003-${channel}","house","s","1003",${rest}`
const bridge = `"{""bridge_id"":""564bbc4e-4288-4de5-9441-81d3fe0db5bc"",""bridge_technology"":""simple_bridge""}"`

const [A, Q, R, U, O] = [3, 0, 1, 9, 8].map((last) => `hall-1795683574.${last}`) as [
  string,
  string,
  string,
  string,
  string,
]

/** The lines of a call by its name. */
export const celLines = {
  answered: [
    hers('1795683574.355416', 'CHAN_START', A, '00000003', '12347', '"","",""'),
    hers('1795683574.355556', 'ANSWER', A, '00000003', '12347', '"Answer","",""'),
    hers('1795683574.374942', 'APP_START', A, '00000003', '12347', '"Queue","12345,cb(name-call^s^1),,,300",""'),
    phone('1795683574.375929', 'CHAN_START', A, 'hall-1795683574.4', '00000004', '"","",""'),
    phone('1795683577.380224', 'HANGUP', A, 'hall-1795683574.4', '00000004', `"AppQueue","",${hangUp(0, '')}`),
    phone('1795683578.381101', 'CHAN_START', A, 'hall-1795683578.5', '00000005', '"","",""'),
    phone('1795683578.385240', 'ANSWER', A, 'hall-1795683578.5', '00000005', '"AppQueue","(Outgoing Line)",""'),
    phone('1795683578.386620', 'BRIDGE_ENTER', A, 'hall-1795683578.5', '00000005', `"AppQueue","",${bridge}`),
    hers('1795683578.386751', 'BRIDGE_ENTER', A, '00000003', '12347', `"Queue","12345",${bridge}`),
    phone(
      ...(['1795683578.984487', 'HANGUP', A, 'hall-1795683578.5', '00000005'] as const),
      `"AppQueue","",${hangUp(16, 'PJSIP/1003-00000005')}`,
    ),
    `"1795683580.280212","rating","${A}","${A}","PJSIP/citizen-00000003","ask-rating","s","13800002210","CELGenUserEvent","rating,4","{""extra"":""4""}"`,
    hers('1795683580.280806', 'HANGUP', A, '00000003', 's', `"","",${hangUp(16, 'PJSIP/1003-00000005')}`),
  ],
  inQueue: [
    hers('1795683572.918928', 'CHAN_START', Q, '00000000', '12345', '"","",""'),
    hers('1795683572.949532', 'APP_START', Q, '00000000', '12345', '"Queue","12345,b(name-call^s^1),,,300",""'),
    hers('1795683573.222033', 'HANGUP', Q, '00000000', '12345', `"","",${hangUp(0, 'PJSIP/citizen-00000000')}`),
  ],
  ringing: [
    hers('1795683573.527011', 'CHAN_START', R, '00000001', '12345', '"","",""'),
    hers('1795683573.547586', 'APP_START', R, '00000001', '12345', '"Queue","12345,b(name-call^s^1),,,300",""'),
    phone('1795683573.548392', 'CHAN_START', R, 'hall-1795683573.2', '00000002', '"","",""'),
    phone('1795683574.052390', 'HANGUP', R, 'hall-1795683573.2', '00000002', `"AppQueue","",${hangUp(0, '')}`),
    hers('1795683574.053411', 'HANGUP', R, '00000001', '12345', `"","",${hangUp(0, 'PJSIP/citizen-00000001')}`),
  ],
  refused: [
    hers('1795683581.609525', 'CHAN_START', U, '00000009', '633', '"","",""'),
    hers('1795683581.609928', 'HANGUP', U, '00000009', '633', `"","",${hangUp(21, 'dialplan/builtin')}`),
  ],
  outside: [
    hers('1795683580.586710', 'CHAN_START', O, '00000008', '12348', '"","",""'),
    hers(
      '1795683580.606343',
      'afterHours',
      O,
      '00000008',
      '12348',
      '"CELGenUserEvent","afterHours","{""extra"":""""}"',
    ),
    hers('1795683581.607303', 'HANGUP', O, '00000008', '12348', `"","",${hangUp(16, 'dialplan/builtin')}`),
  ],
  outgoing: [
    '"1795683582.018905","CHAN_START","hall-1795683582.10","hall-1795683582.10","PJSIP/1102-0000000a","house","13812345678","1102","","",""',
    '"1795683582.019343","CHAN_START","hall-1795683582.10","hall-1795683582.11","PJSIP/carrier-0000000b","citizens","s","carrier","","",""',
    `"1795683582.021462","BRIDGE_ENTER","hall-1795683582.10","hall-1795683582.11","PJSIP/carrier-0000000b","citizens","","carrier","AppDial","",${bridge}`,
    `"1795683582.323277","HANGUP","hall-1795683582.10","hall-1795683582.11","PJSIP/carrier-0000000b","citizens","","carrier","AppDial","",${hangUp(16, 'PJSIP/1102-0000000a')}`,
    `"1795683582.323782","HANGUP","hall-1795683582.10","hall-1795683582.10","PJSIP/1102-0000000a","house","13812345678","1102","","",${hangUp(16, 'PJSIP/1102-0000000a')}`,
  ],
} as const satisfies Record<string, readonly string[]>

/** The events of a call; throws where a line of it is strange. */
export function mustRead(which: keyof typeof celLines): LegEvent[] {
  return celLines[which].flatMap((line) => {
    const event = readCelLine(line, ['citizens'])
    if (event === 'strange') throw new Error(`strange: ${line}`)
    return event === null ? [] : [event]
  })
}
