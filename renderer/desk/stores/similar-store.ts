/**
 * Open cases like the one that is being written, asked for when the operator pauses. What she has opened stands still
 * under her hand; nothing is joined but by her key.
 */
import { create } from 'zustand'
import type { CaseForm } from '../../../shared/case/case-form.ts'
import { canLookFor, SIMILAR_CHARS, type SimilarCase, type SimilarQuery } from '../../../shared/case/similar.ts'
import type { Failure } from '../../../shared/errors.ts'
import type { AnsweredBy } from '../../../shared/ipc/case-work.ts'
import { invoke } from '../../ui/bridge.ts'
import { useDraft } from './draft-store.ts'
import type { OpenDraft } from './open-draft.ts'

/** They are asked for when the operator pauses, in ms. */
const PAUSE_MS = 800

/** A call of this window that became one more call of a case. */
export type Joined = { readonly callId: string | null; readonly caseId: string; readonly caseNo: string }

type SimilarStore = {
  /** Of which open draft they are. */
  readonly of: string | null
  readonly cases: readonly SimilarCase[]
  readonly from: AnsweredBy
  /** Whether they are shown, and the place of the chosen one. */
  readonly open: boolean
  readonly chosen: number
  readonly busy: boolean
  readonly failure: Failure | null
  /** What was joined last, as a call or as a case, until the next thing is written. */
  readonly done: { readonly as: 'call' | 'case'; readonly caseNo: string } | null
  readonly joined: readonly Joined[]
}

const none = { of: null, cases: [], open: false, chosen: 0, busy: false, failure: null } as const

export const useSimilar = create<SimilarStore>()(() => ({ ...none, from: 'central', done: null, joined: [] }))

/** So many characters of a text, none of them cut in two. */
const cut = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')

function queryOf({ caseId, form }: OpenDraft): SimilarQuery {
  const { classification: code, district, address, content } = form
  return { caseId, code, district, address, text: cut(content, SIMILAR_CHARS) }
}

let turn = 0
let pause: ReturnType<typeof setTimeout> | null = null

async function renew(): Promise<void> {
  pause = null
  const { open } = useDraft.getState()
  if (open === null || useSimilar.getState().open) return
  const query = queryOf(open)
  const mine = (turn += 1)
  if (!canLookFor(query)) return useSimilar.setState(none)
  const answer = await invoke('case.similar', query)
  // What she opened meanwhile, or another case, is not changed by an older answer.
  if (mine !== turn || useSimilar.getState().open || useDraft.getState().open?.caseId !== query.caseId) return
  if (answer.ok) useSimilar.setState({ ...none, of: query.caseId, ...answer.value })
}

const asked = ({ content, classification, district, address }: CaseForm) =>
  JSON.stringify([content, classification, district, address])

/** Follows what is written; answers how to stop. */
export function followSimilar(): () => void {
  const wait = () => {
    if (pause !== null) clearTimeout(pause)
    pause = setTimeout(() => void renew(), PAUSE_MS)
  }
  const stop = useDraft.subscribe(({ open }, before) => {
    if (open?.caseId !== before.open?.caseId) {
      turn += 1
      useSimilar.setState(none)
      if (open !== null) wait()
    } else if (open !== null && before.open !== null && asked(open.form) !== asked(before.open.form)) {
      useSimilar.setState({ done: null })
      wait()
    }
  })
  wait()
  return () => {
    stop()
    if (pause !== null) clearTimeout(pause)
  }
}

export const closeSimilar = (): void => useSimilar.setState({ open: false, failure: null })

/** Shows them, or takes them away; nothing where there are none. */
export function toggleSimilar(): boolean {
  const { open, cases } = useSimilar.getState()
  if (open) closeSimilar()
  else if (cases.length > 0) useSimilar.setState({ open: true, chosen: 0, failure: null })
  return !open && cases.length > 0
}

export function chooseSimilar(index: number): void {
  useSimilar.setState(({ cases }) => ({ chosen: Math.max(0, Math.min(cases.length - 1, index)) }))
}

/** Somebody else sits here. */
export function clearSimilar(): void {
  turn += 1
  useSimilar.setState({ ...none, done: null, joined: [] })
}
