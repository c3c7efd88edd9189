/** The log of an exchange, told line by line (E8): from where central says, whatever becomes of file and teller. */
import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createLogTeller, type LedgerCentral } from '../../central/ledger/tell-log.ts'
import { MOST_EVENTS, type LegBatch, type LegEvent } from '../../shared/ledger/leg-event.ts'

/** A central that keeps no more than the promise: a batch is taken where the one before ended. */
function fakeCentral() {
  const positions = new Map<string, number>()
  const taken: LegBatch[] = []
  const central: LedgerCentral = {
    position: (source) => Promise.resolve(positions.get(source) ?? 0),
    tell: (batch) => {
      const position = positions.get(batch.source) ?? 0
      if (position !== batch.from) return Promise.resolve({ position, taken: false })
      positions.set(batch.source, batch.to)
      taken.push(batch)
      return Promise.resolve({ position: batch.to, taken: true })
    },
  }
  const legs = () => taken.flatMap(({ events }) => events.map(({ leg }) => leg))
  return { central, positions, taken, legs }
}

const read = (text: string): LegEvent | null | 'strange' => {
  if (text === 'nothing') return null
  return text.startsWith('leg') ? { kind: 'afterHours', leg: text, at: 1 } : 'strange'
}

let log: string
let fake: ReturnType<typeof fakeCentral>
let teller: ReturnType<typeof createLogTeller>
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'sanxin-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  log = join(folder, 'ledger.csv')
  fake = fakeCentral()
  teller = createLogTeller(log, read, fake.central)
})
const write = (...lines: string[]) => appendFileSync(log, lines.map((line) => `${line}\n`).join(''))

describe('E8.2 a log is told', () => {
  test('line by line, and what was told is not told again', async () => {
    write('leg-1', 'nothing', 'leg-2')
    expect(await teller.tellAll()).toEqual({ lines: 3, strange: 0 })
    expect(await teller.tellAll()).toEqual({ lines: 0, strange: 0 })
    write('leg-3')
    await teller.tellAll()
    expect(fake.legs()).toEqual(['leg-1', 'leg-2', 'leg-3'])
  })

  test('a last line that is not ended waits for its end, also in the middle of a character', async () => {
    const whole = Buffer.from('leg-1\nleg-甲\n')
    writeFileSync(log, whole.subarray(0, whole.length - 3))
    await teller.tellAll()
    expect(fake.legs()).toEqual(['leg-1'])
    appendFileSync(log, whole.subarray(whole.length - 3))
    await teller.tellAll()
    expect(fake.legs()).toEqual(['leg-1', 'leg-甲'])
    writeFileSync(`${log}.1`, 'leg-without-end')
    expect(await teller.tellAll()).toEqual({ lines: 0, strange: 0 })
  })

  test('renamed in the middle, copied and cut off, or moved behind a date, it is told once and whole', async () => {
    write('leg-1')
    await teller.tellAll()
    write('leg-2')
    renameSync(log, `${log}.1`)
    write('leg-3')
    await teller.tellAll()
    write('leg-4')
    copyFileSync(log, `${log}-20261126`)
    truncateSync(log)
    write('leg-5')
    await teller.tellAll()
    renameSync(`${log}.1`, `${log}.2`)
    await teller.tellAll()
    expect(fake.legs().toSorted()).toEqual(['leg-1', 'leg-2', 'leg-3', 'leg-4', 'leg-5'])
  })

  test('what is pressed together, and other files beside it, are not read', async () => {
    for (const name of ['.1.gz', '2', '-old.xz']) writeFileSync(`${log}${name}`, 'leg-no\n')
    writeFileSync(join(log, '..', 'other.csv'), 'leg-no\n')
    write('leg-1')
    await teller.tellAll()
    expect(fake.legs()).toEqual(['leg-1'])
  })

  test('by another teller it goes on where central is; two at once tell each line once', async () => {
    write(...Array.from({ length: 2 * MOST_EVENTS + 3 }, (_, index) => `leg-${index}`))
    const other = createLogTeller(log, read, fake.central)
    const counts = await Promise.all([teller.tellAll(), other.tellAll()])
    expect(fake.legs()).toEqual(Array.from({ length: 2 * MOST_EVENTS + 3 }, (_, index) => `leg-${index}`))
    expect(counts.reduce((sum, { lines }) => sum + lines, 0)).toBe(2 * MOST_EVENTS + 3)
    write('leg-last')
    await createLogTeller(log, read, fake.central).tellAll()
    expect(fake.legs().at(-1)).toBe('leg-last')
  })

  test('to a central that dies between its commit and its answer it is told no line twice', async () => {
    const { central } = fake
    let answers = 0
    const dying: LedgerCentral = {
      ...central,
      tell: async (batch) => {
        const answer = await central.tell(batch)
        answers += 1
        if (answers % 2 === 1) throw new Error('gone')
        return answer
      },
    }
    write(...Array.from({ length: MOST_EVENTS + 1 }, (_, index) => `leg-${index}`))
    const again = createLogTeller(log, read, dying)
    await expect(again.tellAll()).rejects.toThrow('gone')
    expect(await again.tellAll()).toEqual({ lines: 1, strange: 0 })
    expect(fake.legs()).toHaveLength(MOST_EVENTS + 1)
  })

  test('to a central that was set back it is told again from there', async () => {
    write('leg-1', 'leg-2')
    await teller.tellAll()
    fake.positions.clear()
    fake.taken.length = 0
    write('leg-3')
    await teller.tellAll()
    expect(fake.legs()).toEqual(['leg-1', 'leg-2', 'leg-3'])
  })

  test('also where that happens between its question and its batch', async () => {
    write('leg-1', 'leg-2')
    await teller.tellAll()
    const { central, positions, taken } = fake
    const setBack: LedgerCentral = {
      ...central,
      position: async (source) => {
        const position = await central.position(source)
        positions.clear()
        taken.length = 0
        return position
      },
    }
    write('leg-3')
    await createLogTeller(log, read, setBack).tellAll()
    expect(fake.legs()).toEqual(['leg-1', 'leg-2', 'leg-3'])
  })

  test('a line that nobody understands is set aside with its place, and one without end does not stop the rest', async () => {
    write('leg-1', 'rubbish', 'x'.repeat(300_000), 'leg-2')
    expect(await teller.tellAll()).toEqual({ lines: 5, strange: 3 })
    expect(fake.legs()).toEqual(['leg-1', 'leg-2'])
    const strange = fake.taken.flatMap((batch) => batch.strange)
    expect(strange[0]).toEqual({ at: 6, line: 'rubbish' })
    expect(strange.map(({ line }) => line.length <= 2000)).toEqual([true, true, true])
  })
})
