/** The real desk against both exchanges, row by row; a new row is a file or a function in rows/, named below. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import { openHouse, type House } from './house.ts'
import { rowsToPlay, type Row } from './row.ts'
import { answerRows } from './rows/answer.ts'
import { codecRows } from './rows/codecs.ts'
import { callBackRows } from './rows/call-back.ts'
import { dialRows } from './rows/dial.ts'
import { earlyRows } from './rows/early.ts'
import { hangUpRows } from './rows/hang-up.ts'
import { hardCallRows, wrapUpRows } from './rows/hard-call.ts'
import { holdRows } from './rows/hold.ts'
import { keyRows } from './rows/keys.ts'
import { ledgerRows } from './rows/ledger.ts'
import { linkRows } from './rows/link.ts'
import { missedRows } from './rows/missed.ts'
import { presenceRows } from './rows/presence.ts'
import { queueRows } from './rows/queue.ts'
import { queueCodeRows } from './rows/queue-codes.ts'
import { recordingRows } from './rows/recording.ts'
import { registerRows } from './rows/register.ts'
import { restartRows } from './rows/restart.ts'
import { secondLineRows } from './rows/second-line.ts'
import { staffNumberRows } from './rows/staff-number.ts'
import { soundTestRows } from './rows/sound-test.ts'
import { toneRows } from './rows/tones.ts'
import { threeRows, transferRows } from './rows/transfer.ts'
import { cutRows } from './rows/cut.ts'
import { oneWayRows } from './rows/one-way.ts'
import { serverRows } from './rows/servers.ts'
import { troubleRows } from './rows/trouble.ts'

/** Families that mostly share the desk that stands first: a desk of a row's own ends it. */
const rows: readonly Row[] = [
  ...queueRows,
  ...answerRows,
  ...hangUpRows,
  ...holdRows,
  ...dialRows,
  ...earlyRows,
  ...secondLineRows,
  ...transferRows,
  ...keyRows,
  ...presenceRows,
  ...ledgerRows,
  ...staffNumberRows,
  ...hardCallRows,
  ...soundTestRows,
  ...wrapUpRows,
  ...threeRows,
  ...registerRows,
  ...queueCodeRows,
  ...codecRows,
  ...missedRows,
  ...callBackRows,
  ...toneRows,
  ...linkRows,
  ...restartRows,
  ...recordingRows,
  ...cutRows,
  ...serverRows,
  ...troubleRows,
  ...oneWayRows,
]
const short = process.env['SANXIN_PBX_ROWS'] === 'short'
const kinds = (['asterisk', 'practice'] as const).filter((kind) => rowsToPlay(rows, kind, short).length > 0)

describe.each(kinds)('%s', (kind) => {
  let house: House
  beforeAll(async () => {
    house = await openHouse(kind)
  })
  afterAll(() => house.stop())
  for (const row of rowsToPlay(rows, kind, short)) test(`${row.family}: ${row.name}`, () => row.play(house))
})
