/**
 * Words that were begun: on the screen at once, at central half a second after the last key. They are kept there and
 * not in the browser, which may be an office's: no citizen's matter stays behind on its disk.
 */
import { create } from 'zustand'
import { z } from 'zod'
import type { Failure } from '../../../shared/errors.ts'
import { draftKinds, draftSchema, LONGEST_DRAFT, type DraftKind } from '../../../shared/unit/unit-page.ts'
import { ask, done } from '../../page/api.ts'
import { onSessionChange, useSession } from '../session/session-store.ts'

const PAUSE_MS = 500
/** After how long what could not be kept is tried again. */
const RETRY_MS = 10_000

export type Words = {
  readonly text: string
  /** `typed` waits for a pause in the typing; `saved` stands at central as it is here. */
  readonly state: 'typed' | 'saving' | 'saved' | 'failed' | 'tooLong'
  readonly savedAt: number | null
  readonly failure: Failure | null
}
export const noWords: Words = { text: '', state: 'saved', savedAt: null, failure: null }

type Drafts = {
  readonly words: Readonly<Record<string, Words>>
  /** Cases whose words were fetched. */
  readonly fetched: Readonly<Record<string, boolean>>
}

export const useDrafts = create<Drafts>(() => ({ words: {}, fetched: {} }))

const keyOf = (caseId: string, kind: DraftKind) => `${caseId}/${kind}`
const set = (key: string, change: Partial<Words>) =>
  useDrafts.setState(({ words }) => ({ words: { ...words, [key]: { ...(words[key] ?? noWords), ...change } } }))

export function useWords(caseId: string, kind: DraftKind): Words {
  return useDrafts(({ words }) => words[keyOf(caseId, kind)] ?? noWords)
}

const timers = new Map<string, ReturnType<typeof setTimeout>>()
/** One request a draft at a time, so that the older words never come last. */
const saving = new Map<string, Promise<void>>()
/** Words that a step is saying at this moment: they are not kept beside it. */
const held = new Set<string>()

function save(caseId: string, kind: DraftKind, leaving = false): Promise<void> {
  const key = keyOf(caseId, kind)
  const text = useDrafts.getState().words[key]?.text
  if (text === undefined || held.has(key)) return Promise.resolve()
  const earlier = saving.get(key)
  if (earlier !== undefined && !leaving) return earlier
  if (text.length > LONGEST_DRAFT) {
    set(key, { state: 'tooLong' })
    return Promise.resolve()
  }
  const work = send(caseId, kind, text, leaving)
  saving.set(key, work)
  return work
}

async function send(caseId: string, kind: DraftKind, text: string, leaving: boolean): Promise<void> {
  const key = keyOf(caseId, kind)
  set(key, { state: 'saving' })
  const answer = await ask(done, `/unit/drafts/${caseId}/${kind}`, { method: 'PUT', json: { text }, leaving })
  saving.delete(key)
  const now = useDrafts.getState().words[key]
  if (now === undefined) return
  if (now.text !== text) return save(caseId, kind)
  if (answer.ok) set(key, { state: 'saved', savedAt: Date.now(), failure: null })
  else set(key, { state: 'failed', failure: answer.error })
}

/** Before a step says them: what is on its way to be kept arrives first, or it would come back after the step. */
export async function hold(caseId: string, kind: DraftKind): Promise<void> {
  const key = keyOf(caseId, kind)
  held.add(key)
  clearTimeout(timers.get(key))
  await saving.get(key)
}

/** The step was not taken: its words are kept as before. */
export function release(caseId: string, kind: DraftKind): void {
  const key = keyOf(caseId, kind)
  held.delete(key)
  if ((useDrafts.getState().words[key]?.state ?? 'saved') !== 'saved') void save(caseId, kind)
}

/** What is typed: it stands here at once, and at central after a pause. */
export function write(caseId: string, kind: DraftKind, text: string): void {
  const key = keyOf(caseId, kind)
  set(key, { text, state: text.length > LONGEST_DRAFT ? 'tooLong' : 'typed' })
  clearTimeout(timers.get(key))
  timers.set(
    key,
    setTimeout(() => void save(caseId, kind), PAUSE_MS),
  )
}

/** The step that says them was taken: central has let go of them in the same moment. */
export function forget(caseId: string, kind: DraftKind): void {
  const key = keyOf(caseId, kind)
  held.delete(key)
  clearTimeout(timers.get(key))
  useDrafts.setState(({ words }) => ({
    words: Object.fromEntries(Object.entries(words).filter(([one]) => one !== key)),
  }))
}

/** Throws words away, here and at central. */
export async function discard(caseId: string, kind: DraftKind): Promise<void> {
  forget(caseId, kind)
  await ask(done, `/unit/drafts/${caseId}/${kind}`, { method: 'PUT', json: { text: '' } })
}

const draftsSchema = z.object({ drafts: z.array(draftSchema) })

/** Fetches what was begun on a case; what stands on the screen already is newer. */
export async function fetchDrafts(caseId: string): Promise<void> {
  if (useDrafts.getState().fetched[caseId] === true) return
  const answer = await ask(draftsSchema, `/unit/drafts/${caseId}`)
  if (!answer.ok) return
  useDrafts.setState(({ words, fetched }) => {
    const kept = answer.value.drafts.map(({ kind, text, changedAt }): [string, Words] => [
      keyOf(caseId, kind),
      { text, state: 'saved', savedAt: changedAt, failure: null },
    ])
    return { words: { ...Object.fromEntries(kept), ...words }, fetched: { ...fetched, [caseId]: true } }
  })
}

const unsaved = () => Object.entries(useDrafts.getState().words).filter(([, { state }]) => state !== 'saved')

function saveAll(leaving: boolean): void {
  for (const [key] of unsaved()) {
    const [caseId = '', kind] = key.split('/')
    const known = draftKinds.find((one) => one === kind)
    if (known !== undefined) void save(caseId, known, leaving)
  }
}

/** Central may be back without the browser's knowing that it was away. */
function saveFailed(): void {
  const failed = Object.values(useDrafts.getState().words).some(({ state }) => state === 'failed')
  if (failed && useSession.getState().state === 'signedIn') saveAll(false)
}

/** Keeps the words of whoever closes the page, signs in again, or leaves it to somebody else. */
export function watchDrafts(): void {
  onSessionChange((change) => {
    if (change === 'again') saveAll(false)
    else useDrafts.setState({ words: {}, fetched: {} })
  })
  setInterval(() => saveFailed(), RETRY_MS)
  window.addEventListener('online', () => saveAll(false))
  window.addEventListener('pagehide', () => saveAll(true))
  window.addEventListener('beforeunload', (event) => {
    // What is short goes along in the last moment; what central would not take is asked about.
    if (unsaved().some(([, { state }]) => state === 'failed' || state === 'tooLong')) event.preventDefault()
  })
}
