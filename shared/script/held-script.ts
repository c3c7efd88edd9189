/**
 * Which script is spoken from while another one comes.
 *
 * CS13 A script that comes in a conversation takes the place of the one before at the next moment or the next sentence:
 *      until then the words that are being read stay as they are. Outside a conversation it holds at once.
 */
import { momentsNow, stepOf, type LiveCall } from './moment.ts'
import { waitsOf, type Script } from './script.ts'

/** The script that is spoken from, and where in the call it was taken up; `at` is null outside a conversation. */
export type HeldScript = { readonly script: Script; readonly at: string | null }

/** Where the call stands by the waits of a script: its moment, and how many sentences of it were said. */
function placeOf(script: Script, live: LiveCall, said: number, now: number): string | null {
  const first = momentsNow(live, waitsOf(script), now)[0]
  return stepOf(live) === null || first === undefined ? null : `${first.moment} ${first.since} ${said}`
}

/** The script to speak from now, where `held` was spoken from before and `newest` holds at the desk. */
export function holdScript(
  held: HeldScript | null,
  newest: Script,
  { live, said, now }: { readonly live: LiveCall; readonly said: number; readonly now: number },
): HeldScript {
  if (held !== null && held.at !== null && placeOf(held.script, live, said, now) === held.at) return held
  return { script: newest, at: placeOf(newest, live, said, now) }
}
