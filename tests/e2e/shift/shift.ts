/** What a desk is asked for that stands through a shift, as desks do: one central, one exchange, one desk for many scenes. */
import { freshDemo } from '../../../build/stack/loaded-demo.ts'
import { AS_LOADED, startStack, type Stack } from '../../../build/stack/stack.ts'
import { openPostgres } from '../../../central/db/postgres.ts'
import type { Db } from '../../../central/db/db.ts'
import { freshFolder, openApp, readyDesk } from '../fixture.ts'
import { createStandingDesk, type OpenDesk } from '../standing-desk.ts'

export type Shift = Stack & {
  /** Central's own database. */
  readonly db: Db
  /** The desk, ready and without a call; what a scene leaves up is hung up after it. */
  desk(): Promise<OpenDesk>
  /** A desk of the scene's own, which ends the one that stands. */
  ownDesk(): Promise<OpenDesk>
}

/** A number of each scene's own calls, so that none finds the cases of another. */
export type Scene = { readonly name: string; play(shift: Shift): Promise<void> }

/** Starts all of it; `stop` ends all of it. */
export async function openShift(): Promise<Shift> {
  const databaseUrl = await freshDemo()
  const stack = await startStack({ databaseUrl, central: AS_LOADED })
  const db = openPostgres(databaseUrl)
  const standing = createStandingDesk(stack)
  return {
    ...stack,
    db,
    desk: standing.take,
    ownDesk: async () => {
      await standing.end()
      const dataDir = freshFolder()
      const app = await openApp({ stack, dataDir })
      return { app, dataDir, desk: await readyDesk(app) }
    },
    stop: async () => {
      await standing.end()
      await db.close()
      await stack.stop()
    },
  }
}
