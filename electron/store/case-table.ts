/** Central's table of a search into a file: under its name stands a whole one or none. */
import { open, rename, rm } from 'node:fs/promises'
import type { CaseQuery } from '../../shared/case/case-line.ts'
import type { TableKind } from '../../shared/case/table-kind.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { CaseClient } from './sync/case-client.ts'

type Deps = {
  readonly client: Pick<CaseClient, 'table'>
  readonly now: () => number
  readonly progress: (bytes: number) => void
}

export type TableWanted = { readonly query: CaseQuery; readonly as: TableKind; readonly path: string }

/** So often at most is said how far it is. */
const SAID_EVERY_MS = 500

/** The stream broke, not the disk. */
class Broken extends Error {}

async function* unbroken(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces
  } catch (error) {
    throw new Broken('central', { cause: error })
  }
}

export function createCaseTable({ client, now, progress }: Deps) {
  async function write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const file = await open(path, 'w', 0o600)
    try {
      let bytes = 0
      let saidAt = now()
      for await (const piece of unbroken(pieces)) {
        await file.writeFile(piece)
        bytes += piece.byteLength
        if (now() - saidAt < SAID_EVERY_MS) continue
        saidAt = now()
        progress(bytes)
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }

  /** Asks as `token`; `centralUnreachable` where it broke off in the middle, `diskFailed` where it cannot be kept. */
  return async ({ query, as, path }: TableWanted, token: string): Promise<Result<null>> => {
    const answer = await client.table(token, query, as)
    if (!answer.ok) return answer
    const part = `${path}.part`
    try {
      await write(part, answer.value)
      await rename(part, path)
      return ok(null)
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined)
      return error instanceof Broken ? fail('centralUnreachable', 'broken') : fail('diskFailed', 'table')
    }
  }
}
