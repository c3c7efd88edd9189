/** What the prompt follows beside the phone: the operator's acts, the citizen's voice, and what was said in this call. */
import { create } from 'zustand'
import { isUp } from '../../../shared/call/call.ts'
import type { EmergencyWord } from '../../../shared/script/emergency-words.ts'
import type { LastAct } from '../../../shared/script/moment.ts'
import type { Said } from '../../../shared/script/prompt.ts'
import type { Tongue } from '../../../shared/script/script.ts'
import type { EventData } from '../../../shared/ipc.ts'
import { useCall } from './call-store.ts'
import { useDial } from './dial-store.ts'
import { scriptRulesNow } from './tables-store.ts'

export type Activity = {
  readonly lastAct: LastAct
  readonly lastActAt: number
  /** So many of the call's warnings have been said. */
  readonly warningsSaid: number
  readonly said: readonly Said[]
  /** In which the citizen is spoken to; null while the operator has not said: as the desk speaks. */
  readonly tongue: Tongue | null
  /** Whether she was heard in this call, and since when she is not, in ms. */
  readonly wasHeard: boolean
  readonly quietSince: number | null
  /** Since when she is put aside, or back. */
  readonly heldSince: number | null
  readonly backSince: number | null
  readonly transferSince: number | null
  readonly emergencySince: number | null
  /** What the citizen told of dangers, a word a service; since the last one that calls for another service. */
  readonly danger: { readonly words: readonly EmergencyWord[]; readonly since: number } | null
}

/** Above it somebody speaks: −44 dB; the noise of a line is below. */
const VOICE = 0.006

const fresh: Activity = {
  lastAct: 'none',
  lastActAt: 0,
  warningsSaid: 0,
  said: [],
  tongue: null,
  wasHeard: false,
  quietSince: null,
  heldSince: null,
  backSince: null,
  transferSince: null,
  emergencySince: null,
  danger: null,
}

export const useActivity = create<Activity>()(() => fresh)

/** Takes note of what the operator does. */
export function noteAct(lastAct: LastAct): void {
  if (useActivity.getState().lastAct !== lastAct) useActivity.setState({ lastAct, lastActAt: Date.now() })
}

/** Starts afresh for a new call; `lastAct` is what a restored draft tells. */
export function resetActivity(lastAct: LastAct = 'none'): void {
  useActivity.setState({ ...fresh, lastAct })
  noteSides()
}

/** Another warning is marked, or one is taken back: so many have been said. */
export function noteWarned(warningsSaid: number): void {
  useActivity.setState({ warningsSaid })
}

/** How loud the citizen is; five times a second. */
export function noteLevels({ citizen }: Pick<EventData<'phone.levels'>, 'citizen'>): void {
  const { quietSince, wasHeard } = useActivity.getState()
  if (citizen > VOICE) {
    if (!wasHeard || quietSince !== null) useActivity.setState({ wasHeard: true, quietSince: null })
  } else if (quietSince === null) useActivity.setState({ quietSince: Date.now() })
}

/** Who is put aside, looked for or beside her, as phone and dial panel say. */
export function noteSides(): void {
  const { snapshot } = useCall.getState()
  const { shown } = useDial.getState()
  const before = useActivity.getState()
  const now = Date.now()
  const call = snapshot !== null && isUp(snapshot.call) ? snapshot.call : null
  const beside = snapshot !== null && isUp(snapshot.beside) ? snapshot.beside : null
  const heldSince = call?.hold.since ?? null
  const wasBack = before.heldSince !== null && heldSince === null && call !== null
  const emergency = call !== null && (shown === 'emergency' || beside?.purpose === 'emergency')
  const transfer = call !== null && shown === 'number' && heldSince === null
  const next = {
    heldSince,
    backSince: wasBack ? now : heldSince === null ? before.backSince : null,
    emergencySince: emergency ? (before.emergencySince ?? now) : null,
    transferSince: transfer ? (before.transferSince ?? now) : null,
  }
  const changed = (Object.keys(next) as (keyof typeof next)[]).some((key) => next[key] !== before[key])
  if (changed) useActivity.setState(next)
}

/** What stands in the content now: a danger that calls for another service than those before brings its words. */
export function noteContent(content: string): void {
  const { danger } = useActivity.getState()
  const byService = new Map(
    scriptRulesNow()
      .emergency(content)
      .toReversed()
      .map(({ word }) => [word.service, word]),
  )
  const before = danger?.words ?? []
  const known = before.filter(({ service }) => byService.has(service)).map(({ service }) => byService.get(service))
  const other = [...byService.values()].filter(({ service }) => before.every((one) => one.service !== service))
  const words = [...other, ...known.filter((word) => word !== undefined)]
  if (words.length === 0 && danger === null) return
  const since = other.length > 0 || danger === null ? Date.now() : danger.since
  useActivity.setState({ danger: words.length === 0 ? null : { words, since } })
}

/** She is spoken to in this tongue from now on. */
export function speakIn(tongue: Tongue): void {
  useActivity.setState({ tongue })
}
