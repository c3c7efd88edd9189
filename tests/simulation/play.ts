/** Plays worlds over one central. The planted bugs have this file once each, with the sources as they have them. */
import type { PGlite } from '@electric-sql/pglite'
import { time } from './course.ts'
import { startSimCentral } from './sim-central.ts'
import { playWorld, type World } from './world.ts'

type How = {
  readonly ops: number
  readonly mostDesks: number
  readonly trace?: ((line: string) => void) | undefined
}

export type Play = {
  play(seed: number, how: How): Promise<World>
  close(): Promise<void>
}

/** `ready` is a central's database (see `loadCentral`), and nobody else's until it is closed here. */
export async function openPlay(ready: PGlite): Promise<Play> {
  const central = await startSimCentral(ready, () => time.now)
  return { play: (seed, how) => playWorld(central, seed, how), close: () => central.close() }
}
