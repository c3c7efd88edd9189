import { create } from 'zustand'
import { suggestClasses, type MatterClass } from '../../../shared/case/classes.ts'
import { edit, formOf, useDraft } from './draft-store.ts'
import { rulesNow } from './tables-store.ts'

/** So many fit beside the field. */
const SHOWN = 2
/** They come when the operator pauses, in ms: under her fingers nothing moves. */
const PAUSE_MS = 300

/** What the open case may be about, by its words so far; `held` while the pointer is on them. */
export const useSuggestions = create<{ readonly shown: readonly MatterClass[]; readonly held: boolean }>()(() => ({
  shown: [],
  held: false,
}))

let pause: ReturnType<typeof setTimeout> | null = null

function renew(content: string): void {
  pause = null
  if (!useSuggestions.getState().held)
    useSuggestions.setState({ shown: suggestClasses(rulesNow().classes, content, SHOWN) })
}

/** Follows what is typed; answers how to stop. */
export function followContent(): () => void {
  const wait = () => {
    if (pause !== null) clearTimeout(pause)
    pause = setTimeout(() => renew(formOf(useDraft.getState()).content), PAUSE_MS)
  }
  const stop = useDraft.subscribe((now, before) => {
    if (now.open?.caseId !== before.open?.caseId) useSuggestions.setState({ shown: [] })
    if (formOf(now).content !== formOf(before).content) wait()
  })
  wait()
  return () => {
    stop()
    if (pause !== null) clearTimeout(pause)
  }
}

/** The pointer rests on them: they stay as they are. */
export function holdSuggestions(held: boolean): void {
  useSuggestions.setState({ held })
}

/** Takes one, the first unless said, where the operator has chosen no class herself. */
export function takeSuggestion(code = useSuggestions.getState().shown[0]?.code): void {
  if (code !== undefined && formOf(useDraft.getState()).classification === null) edit({ classification: code })
}
