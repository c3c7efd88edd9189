import type { Tx } from '../db/db.ts'
import { selectHead, type FeedHead } from '../feed/sql.ts'

/** How long after a restore, in ms, what is missing here may still be brought back by the desk that has it. */
export const RETURN_MS = 24 * 3_600_000

/** The desk knew another central than this: nothing was done in this transaction. Named, so that nobody takes it for a bug. */
export class EpochChanged extends Error {
  readonly code = 'epochChanged'
  readonly epoch: string
  constructor(epoch: string) {
    super('another epoch')
    this.name = 'EpochChanged'
    this.epoch = epoch
  }
}

/**
 * The head, where it is of the central that a desk knew (null: it knows none yet); throws EpochChanged otherwise.
 * Each transaction asks by itself: a standby may have taken over between two of them.
 */
export async function selectKnown(sql: Tx, epoch: string | null, cursor = 0): Promise<FeedHead> {
  const current = await selectHead(sql)
  if (epoch !== null && (epoch !== current.epoch || cursor > current.head)) throw new EpochChanged(current.epoch)
  return current
}
