/** A first pull beside the replication of the same rows, in turns. */
import { median } from '../figures.ts'
import type { Replicated } from './floor-replication.ts'
import { progress, type Ground } from './ground.ts'
import { openStoreDesk } from './store-desk.ts'
import type { ThinDesk } from './thin-desk.ts'

/** Medians in ms, and what else is to be known of the last pull. */
export type Pulled = { readonly pull: number; readonly floor: number; readonly note: string }

const ms = (value: number) => `${Math.round(value)} ms`

/** One first pull of all that central has for a desk, into an empty store. */
async function firstPull(ground: Ground, url: string, as: ThinDesk): Promise<{ ms: number; note: string }> {
  const began = performance.now()
  const desk = await openStoreDesk(url, ground.folder(), as)
  try {
    await desk.until((_status, more) => !more)
    // As of the floor: from when the first of it is asked for, not while a file is made.
    const took = performance.now() - desk.firstAskedAt()
    const made = desk.firstAskedAt() - began
    const waited = desk.waited()
    return {
      ms: took,
      note: `${waited.answers} answers, ${ms(waited.ms)} of it with one on its way; its file was made in ${ms(made)} before`,
    }
  } finally {
    await desk.close()
  }
}

/**
 * Pulls all that there is for `as`, `rounds` times, each time into an empty store and just after the floor was carried
 * once. A node and a store that have just been started compile what they run: the second half of the rounds counts.
 */
export async function inTurns(
  ground: Ground,
  url: string,
  { as, floor, rounds }: { readonly as: ThinDesk; readonly floor: Replicated; readonly rounds: number },
): Promise<Pulled> {
  const pulls: { ms: number; note: string }[] = []
  const floors: number[] = []
  for (let round = 0; round < rounds; round++) {
    floors.push(await floor.carry())
    pulls.push(await firstPull(ground, url, as))
    progress(`pull: ${ms(pulls.at(-1)?.ms ?? 0)} (${pulls.at(-1)?.note}); replication: ${ms(floors.at(-1) ?? 0)}`)
  }
  await floor.drop()
  const counts = Math.floor(rounds / 2)
  return {
    pull: median(pulls.slice(counts).map((one) => one.ms)),
    floor: median(floors.slice(counts)),
    note: pulls.at(-1)?.note ?? '',
  }
}
