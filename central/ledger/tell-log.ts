/** Tells central what an exchange writes into its log, each line once, from where central says that it is. */
import { stat } from 'node:fs/promises'
import type { LegBatch, LegBatchAnswer, LegEvent } from '../../shared/ledger/leg-event.ts'
import { MOST_EVENTS } from '../../shared/ledger/leg-event.ts'
import { filesOf, openGrowing, type GrowingFile } from './growing-file.ts'

/** What central is to who tells; each throws where central cannot be reached or refuses. */
export type LedgerCentral = {
  position(source: string): Promise<number>
  tell(batch: LegBatch): Promise<LegBatchAnswer>
}

/** The event of a line; null where it has none for us, `strange` where nobody understands it. */
export type ReadLine = (text: string) => LegEvent | null | 'strange'

export type LogTeller = {
  /** Tells all whole lines that stand in the log now; answers how many lines, and how many of them were strange. */
  tellAll(): Promise<{ readonly lines: number; readonly strange: number }>
}

/** A line that is set aside is cut: it is for a person to look at. */
const STRANGE_CHARS = 2000

function batchOf(
  source: string,
  from: number,
  piece: Awaited<ReturnType<GrowingFile['lines']>>,
  read: ReadLine,
): LegBatch {
  const events: LegEvent[] = []
  const strange: LegBatch['strange'] = []
  for (const { at, text } of piece.lines) {
    const event = read(text)
    if (event === 'strange') strange.push({ at, line: text.slice(0, STRANGE_CHARS) })
    else if (event !== null) events.push(event)
  }
  return { source, from, to: piece.to, events, strange }
}

/** Follows one log and what it is rotated to. It remembers nothing that central does not: start it anew whenever. */
export function createLogTeller(log: string, read: ReadLine, central: LedgerCentral): LogTeller {
  /** Files that were told whole, as they looked then: so that old ones are not asked about again and again. */
  const done = new Map<string, string>()

  async function tellFile(file: GrowingFile): Promise<{ lines: number; strange: number }> {
    const count = { lines: 0, strange: 0 }
    let from = await central.position(file.source)
    for (;;) {
      const piece = await file.lines(from, MOST_EVENTS)
      if (piece.lines.length === 0) return count
      const batch = batchOf(file.source, from, piece, read)
      const { position, taken } = await central.tell(batch)
      // Somebody else may tell of the same file: each goes on from where central is.
      from = position
      if (!taken) continue
      count.lines += piece.lines.length
      count.strange += batch.strange.length
    }
  }

  return {
    tellAll: async () => {
      const count = { lines: 0, strange: 0 }
      const names = await filesOf(log)
      for (const name of names) {
        const looks = await stat(name).then(
          ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
          () => null,
        )
        if (looks === null || done.get(name) === looks) continue
        const file = await openGrowing(name)
        if (file === null) continue
        try {
          const told = await tellFile(file)
          count.lines += told.lines
          count.strange += told.strange
          done.set(name, looks)
        } finally {
          await file.close()
        }
      }
      for (const name of done.keys()) if (!names.includes(name)) done.delete(name)
      return count
    },
  }
}
